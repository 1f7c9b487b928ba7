package dev.corsage.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2, and certificates that are not to be believed. */
class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static Path keys;

  private Server server;
  private int port;

  @BeforeAll
  static void makeCertificate() throws Exception {
    keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "api",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=api.example.com",
                    "-ext",
                    "SAN=dns:api.example.com",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keys.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  @BeforeEach
  void start() throws Exception {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keys.toString());
    tls.setKeyStorePassword(PASSWORD);
    server = new Server();
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(configuration),
            new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().add("Access-Control-Allow-Origin", "*");
            callback.succeeded();
            return true;
          }
        });
    server.start();
    port = connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("api", store.getCertificate("api"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private Probe probe(String host) {
    return Probe.of(URI.create("https://" + host + ":" + port + "/items"))
        .resolve(host, "127.0.0.1")
        .from(StandIn.PAGE);
  }

  @Test
  void http2IsSpokenWhereTheServerDoes() throws Exception {
    ProbeReport report = probe("api.example.com").tls(trusting()).run();

    assertThat(report.failure()).isEmpty();
    assertThat(report.isReadable()).isTrue();
    assertThat(report.codes()).isEmpty();
    assertThat(report.exchanges()).extracting(Exchange::version).containsOnly("HTTP/2.0");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    assertThat(probe("api.example.com").run().failure())
        .startsWith("GET /items: TLS failed: ")
        .contains("unable to find valid certification path");
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() throws Exception {
    assertThat(probe("other.example.com").tls(trusting()).run().failure())
        .startsWith("GET /items: TLS failed: ")
        .contains("other.example.com");
  }
}
