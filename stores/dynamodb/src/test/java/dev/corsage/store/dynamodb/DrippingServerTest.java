package dev.corsage.store.dynamodb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server that sends a byte now and then, so that no read ever times out: the deadline of the
 * request holds all the same.
 */
class DrippingServerTest {
  /** The 2 seconds of a decision's request, and what a busy machine adds. */
  private static final Duration LIMIT = Duration.ofMillis(3_500);

  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "key1", "AWS_SECRET_ACCESS_KEY", "secret1");

  private Dripping server;

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the status line     | HTTP/1.1 2                               | 0
          the reason phrase   | HTTP/1.1 200 O                           | K
          a header's name     | HTTP/1.1 200 OK~X                        | a
          a header's value    | HTTP/1.1 200 OK~X: a                     | a
          whole headers       | HTTP/1.1 200 OK~                         | A: b~
          interim responses   | HTTP/1.1 100 Continue~~                  | HTTP/1.1 100 Continue~~
          the body            | HTTP/1.1 200 OK~Content-Length: 9999~~   | {
          the body of errors  | HTTP/1.1 500 No~Content-Length: 9999~~   | {
          a body until close  | HTTP/1.1 200 OK~~                        | {
          chunks              | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~ | 1~{~
          """)
  void theDeadlineHoldsWhereverTheResponseDrips(String what, String head, String drop)
      throws Exception {
    server = new Dripping(head, drop);
    assertTimesOut(open(server.endpoint(), KEYS), what);
  }

  @Test
  void theDeadlineHoldsForCredentialsToo() throws Exception {
    server = new Dripping("HTTP/1.1 200 OK~X: a", "a");
    Map<String, String> container =
        Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.endpoint() + "/credentials");
    assertTimesOut(open("http://127.0.0.1:1", container), "credentials");
  }

  /** The next request has a connection of its own. */
  @Test
  void aServerThatIsBackIsAskedAgain() throws Exception {
    server = new Dripping("HTTP/1.1 200 OK~X: a", "a");
    AllowList list = open(server.endpoint(), KEYS);
    assertTimesOut(list, "at first");
    server.drop = "{\"Responses\":{\"origins\":[]},\"UnprocessedKeys\":{}}";
    server.head = "HTTP/1.1 200 OK~Content-Length: " + server.drop.length() + "~~";
    assertThat(list.find(List.of("https://shop.example.com"))).isEmpty();
  }

  private static void assertTimesOut(AllowList list, String what) {
    long began = System.nanoTime();
    assertThatThrownBy(() -> list.find(List.of("https://shop.example.com")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT))
        .hasMessageContaining("no response came in time");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).as(what).isLessThan(LIMIT);
  }

  private static AllowList open(String endpoint, Map<String, String> environment) {
    return new DynamoDbProvider()
        .open(
            StoreReference.parse("dynamodb:origins?region=eu-west-1&endpoint=" + endpoint),
            environment);
  }

  /** Sends the beginning of a response, then a drop ten times a second; a tilde is a line's end. */
  private static final class Dripping implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    volatile String head;
    volatile String drop;

    Dripping(String head, String drop) throws IOException {
      this.head = head;
      this.drop = drop;
      Thread thread = new Thread(this::accept);
      thread.setDaemon(true);
      thread.start();
    }

    String endpoint() {
      return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          socket.getInputStream().read(new byte[10_000]);
          OutputStream out = socket.getOutputStream();
          send(out, head);
          while (true) {
            send(out, drop);
            Thread.sleep(100);
          }
        } catch (IOException | InterruptedException e) {
          // The client has left, or the test is over.
        }
      }
    }

    private static void send(OutputStream out, String text) throws IOException {
      out.write(text.replace("~", "\r\n").getBytes(ISO_8859_1));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
