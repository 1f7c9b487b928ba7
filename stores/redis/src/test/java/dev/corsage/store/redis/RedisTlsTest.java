package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections go to whom the certificate names, and to nobody else. */
class RedisTlsTest {
  private static final String SHOP = "https://shop.example.com";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;

  private static KeyStore keys;
  private static RedisServer server;

  @BeforeAll
  static void start() throws Exception {
    Path store = folder.resolve("keys.p12");
    String[] options = {
      "-genkeypair",
      "-alias",
      "server",
      "-keyalg",
      "EC",
      "-dname",
      "CN=localhost",
      "-ext",
      "SAN=dns:localhost",
      "-storetype",
      "PKCS12",
      "-storepass",
      new String(PASSWORD),
      "-keystore",
      store.toString()
    };
    List<String> command = new ArrayList<>(List.of(options));
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor()).isZero();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Path certificate = pem("cert.pem", "CERTIFICATE", keys.getCertificate("server").getEncoded());
    Path key = pem("key.pem", "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
    server =
        RedisServer.startWithTls(
            "--tls-cert-file", certificate.toString(),
            "--tls-key-file", key.toString(),
            "--tls-auth-clients", "no");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void whomTheCertificateNamesIsAsked() throws Exception {
    try (RedisAllowList list = open("rediss://localhost:", trusting(keys))) {
      list.add(List.of(new Entry(SHOP, null)));
      assertThat(list.find(List.of(SHOP))).hasSize(1);
    }
  }

  @Test
  void anotherNameIsRefused() throws Exception {
    try (RedisAllowList list = open("rediss://127.0.0.1:", trusting(keys))) {
      assertRefused(list, "127.0.0.1");
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() throws Exception {
    try (RedisAllowList list = open("rediss://localhost:", null)) {
      assertRefused(list, "PKIX path building failed");
    }
  }

  @Test
  void aServerWithoutTlsIsRefused() throws Exception {
    try (RedisServer plain = RedisServer.start();
        RedisAllowList list =
            (RedisAllowList)
                new RedisProvider()
                    .open(StoreReference.parse("rediss://localhost:" + plain.port()), Map.of())) {
      // It waits for the end of what it takes for a command.
      assertThatThrownBy(() -> list.find(List.of(SHOP)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("that the server speaks TLS on this port");
    }
  }

  private static void assertRefused(RedisAllowList list, String message) {
    assertThatThrownBy(() -> list.find(List.of(SHOP)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("TLS failed")
        .hasMessageContaining(message);
  }

  private static RedisAllowList open(String reference, SSLSocketFactory tls) {
    return (RedisAllowList)
        new RedisProvider(tls)
            .open(StoreReference.parse(reference + server.port() + "/shop"), Map.of());
  }

  private static SSLSocketFactory trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static Path pem(String name, String type, byte[] content) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String marker = type + "-----\n";
    return Files.writeString(
        folder.resolve(name), "-----BEGIN " + marker + base64 + "\n-----END " + marker);
  }
}
