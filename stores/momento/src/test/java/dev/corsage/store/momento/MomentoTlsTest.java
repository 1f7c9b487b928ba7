package dev.corsage.store.momento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API key goes to whom the certificate names, and to nobody else. */
class MomentoTlsTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String PASSWORD = "changeit";
  private static final String TRUST = "javax.net.ssl.trustStore";

  @TempDir static Path folder;

  private static Path store;
  private static MomentoServer server;

  @BeforeAll
  static void start() throws Exception {
    store = folder.resolve("keys.p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    String options =
        "-genkeypair -alias server -keyalg EC -dname CN=localhost -ext SAN=dns:localhost"
            + " -storetype PKCS12 -storepass "
            + PASSWORD;
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-keystore", store.toString()));
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(exit).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    try (var out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    server =
        MomentoServer.start(
            pem("cert.pem", "CERTIFICATE", keys.getCertificate("server").getEncoded()),
            pem(
                "key.pem",
                "PRIVATE KEY",
                keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void trustWhomTheJdkTrusts() {
    System.clearProperty(TRUST);
    System.clearProperty(TRUST + "Password");
  }

  @Test
  void whomTheCertificateNamesIsAsked() throws Exception {
    trust();
    try (MomentoAllowList list = open("localhost")) {
      list.add(List.of(new Entry(SHOP, null)));
      assertThat(list.find(List.of(SHOP))).hasSize(1);
    }
  }

  @Test
  void anotherNameIsRefused() {
    trust();
    assertRefused("127.0.0.1");
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() {
    assertRefused("localhost");
  }

  private static void assertRefused(String host) {
    int before = server.calls().size();
    try (MomentoAllowList list = open(host)) {
      assertThatThrownBy(() -> list.find(List.of(SHOP)))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
    assertThat(server.calls()).hasSize(before);
  }

  private static void trust() {
    System.setProperty(TRUST, folder.resolve("trusted.p12").toString());
    System.setProperty(TRUST + "Password", PASSWORD);
  }

  private static MomentoAllowList open(String host) {
    return (MomentoAllowList)
        new MomentoProvider()
            .open(
                StoreReference.parse(
                    "momento:origins/shop?endpoint=https://" + host + ":" + server.port()),
                Map.of("MOMENTO_API_KEY", MomentoServer.key(MomentoServer.SECRET)));
  }

  private static File pem(String name, String type, byte[] content) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String marker = type + "-----\n";
    return Files.writeString(
            folder.resolve(name), "-----BEGIN " + marker + base64 + "\n-----END " + marker)
        .toFile();
  }
}
