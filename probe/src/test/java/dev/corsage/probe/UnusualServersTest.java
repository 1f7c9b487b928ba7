package dev.corsage.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.probe.StandIn.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that hang, drip, send too much or something else than HTTP. */
@Timeout(120)
class UnusualServersTest {

  /** What a server does with each connection. */
  private interface Behaviour {
    void respond(Socket socket) throws IOException, InterruptedException;
  }

  /** A server of raw bytes. */
  private static final class RawServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    RawServer(Behaviour behaviour) throws IOException {
      Thread accepting =
          new Thread(
              () -> {
                while (!server.isClosed()) {
                  try {
                    Socket socket = server.accept();
                    Thread connection = new Thread(() -> handle(socket, behaviour));
                    connection.setDaemon(true);
                    connection.start();
                  } catch (IOException closed) {
                    return;
                  }
                }
              });
      accepting.setDaemon(true);
      accepting.start();
    }

    private static void handle(Socket socket, Behaviour behaviour) {
      try (socket) {
        behaviour.respond(socket);
      } catch (IOException | InterruptedException ended) {
        // The probe has gone.
      }
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/items");
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  private static void readHead(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    int last = 0;
    for (int b; (b = in.read()) >= 0; ) {
      last = last << 8 | b;
      if (last == 0x0d0a0d0a) {
        return;
      }
    }
    throw new IOException("closed");
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static ProbeReport probe(RawServer server) {
    return Probe.of(server.url()).from(StandIn.PAGE).timeout(Duration.ofMillis(700)).run();
  }

  @Test
  void aServerThatHangs() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              readHead(socket);
              Thread.sleep(60_000);
            })) {
      ProbeReport report = probe(server);

      assertThat(report.failure()).isEqualTo("GET /items: There was no response within 700 ms.");
      assertThat(report.isReadable()).isFalse();
      assertThat(report.findings()).isEmpty();
      assertThat(report.exchanges()).hasSize(1);
    }
  }

  @Test
  void aServerThatDripsItsHeaders() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              readHead(socket);
              write(socket, "HTTP/1.1 200 OK\r\n");
              for (int i = 0; i < 1_000; i++) {
                write(socket, "x-" + i + ": y\r\n");
                Thread.sleep(50);
              }
            })) {
      assertThat(probe(server).failure()).contains("no response within 700 ms");
    }
  }

  /** A browser judges by the headers; the body need not come to its end. */
  @Test
  void aServerThatDripsItsBody() throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              readHead(socket);
              write(
                  socket,
                  String.join(
                      "\r\n",
                      "HTTP/1.1 200 OK",
                      "Access-Control-Allow-Origin: *",
                      "Content-Length: 100000",
                      "",
                      ""));
              for (int i = 0; i < 1_000; i++) {
                write(socket, "x");
                Thread.sleep(50);
              }
            })) {
      ProbeReport report = probe(server);

      assertThat(report.failure()).isEmpty();
      assertThat(report.isReadable()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'SSH-2.0-OpenSSH_9.6\\r\\n'",
    "'HTTP/1.1 abc OK\\r\\n\\r\\n'",
    "''",
  })
  void whatIsNotHttp(String bytes) throws Exception {
    try (RawServer server =
        new RawServer(
            socket -> {
              readHead(socket);
              write(socket, bytes.replace("\\r", "\r").replace("\\n", "\n"));
            })) {
      assertThat(probe(server).failure()).startsWith("GET /items: What came back is not an HTTP");
    }
  }

  @Test
  void nobodyIsThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProbeReport report =
        Probe.of(URI.create("http://127.0.0.1:" + port + "/")).from(StandIn.PAGE).run();

    assertThat(report.failure()).startsWith("GET /: 127.0.0.1 does not take connections there");
  }

  @Test
  void aBodyOfTenMegabytes() throws Exception {
    String large = "x".repeat(10_000_000);
    try (StandIn server = new StandIn(StandIn.requests(reply -> reply.body(large)))) {
      ProbeReport report = server.probe().timeout(Duration.ofSeconds(20)).run();

      assertThat(report.failure()).isEmpty();
      assertThat(report.isReadable()).isTrue();
      assertThat(report.codes()).isEmpty();
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (StandIn other = new StandIn(StandIn.good());
        StandIn server =
            new StandIn(request -> Reply.of(307, "Location: " + other.url("127.0.0.1")))) {
      ProbeReport report = server.probe().run();

      assertThat(other.requests()).isEmpty();
      assertThat(report.isReadable()).isFalse();
    }
  }

  /** Without an answer from a name server: the address is given, and nothing else is asked. */
  @Test
  void aHostIsResolvedAsSaid() throws Exception {
    try (StandIn server = new StandIn(StandIn.good())) {
      assertThat(server.probe().run().isReadable()).isTrue();
      assertThatThrownBy(() -> server.probe().resolve("api.example.com", "localhost"))
          .hasMessage("\"localhost\" is not an IP address");
    }
  }

  @Test
  void whatCanChangeSomethingIsOnlySentWhenAskedFor() throws Exception {
    try (StandIn server = new StandIn(StandIn.good())) {
      server.probe().method("PUT").run();
      assertThat(server.requests()).noneMatch(request -> request.method().equals("PUT"));

      server.probe().method("PUT").send(true).run();
      assertThat(server.requests())
          .filteredOn(request -> request.method().equals("PUT"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://api.example.com/, A probe needs a URL that begins with https:// or http://",
    "items, A probe needs a URL that begins with https:// or http://",
    "https://user:pw@api.example.com/, The URL has a user name or a password before its host;"
        + " send them with the header Authorization instead",
  })
  void urlsThatCannotBeUsed(String url, String message) {
    assertThatThrownBy(() -> Probe.of(URI.create(url))).hasMessage(message);
  }

  @Test
  void theReportTellsWhoCanReadAndWhoCannot() throws Exception {
    try (StandIn server = new StandIn(StandIn.good())) {
      ProbeReport report = server.probe().run();

      assertThat(report.readableBy(StandIn.PAGE)).isTrue();
      assertThat(report.refuses("https://evil.test")).isTrue();
      assertThat(report.refuses("null")).isTrue();
      assertThat(report.refuses(StandIn.PAGE)).isFalse();
      assertThatThrownBy(() -> report.refuses("https://unasked.test"))
          .hasMessageStartingWith("The probe did not ask as https://unasked.test; it asked as ");
    }
  }
}
