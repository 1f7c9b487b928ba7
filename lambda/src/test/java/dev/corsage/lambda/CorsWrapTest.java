package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the wrapped handler runs, and what becomes of its failures. */
class CorsWrapTest {
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().origins(APP).methods("PUT").credentials(true).build();
  private static final CorsPolicy BLOCKING =
      CorsPolicy.builder().origins(APP).blockRefusedOrigins(true).build();

  /** A handler that counts its calls. */
  private static final class Counting implements RequestStreamHandler {
    final List<String> events = new ArrayList<>();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      events.add(new String(input.readAllBytes(), StandardCharsets.UTF_8));
      output.write("{\"statusCode\":200,\"body\":\"done\"}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private final Counting handler = new Counting();

  /** One event of each shape. */
  static List<String> gets() {
    return List.of(
        Events.rest("GET", "Origin: " + APP),
        Events.v1("GET", "Origin: " + APP),
        Events.v2("GET", "Origin: " + APP));
  }

  @ParameterizedTest
  @MethodSource("gets")
  void successCarriesTheHeaders(String event) {
    HandlerResponse response = HandlerResponse.by(Cors.wrap(POLICY, handler), event);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("done");
    assertThat(response.headers())
        .containsExactly(
            entry("Access-Control-Allow-Credentials", "true"),
            entry("Access-Control-Allow-Origin", APP),
            entry("Vary", "Origin"));
  }

  @Test
  void handlerSeesTheEventAsItCame() {
    String event = Events.v2("POST", "Origin: " + EVIL).replace("/orders", "/ördérs ✓");
    HandlerResponse.by(Cors.wrap(POLICY, handler), event);

    assertThat(handler.events).containsExactly(event);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404, 429, 500, 503})
  void errorsCarryTheHeadersToo(int status) {
    RequestStreamHandler failing = HandlerResponse.with("{\"statusCode\":" + status + "}");
    HandlerResponse response = HandlerResponse.by(Cors.wrap(POLICY, failing), gets().get(0));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers())
        .containsEntry("Access-Control-Allow-Origin", APP)
        .containsEntry("Vary", "Origin");
  }

