package dev.corsage.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardTest {
  private static final String SECRET = "0123456789abcdef";
  // A refused CONNECT keeps its connection for as long.
  private static final Server OPEN = Loopback.server(0, Duration.ofSeconds(5));
  private static final Server PRIVATE = Loopback.server(0, Duration.ofSeconds(5));
  private static final List<String> REFUSED = new CopyOnWriteArrayList<>();
  private static final List<String> REACHED = new CopyOnWriteArrayList<>();

  /** What is behind a guard. */
  private static final class Inside extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      REACHED.add(request.getHttpURI().getPath());
      Content.Sink.write(response, true, "inside", callback);
      return true;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Loopback.start(
        OPEN, Guard.ofNames(List.of("api.example.test", "My_Box"), REFUSED::add), new Inside());
    Loopback.start(PRIVATE, Guard.ofSecret(SECRET), new Inside());
  }

  @AfterAll
  static void stop() throws IOException {
    Loopback.stop(OPEN);
    Loopback.stop(PRIVATE);
  }

  @BeforeEach
  void forget() {
    REFUSED.clear();
    REACHED.clear();
  }

  /** Sends lines in which PORT is the port of the server, and TAB a tab. */
  private static String send(Server server, String... lines) throws IOException {
    String port = String.valueOf(Loopback.port(server));
    String text = String.join("\r\n", lines).replace("PORT", port).replace("TAB", "\t");
    return RawHttp.send(Loopback.port(server), text);
  }

  private static void assertRefused(String response) {
    assertThat(response).matches("(?s)HTTP/1\\.1 4\\d\\d .*").doesNotContain("inside");
    assertThat(REACHED).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:PORT",
        "LOCALHOST:PORT",
        "app.localhost:PORT",
        "a.b.localhost:PORT",
        "127.0.0.1:PORT",
        "127.1.2.3:PORT",
        "[::1]:PORT",
        "api.example.test:PORT",
        "API.Example.Test:PORT",
        "my_box:PORT",
        " TAB localhost:PORT TAB "
      })
  void namesOfThisMachineAreServed(String host) throws Exception {
    assertThat(send(OPEN, "GET / HTTP/1.1", "Host: " + host)).endsWith("\r\n\r\ninside");
    assertThat(REFUSED).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Other names.
        "evil.example:PORT",
        "evil.example",
        "localhost.evil.example:PORT",
        "evil-localhost:PORT",
        "evillocalhost:PORT",
        ".localhost:PORT",
        "-localhost:PORT",
        "api.example.test.evil.example:PORT",
        "x.api.example.test:PORT",
        "example.test:PORT",
        "127.0.0.1.evil.example:PORT",
        "127.0.0.1.nip.io:PORT",
        // Names with a last dot.
        "localhost.:PORT",
        "app.localhost.:PORT",
        "127.0.0.1.:PORT",
        "api.example.test.:PORT",
        // Other addresses, and other ways to write this one.
        "10.0.0.1:PORT",
        "128.0.0.1:PORT",
        "0.0.0.0:PORT",
        "0:PORT",
        "127.1:PORT",
        "2130706433:PORT",
        "0x7f000001:PORT",
        "0x7f.0.0.1:PORT",
        "017700000001:PORT",
        "[::ffff:127.0.0.1]:PORT",
        "[::ffff:7f00:1]:PORT",
        "[0:0:0:0:0:0:0:1]:PORT",
        "[::]:PORT",
        "[::1%25lo]:PORT",
        "::1:PORT",
        // Other ports.
        "localhost",
        "localhost:",
        "localhost:80",
        "localhost:0PORT",
        "localhost:PORT0",
        "localhost:1PORT",
        "localhost:+PORT",
        "localhost:-PORT",
        "localhost: PORT",
        "localhost :PORT",
        "localhost:PORT:PORT",
        "localhost:PORT:80",
        "127.0.0.1",
        "[::1]",
        // More than a name and a port.
        "evil.example@localhost:PORT",
        "localhost:PORT@evil.example",
        "localhost:PORT@evil.example:PORT",
        "http://localhost:PORT",
        "localhost:PORT/",
        "localhost:PORT,evil.example:PORT",
        "evil.example:PORT, localhost:PORT",
        "localhost:PORT evil.example",
        "localhostTAB:PORT",
        "evilTAB.localhost:PORT",
        "evil.exampleTABlocalhost:PORT",
        "\"localhost\":PORT",
        "lo%63alhost:PORT",
        "ｌocalhost:PORT",
        "*.localhost:PORT",
        "PORT",
        ":PORT",
        ""
      })
  void everyOtherNameIsRefused(String host) throws Exception {
    assertRefused(send(OPEN, "GET / HTTP/1.1", "Host: " + host));
    assertRefused(send(PRIVATE, "GET /" + SECRET + "/next HTTP/1.1", "Host: " + host));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET / HTTP/1.0                              | X: a
          GET / HTTP/1.1                              | X: a
          GET / HTTP/1.0                              | Host: evil.example:PORT
          GET / HTTP/1.1                              | Host: localhost:PORT // Host: evil.example:PORT
          GET / HTTP/1.1                              | Host: evil.example:PORT // Host: localhost:PORT
          GET / HTTP/1.1                              | Host: localhost:PORT // Host: localhost:PORT
          GET / HTTP/1.1                              | Host: localhost:PORT //  evil.example
          GET / HTTP/1.1                              | host: evil.example:PORT // X-Forwarded-Host: localhost:PORT
          GET / HTTP/1.1                              | Host: evil.example:PORT // Forwarded: host=localhost:PORT
          GET http://evil.example/ HTTP/1.1           | Host: localhost:PORT
          GET http://evil.example:PORT/ HTTP/1.1      | Host: localhost:PORT
          GET http://evil.example:PORT/ HTTP/1.1      | Host: evil.example:PORT
          GET http://localhost:PORT/ HTTP/1.1         | Host: evil.example:PORT
          GET http://localhost:PORT/ HTTP/1.0         | X: a
          GET http://localhost/ HTTP/1.1              | Host: localhost:PORT
          GET http://localhost:PORT@evil.example/ HTTP/1.1 | Host: localhost:PORT
          GET https://evil.example:PORT/ HTTP/1.1     | Host: localhost:PORT
          GET //evil.example:PORT/ HTTP/1.1           | Host: evil.example:PORT
          OPTIONS * HTTP/1.1                          | Host: evil.example:PORT
          OPTIONS http://evil.example:PORT HTTP/1.1   | Host: localhost:PORT
          CONNECT evil.example:PORT HTTP/1.1          | Host: localhost:PORT
          CONNECT evil.example:PORT HTTP/1.1          | Host: evil.example:PORT
          POST / HTTP/1.1                             | Host: evil.example:PORT // Content-Length: 0
          HEAD / HTTP/1.1                             | Host: evil.example:PORT
          """)
  void everyNameInARequestCounts(String first, String headers) throws Exception {
    assertRefused(send(OPEN, (first + " // " + headers).split(" // ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://localhost:PORT/a HTTP/1.1",
        "GET HTTP://LOCALHOST:PORT/a HTTP/1.1",
        "GET //evil.example/a HTTP/1.1"
      })
  void targetsThatNameThisMachineOrNoneAreServed(String first) throws Exception {
    assertThat(send(OPEN, first, "Host: localhost:PORT")).endsWith("\r\n\r\ninside");
  }

  @Test
  void aRefusalNamesTheRemedy() throws Exception {
    int port = Loopback.port(OPEN);
    assertThat(send(OPEN, "GET / HTTP/1.1", "Host: evil.example:PORT"))
        .startsWith("HTTP/1.1 421 Misdirected Request\r\n")
        .contains("\r\nContent-Type: text/plain", "\r\nX-Content-Type-Options: nosniff\r\n")
        .contains("\r\nCache-Control: no-store\r\n")
        .doesNotContainIgnoringCase("Access-Control-")
        .endsWith(
            "\r\n\r\nHost \"evil.example:PORT\" does not name this server. Use http://localhost:PORT."
                    .replace("PORT", "" + port)
                + " For a name that you have mapped to this machine, start serve with --host-name"
                + " NAME.\n");
    assertThat(REFUSED).hasSize(1);
    assertThat(REFUSED.get(0)).startsWith("Host \"evil.example:" + port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[31mx", "x\u009by", "ü", "<script>\u0007"})
  void aRefusalIsPrintable(String host) throws Exception {
    assertRefused(send(OPEN, "GET / HTTP/1.1", "Host: " + host));
    assertThat(REFUSED).allMatch(line -> line.matches("[ -~]+"));
  }

  @Test
  void aRefusalOfALongNameIsShort() throws Exception {
    for (String part : List.of("a", "a.", "localhost.", "127.")) {
      assertRefused(send(OPEN, "GET / HTTP/1.1", "Host: " + part.repeat(9_000 / part.length())));
    }
    assertThat(REFUSED).hasSize(4).allMatch(line -> line.length() < 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /0123456789abcdef/next     | X: a
          /0123456789abcdef/         | User-Agent: aws-lambda-java/17
          /0123456789abcdef/../a     | X: a
          """)
  void theProcessIsServed(String path, String header) throws Exception {
    assertThat(send(PRIVATE, "GET " + path + " HTTP/1.1", "Host: 127.0.0.1:PORT", header))
        .endsWith("\r\n\r\ninside");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /2018-06-01/runtime/invocation/next | X: a
          GET /                           | X: a
          GET //                          | X: a
          GET /0123456789abcdef           | X: a
          GET /0123456789abcdeg/next      | X: a
          GET /0123456789ABCDEF/next      | X: a
          GET /0123456789abcde/next       | X: a
          GET /0123456789abcdef0/next     | X: a
          GET /0123456789abcde%66/next    | X: a
          GET //0123456789abcdef/next     | X: a
          GET /./0123456789abcdef/next    | X: a
          GET /a/../0123456789abcdef/next | X: a
          GET /?/0123456789abcdef/next    | X: a
          GET /0123456789abcdef%2fnext    | X: a
          GET /0123456789abcdef/next      | Origin: null
          GET /0123456789abcdef/next      | origin: http://localhost:PORT
          GET /0123456789abcdef/next      | Sec-Fetch-Site: none
          GET /0123456789abcdef/next      | sec-fetch-mode: no-cors
          GET /0123456789abcdef/next      | Sec-CH-UA: a
          GET /0123456789abcdef/next      | Sec-Purpose: prefetch
          GET /0123456789abcdef/next      | Referer: http://localhost/
          POST /0123456789abcdef/response | Origin: https://evil.example
          OPTIONS *                       | X: a
          OPTIONS /0123456789abcdef/next  | Origin: https://evil.example
          """)
  void nobodyElseIsServed(String target, String header) throws Exception {
    String response = send(PRIVATE, target + " HTTP/1.1", "Host: 127.0.0.1:PORT", header);

    assertRefused(response);
    assertThat(response).doesNotContain(SECRET).doesNotContainIgnoringCase("Access-Control-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "*",
        "*.example.test",
        "http://a.test",
        "a.test:8080",
        "a.test/",
        "a.test.",
        ".a.test",
        "a..test",
        "a test",
        "[::1]",
        "bücher.test",
        "a.test,b.test",
        "user@a.test"
      })
  void whatIsNotAHostNameIsNotTaken(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Guard.ofNames(List.of(name), refused -> {}))
        .withMessageContaining("is not a host name. Write a name");
  }
}
