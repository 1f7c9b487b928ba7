package dev.corsage.gateway.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The certificate of servers on this machine: for loopback names and addresses, made by the JDK's
 * keytool and kept in a folder that only this user can read, so that it is trusted once. It signs
 * itself, and can sign no other: whoever takes its key can pretend to be {@code localhost}, and
 * nothing else. Immutable.
 */
public final class LocalCertificate {
  private static final Set<PosixFilePermission> OWN_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWN_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final String ALIAS = "corsage";

  /** The file's permissions protect the key; a key store must have a password. */
  private static final String PASSWORD = "corsage";

  /** Browsers take a year and a month; 398 days. */
  private static final int DAYS = 365;

  private static final Duration RENEWED_BEFORE = Duration.ofDays(7);
  private static final long KEYTOOL_SECONDS = 60;
  private static final List<String> NAMES = List.of("localhost", "*.localhost");
  private static final List<String> ADDRESSES = List.of("127.0.0.1", "0:0:0:0:0:0:0:1");

  private final KeyStore keys;
  private final Path file;

  private LocalCertificate(KeyStore keys, Path file) {
    this.keys = keys;
    this.file = file;
  }

  /**
   * Returns the certificate that is kept in a folder; makes one if there is none, or if it expires
   * soon or lacks a name.
   *
   * @param folder made if it is not there
   * @param hostNames further names of this machine, in lower case
   * @throws GatewayException if it cannot be made or read; the message is for the user
   */
  public static LocalCertificate in(Path folder, Collection<String> hostNames)
      throws GatewayException {
    Path store = folder.resolve("localhost.p12");
    Path file = folder.resolve("localhost.pem");
    try {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWN_FOLDER));
      // Also where it was there before: the key is made and kept in it.
      Files.setPosixFilePermissions(folder, OWN_FOLDER);
      if (Files.exists(store)) {
        Files.setPosixFilePermissions(store, OWN_FILE);
      }
      List<String> names = Stream.concat(NAMES.stream(), hostNames.stream()).distinct().toList();
      if (!Files.exists(store) || !isUsable(certificate(read(store)), names)) {
        make(store, names);
      }
      KeyStore keys = read(store);
      Files.writeString(file, pem(certificate(keys)));
      return new LocalCertificate(keys, file);
    } catch (IOException | GeneralSecurityException failed) {
      throw new GatewayException(
          "There is no certificate for --tls in "
              + folder
              + " ("
              + failed.getMessage()
              + "). Delete the folder and try again.");
    }
  }

  private static KeyStore read(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      keys.load(bytes, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static X509Certificate certificate(KeyStore keys) throws GeneralSecurityException {
    return (X509Certificate) keys.getCertificate(ALIAS);
  }

  private static boolean isUsable(X509Certificate certificate, List<String> names)
      throws GeneralSecurityException {
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    return certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEWED_BEFORE))
        && alternatives != null
        && names.stream()
            .allMatch(name -> alternatives.stream().anyMatch(one -> name.equals(one.get(1))));
  }

  private static void make(Path store, List<String> names) throws IOException {
    // Made beside it: one that is made in part is never read.
    Path made = store.resolveSibling("making.p12");
    Files.deleteIfExists(made);
    List<String> alternatives = new ArrayList<>();
    names.forEach(name -> alternatives.add("dns:" + name));
    ADDRESSES.forEach(address -> alternatives.add("ip:" + address));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-sigalg",
            "SHA256withECDSA",
            "-dname",
            "CN=localhost, O=Corsage on this machine",
            "-validity",
            Integer.toString(DAYS),
            "-storetype",
            "PKCS12",
            "-keystore",
            made.toString(),
            "-storepass",
            PASSWORD,
            "-ext",
            "SAN=" + String.join(",", alternatives),
            "-ext",
            "BC:critical=ca:false",
            "-ext",
            "KU=digitalSignature",
            "-ext",
            "EKU=serverAuth");
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    keytool.getOutputStream().close();
    try {
      if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
        keytool.destroyForcibly();
        throw new IOException("keytool does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keytool was running", interrupted);
    }
    if (keytool.exitValue() != 0) {
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      throw new IOException("keytool: " + said.strip());
    }
    Files.setPosixFilePermissions(made, OWN_FILE);
    Files.move(made, store, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String pem(X509Certificate certificate) throws GeneralSecurityException {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }

  /** Returns the file with the certificate, without the key, as browsers and others import it. */
  public Path file() {
    return file;
  }

  /** Returns what a server needs. */
  SslContextFactory.Server contextFactory() {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStore(keys);
    factory.setKeyStorePassword(PASSWORD);
    factory.setCertAlias(ALIAS);
    // Addresses send no server name; every name gets the one certificate.
    factory.setSniRequired(false);
    return factory;
  }
}