  record Failure(String name, RequestStreamHandler handler) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Failure> failures() {
    return List.of(
        new Failure(
            "checked exception",
            (input, output, context) -> {
              throw new IOException("secret");
            }),
        new Failure(
            "unchecked exception",
            (input, output, context) -> {
              throw new IllegalStateException("secret");
            }),
        new Failure(
            "error",
            (input, output, context) -> {
              throw new AssertionError("secret");
            }),
        new Failure(
            "exception after half a response",
            (input, output, context) -> {
              output.write("{\"statusCode\":200,\"body\":\"sec".getBytes(StandardCharsets.UTF_8));
              throw new IOException("secret");
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void exceptionsBecomeAnErrorThatThePageCanRead(Failure failure) {
    for (String event : gets()) {
      HandlerResponse response = HandlerResponse.by(Cors.wrap(POLICY, failure.handler), event);

      assertThat(response.json())
          .isEqualTo(
              "{\"statusCode\":500,\"headers\":{\"Access-Control-Allow-Origin\":\""
                  + APP
                  + "\",\"Access-Control-Allow-Credentials\":\"true\",\"Vary\":\"Origin\","
                  + "\"Content-Type\":\"application/json\"},"
                  + "\"body\":\"{\\\"message\\\":\\\"Internal Server Error\\\"}\","
                  + "\"isBase64Encoded\":false}");
      assertThat(response.log()).contains("the function failed", "secret", "CorsWrapTest");
    }
  }

  @Test
  void exceptionsForRefusedOriginsStayUnreadable() {
    RequestStreamHandler failing = failures().get(0).handler;
    HandlerResponse response =
        HandlerResponse.by(Cors.wrap(POLICY, failing), Events.v2("GET", "Origin: " + EVIL));

    assertThat(response.status()).isEqualTo(500);
    assertThat(response.headers())
        .containsExactly(entry("Content-Type", "application/json"), entry("Vary", "Origin"));
  }

  /** Out of memory, the process is at its end; Lambda must hear of it. */
  @Test
  void outOfMemoryIsNotHidden() {
    RequestStreamHandler failing =
        (input, output, context) -> {
          throw new OutOfMemoryError("test");
        };

    assertThatThrownBy(() -> HandlerResponse.by(Cors.wrap(POLICY, failing), gets().get(0)))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  @DisplayName("CVE-2020-5397: a preflight never reaches the handler")
  void preflightsNeverReachTheHandler() {
    RequestStreamHandler wrapped = Cors.wrap(POLICY, handler);
    for (String[] headers :
        List.of(
            Events.preflight(APP, "PUT"),
            Events.preflight(APP, "DELETE"),
            Events.preflight(EVIL, "PUT"),
            Events.preflight("null", "PUT"))) {
      for (String event :
          List.of(
              Events.rest("OPTIONS", headers),
              Events.v1("OPTIONS", headers),
              Events.v2("OPTIONS", headers))) {
        assertThat(HandlerResponse.by(wrapped, event).status()).isIn(204, 403);
      }
    }

    assertThat(handler.events).isEmpty();
  }

  @Test
  void preflightGetsAResponse() {
    HandlerResponse response =
        HandlerResponse.by(
            Cors.wrap(POLICY, handler), Events.rest("OPTIONS", Events.preflight(APP, "PUT")));

    assertThat(response.json())
        .isEqualTo(
            "{\"statusCode\":204,\"headers\":{\"Access-Control-Allow-Origin\":\""
                + APP
                + "\",\"Access-Control-Allow-Credentials\":\"true\","
                + "\"Access-Control-Allow-Methods\":\"PUT\",\"Vary\":\"Origin,"
                + " Access-Control-Request-Method, Access-Control-Request-Headers\"},"
                + "\"body\":\"\",\"isBase64Encoded\":false}");
  }

  @Test
  void ordinaryOptionsReachTheHandler() {
    HandlerResponse response =
        HandlerResponse.by(Cors.wrap(POLICY, handler), Events.v2("OPTIONS", "Origin: " + APP));

    assertThat(response.body()).isEqualTo("done");
  }

  @Test
  void refusedOriginsReachTheHandlerAndGetNothing() {
    HandlerResponse response =
        HandlerResponse.by(Cors.wrap(POLICY, handler), Events.v2("GET", "Origin: " + EVIL));

    assertThat(response.body()).isEqualTo("done");
    assertThat(response.headers()).containsExactly(entry("Vary", "Origin"));
  }

  @Test
  @DisplayName("CVE-2022-4147: blocked origins do not reach the handler, simple requests included")
  void blockedOriginsDoNotReachTheHandler() {
    for (String event :
        List.of(
            Events.rest("GET", "Origin: " + EVIL),
            Events.v1("POST", "Origin: null"),
            Events.v2("DELETE", "Origin: " + APP + "/"))) {
      assertThat(HandlerResponse.by(Cors.wrap(BLOCKING, handler), event).json())
          .isEqualTo(
              "{\"statusCode\":403,\"headers\":{\"Vary\":\"Origin\"},\"body\":\"\","
                  + "\"isBase64Encoded\":false}");
    }

    assertThat(handler.events).isEmpty();
  }

  @Test
  @DisplayName("quarkus #29542, micronaut #8560: what is not cross-origin is never blocked")
  void sameOriginAndNonCorsReachTheHandler() {
    for (String event :
        List.of(
            Events.v2("POST"),
            Events.v2("POST", "Origin: https://api.example.com", "Host: api.example.com"),
            Events.rest(
                "POST",
                "Origin: http://api.example.com:3000",
                "Host: api.example.com:3000",
                "X-Forwarded-Proto: http"))) {
      HandlerResponse response = HandlerResponse.by(Cors.wrap(BLOCKING, handler), event);

      assertThat(response.body()).isEqualTo("done");
      assertThat(response.headers()).containsExactly(entry("Vary", "Origin"));
    }
  }

  /** The hono adapter for Lambda@Edge let the last line win. */
  @Test
  void repeatedOriginsAreRefused() {
    for (String event :
        List.of(
            Events.rest("GET", "Origin: " + APP, "Origin: " + APP),
            Events.v1("GET", "Origin: " + EVIL, "Origin: " + APP),
            Events.v2("GET", "Origin: " + EVIL, "Origin: " + APP))) {
      assertThat(HandlerResponse.by(Cors.wrap(BLOCKING, handler), event).status()).isEqualTo(403);
    }
  }

  /** middy #1263: a warm function must not remember. */
  @Test
  void secondRequestSeesNothingOfTheFirst() {
    RequestStreamHandler echoing =
        (input, output, context) -> {
          String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
          String response =
              event.contains("first")
                  ? "{\"statusCode\":200,\"headers\":{\"X-First\":\"1\",\"Vary\":\"Accept\"},"
                      + "\"multiValueHeaders\":{\"Set-Cookie\":[\"a=1\"]},\"cookies\":[\"a=1\"]}"
                  : "{\"statusCode\":200}";
          output.write(response.getBytes(StandardCharsets.UTF_8));
        };
    RequestStreamHandler wrapped = Cors.wrap(POLICY, echoing);
    String second = Events.v2("GET");
    String alone = HandlerResponse.by(wrapped, second).json();
    String first =
        HandlerResponse.by(wrapped, Events.v2("GET", "Origin: " + APP, "X-A: first")).json();

    assertThat(first).contains("X-First", "Accept", "Set-Cookie", APP);
    assertThat(HandlerResponse.by(wrapped, second).json())
        .isEqualTo(alone)
        .isEqualTo("{\"statusCode\":200,\"headers\":{\"Vary\":\"Origin\"}}");
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> Cors.wrap(null, handler));
    assertThatNullPointerException().isThrownBy(() -> Cors.wrap(POLICY, null));
  }

  @Test
  void plainStarHasNothingToVary() {
    CorsPolicy any = CorsPolicy.builder().origins("*").build();
    HandlerResponse response = HandlerResponse.by(Cors.wrap(any, handler), gets().get(2));

    assertThat(response.headers()).isEqualTo(Map.of("Access-Control-Allow-Origin", "*"));
  }
}
