package dev.corsage.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests arrive as they were sent. */
@Timeout(60)
class LoopbackTest {
  private static final Server SERVER = Loopback.server(0, Duration.ofSeconds(30));

  /** Responds with what it received. */
  private static final class Mirror extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String seen =
          request.getHttpURI().getPathQuery()
              + "\n"
              + request.getHeaders().stream()
                  .map(field -> field.getName() + ": " + field.getValue() + "\n")
                  .collect(Collectors.joining());
      Content.Sink.write(response, true, seen, callback);
      return true;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Loopback.start(SERVER, Guard.ofNames(List.of(), reason -> {}), new Mirror());
  }

  @AfterAll
  static void stop() throws IOException {
    Loopback.stop(SERVER);
  }

  private static String send(String target, String... headers) throws IOException {
    return RawHttp.send(
        Loopback.port(SERVER),
        "GET " + target + " HTTP/1.1",
        "Host: localhost:" + Loopback.port(SERVER),
        String.join("\r\n", headers));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://a.example",
        "X-A: \"1\", 2;\t3",
        "x-A: 1",
        "x-forwarded-by: 1",
        "content-type: application/json",
        "Content-Type: application/x-Rose; charset=UTF-8",
        "Cookie: a=1;b=\"2\";  c"
      })
  void withTheirHeaders(String header) throws IOException {
    assertThat(send("/", header)).contains("\n" + header + "\n");
  }

  @Test
  void withEveryLineOfAHeader() throws IOException {
    assertThat(send("/", "X-A: 1", "Origin: a", "x-a: 2", "Origin: b"))
        .contains("\nX-A: 1\nOrigin: a\nx-a: 2\nOrigin: b\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a//b",
        "/a;b=c",
        "/a%2Fb%5Cc",
        "/a/../b",
        "/%c3%bc?%C3%BC=%",
        "/?a=1&a=2&&"
      })
  void withTheirTargetAsItIs(String target) throws IOException {
    assertThat(send(target)).contains("\r\n\r\n" + target + "\n");
  }

  @ParameterizedTest(name = "{0} bytes: {1}")
  @CsvSource({"10000, 200 OK", "10300, 431 Request Header Fields Too Large"})
  void withinTheQuotaOfApiGateway(int bytes, String status) throws IOException {
    String line = "X-A: ";

    assertThat(send("/", line + "x".repeat(bytes - line.length())))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void fromThisMachineOnly() throws IOException {
    ServerConnector connector = (ServerConnector) SERVER.getConnectors()[0];
    ServerSocketChannel channel = (ServerSocketChannel) connector.getTransport();

    assertThat(channel.getLocalAddress())
        .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), Loopback.port(SERVER)));
  }

  @Test
  void andTheResponseDoesNotSayFromWhat() throws IOException {
    assertThat(send("/")).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("Jetty", "Server:");
  }

  /** Clients resolve localhost to both addresses. */
  @Test
  void andNobodyElseIsThereInTheOtherFamily() throws Exception {
    InetAddress other = Loopback.addressOfIpv6();
    assumeTrue(NetworkInterface.getByInetAddress(other) != null, "NOT RUN: there is no ::1");
    int port;
    try (ServerSocketChannel taken = ServerSocketChannel.open()) {
      taken.bind(new InetSocketAddress(other, 0));
      port = ((InetSocketAddress) taken.getLocalAddress()).getPort();
      Server refused = Loopback.server(port, Duration.ofSeconds(30));
      assertThatThrownBy(() -> Loopback.take(refused))
          .isInstanceOf(GatewayException.class)
          .hasMessageStartingWith("Port " + port + " cannot be opened ([::1]:" + port + ": ")
          .hasMessageContaining("Choose another with --port.");
    }

    Server server = Loopback.server(port, Duration.ofSeconds(30));
    Loopback.take(server);
    Loopback.start(server, Guard.ofNames(List.of(), reason -> {}), new Mirror());
    try (ServerSocketChannel late = ServerSocketChannel.open()) {
      assertThat(RawHttp.send(port, "GET / HTTP/1.1", "Host: localhost:" + port))
          .startsWith("HTTP/1.1 200 OK");
      // At once, so that clients which try this address first do not wait.
      assertThatThrownBy(() -> new Socket(other, port)).isInstanceOf(ConnectException.class);
      assertThatIOException().isThrownBy(() -> late.bind(new InetSocketAddress(other, port)));
    } finally {
      Loopback.stop(server);
    }
    try (ServerSocketChannel after = ServerSocketChannel.open()) {
      after.bind(new InetSocketAddress(other, port));
    }
  }

  @Test
  void atAPortThatIsFree() throws IOException {
    Server second = Loopback.server(Loopback.port(SERVER), Duration.ofSeconds(30));

    assertThatIOException().isThrownBy(() -> Loopback.open(second));
    assertThat(Loopback.wantedPort(second)).isEqualTo(Loopback.port(SERVER));
  }
}
