package dev.corsage.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.sun.net.httpserver.HttpHandler;
import dev.corsage.CorsPolicy;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend gets of a request. */
@Timeout(60)
class BackendRequestTest {
  /** What browsers send as it is, but java.net.URI does not accept. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "f[name]=a'b, f%5Bname%5D=a'b",
        "a|b, a%7Cb",
        "{a}^`, %7Ba%7D%5E%60",
        "%zz, %25zz",
        "5%, 5%25",
        "%C3%BC+%2f, %C3%BC+%2f",
        "/a;b=c/:@!$&()*~, /a;b=c/:@!$&()*~",
        "ü, %C3%BC"
      })
  void isEscapedWhereItMustBe(String sent, String escaped) {
    assertThat(Backend.escaped(sent)).isEqualTo(escaped);
  }

  private static final CorsPolicy POLICY = BackendFixture.policy().build();

  /** Responds with the request line and all lines of the header that a query asks for. */
  private static final HttpHandler MIRROR =
      exchange -> {
        byte[] body = exchange.getRequestBody().readAllBytes();
        List<String> lines = exchange.getRequestHeaders().get("X-A");
        String seen =
            exchange.getRequestMethod()
                + " "
                + exchange.getRequestURI()
                + " "
                + lines
                + " "
                + new String(body, UTF_8);
        byte[] bytes = seen.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
      };

  @ParameterizedTest(name = "{0}{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''      | /               | /
          ''      | /items?a=1&a=2  | /items?a=1&a=2
          ''      | /a%20b%2Fc/%C3%BC?q=%26+x | /a%20b%2Fc/%C3%BC?q=%26+x
          ''      | /a//b           | /a//b
          ''      | /a;b=c/d        | /a;b=c/d
          /       | /items          | /items
          /base   | /items          | /base/items
          /base/  | /items?a=1      | /base/items?a=1
          /b%20c  | /               | /b%20c/
          """)
  void isSentBelowTheBackendsPath(String basePath, String target, String seen) throws Exception {
    try (BackendFixture api = BackendFixture.start(POLICY, basePath, MIRROR)) {
      assertThat(api.get(target, null).body()).isEqualTo("GET " + seen + " null ");
    }
  }

  /** API Gateway takes 10,240 bytes in all; the rest of the request has its share of that. */
  @ParameterizedTest
  @ValueSource(ints = {8_000, 9_000, 9_900})
  void hasHeadersOfAnySizeThatApiGatewayTakes(int size) throws Exception {
    try (BackendFixture api = BackendFixture.start(POLICY, MIRROR)) {
      String value = "v".repeat(size);

      assertThat(api.get("/items", "X-A: " + value).body())
          .isEqualTo("GET /items [" + value + "] ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 9_000, 10_000})
  void hasAResponseWithLargeHeaders(int size) throws Exception {
    String value = "v".repeat(size);
    try (BackendFixture api =
        BackendFixture.start(POLICY, BackendFixture.responding(200, "X-B: " + value, "b"))) {
      HttpResponse<String> response = api.get("/", "X-A: 1");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("X-B")).contains(value);
    }
  }

  @Test
  void keepsItsMethodHeadersAndBody() throws Exception {
    try (BackendFixture api = BackendFixture.start(POLICY, MIRROR)) {
      String body = "ü".repeat(500_000);
      HttpResponse<String> response =
          api.send("PATCH", "/items", "X-A: 1 // X-A: 2, 3", BodyPublishers.ofString(body));

      assertThat(response.body()).isEqualTo("PATCH /items [1, 2, 3] " + body);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000",
        "https://localhost",
        "HTTP://127.0.0.1/base/",
        "http://[::1]:3000"
      })
  void canBeSentToAServer(String url) {
    assertThatNoException().isThrownBy(() -> Target.Backend.checkUrl(URI.create(url)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:3000",
        "//localhost:3000",
        "/base",
        "http:localhost",
        "http:///base",
        "http://localhost:99999",
        "http://localhost#a",
        "ftp://localhost",
        "file:///etc/passwd",
        "http://localhost:3000/?a=1"
      })
  void cannotBeSentElsewhere(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.Backend.checkUrl(URI.create(url)))
        .withMessageStartingWith(url.replaceFirst("=.*", ""))
        .withMessageContaining(" is not the URL of a server");
  }

  @Test
  void aPasswordInTheUrlIsNotPrinted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.Backend.checkUrl(URI.create("http://user:pa55word@localhost")))
        .withMessageStartingWith("http://")
        .withMessageNotContaining("pa55word");
  }
}
