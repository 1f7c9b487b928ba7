package dev.corsage.gateway.api;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The certificate of {@code serve --tls}, and servers that have it. */
@Timeout(120)
class LocalCertificateTest {
  @TempDir private Path temp;

  private static X509Certificate read(Path pem) throws Exception {
    try (InputStream bytes = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    }
  }

  private static HttpClient trusting(X509Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("corsage", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @Test
  void isMadeOnceForTheNamesOfThisMachine() throws Exception {
    Path folder = temp.resolve("a/b");
    LocalCertificate made = LocalCertificate.in(folder, List.of());
    X509Certificate certificate = read(made.file());

    assertThat(certificate.getSubjectAlternativeNames().stream().map(one -> one.get(1).toString()))
        .containsExactlyInAnyOrder("localhost", "*.localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    certificate.verify(certificate.getPublicKey());
    assertThat(Files.getPosixFilePermissions(folder.resolve("localhost.p12")))
        .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);

    LocalCertificate again = LocalCertificate.in(folder, List.of());
    assertThat(read(again.file())).isEqualTo(certificate);
    LocalCertificate more = LocalCertificate.in(folder, List.of("api.example.test"));
    assertThat(read(more.file()).getSubjectAlternativeNames().toString())
        .contains("api.example.test");
  }

  @Test
  void isKeptWhereOnlyThisUserReads() throws Exception {
    Path store = temp.resolve("localhost.p12");
    for (int use = 0; use < 2; use++) {
      Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
      if (Files.exists(store)) {
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-rw-rw-"));
      }
      LocalCertificate.in(temp, List.of());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp)))
          .isEqualTo("rwx------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aBrokenOneIsReported() throws Exception {
    Files.writeString(temp.resolve("localhost.p12"), "no key store");
    assertThatThrownBy(() -> LocalCertificate.in(temp, List.of()))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("Delete the folder");
  }

  @Test
  void aServerSpeaksTlsToWhoTrustsIt() throws Exception {
    LocalCertificate certificate = LocalCertificate.in(temp, List.of());
    Server server = Loopback.server(0, Duration.ofSeconds(30), certificate);
    Loopback.open(server);
    Loopback.start(
        server,
        Guard.ofNames(List.of(), refused -> {}),
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            ApiRequest received = ApiRequest.of(request, Api.DEFAULT_STAGE, Map.of());
            Content.Sink.write(response, true, String.valueOf(received.targetOrigin()), callback);
            return true;
          }
        });
    try {
      int port = Loopback.port(server);
      assertThat(Loopback.origin(server)).isEqualTo("https://localhost:" + port);
      for (String host : List.of("localhost", "127.0.0.1")) {
        String origin = "https://" + host + ":" + port;
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/items")).build();
        assertThat(trusting(read(certificate.file())).send(request, BodyHandlers.ofString()).body())
            .isEqualTo(origin);
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
            .isInstanceOf(SSLHandshakeException.class);
      }
    } finally {
      Loopback.stop(server);
    }
  }
}
