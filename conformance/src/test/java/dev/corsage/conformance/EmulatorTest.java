package dev.corsage.conformance;

import static dev.corsage.conformance.Packages.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.conformance.Packages.Packaged;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged functions behind Quarkus's emulators of HTTP APIs and REST APIs, which nobody here
 * wrote: with AWS's runtime interface client and with the runtimes of their own. Their events say
 * null where API Gateway's say something, and the one of REST APIs reads only {@code
 * multiValueHeaders} of a response.
 */
@Timeout(300)
class EmulatorTest {
  private static final String EVIL = "https://app.example.com.evil.test";

  @TempDir Path folder;

  private static Packaged packaged(String function) throws Exception {
    return switch (function) {
      case "preflight, managed" -> Packages.managedPreflight();
      case "preflight" -> Packages.preflight();
      case "wrapped, managed" -> Packages.managedWrapped();
      default -> Packages.wrapped();
    };
  }

  private Emulator start(String api, String function) throws Exception {
    return Emulator.start(
        "io.quarkus.amazon.lambda.runtime.Mock" + api + "EventServer",
        packaged(function),
        folder.resolve("log"));
  }

  private static HttpResponse<String> preflight(Emulator emulator, String origin) throws Exception {
    return emulator.send(
        "OPTIONS",
        "/orders/a%20b?page=1",
        "",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "PUT",
        "Access-Control-Request-Headers",
        "authorization,content-type");
  }

  /** Returns the headers of CORS and Vary; these emulators make lines of what is between commas. */
  private static Map<String, List<String>> headers(HttpResponse<?> response) {
    Map<String, List<String>> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, lines) -> {
              if (name.startsWith("access-control-") || name.equals("vary")) {
                List<String> values = new ArrayList<>();
                for (String value : String.join(",", lines).split(",", -1)) {
                  values.add(value.strip());
                }
                headers.put(name, values);
              }
            });
    return headers;
  }

  private static void checkPreflights(Emulator emulator) throws Exception {
    List<String> vary =
        List.of("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
    HttpResponse<String> allowed = preflight(emulator, ORIGIN);
    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.body()).isEmpty();
    assertThat(headers(allowed))
        .isEqualTo(
            Map.of(
                "access-control-allow-origin", List.of(ORIGIN),
                "access-control-allow-methods", List.of("PUT"),
                "access-control-allow-headers", List.of("authorization", "content-type"),
                "access-control-max-age", List.of("7200"),
                "vary", vary));

    HttpResponse<String> refused = preflight(emulator, EVIL);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(headers(refused)).isEqualTo(Map.of("vary", vary));
  }

  @ParameterizedTest(name = "{0} API: {1}")
  @CsvSource({
    "Http, 'preflight, managed'",
    "Http, preflight",
    "Rest, 'preflight, managed'",
    "Rest, preflight",
  })
  void thePreflightFunctionResponses(String api, String function) throws Exception {
    try (Emulator emulator = start(api, function)) {
      checkPreflights(emulator);

      HttpResponse<String> actual = emulator.send("PUT", "/orders", "{}", "Origin", ORIGIN);
      assertThat(actual.statusCode()).isEqualTo(400);
      assertThat(actual.body()).contains("its method is not OPTIONS");
      assertThat(headers(actual))
          .isEqualTo(
              Map.of("access-control-allow-origin", List.of(ORIGIN), "vary", List.of("Origin")));

      HttpResponse<String> noCors = emulator.send("OPTIONS", "/", "");
      assertThat(noCors.statusCode()).isEqualTo(400);
      assertThat(noCors.body()).contains("the header Origin is missing");
      assertThat(noCors.headers().firstValue("content-type")).contains("application/json");
    }
  }

  @ParameterizedTest(name = "{0} API: {1}")
  @CsvSource({
    "Http, 'wrapped, managed'",
    "Http, wrapped",
    "Rest, 'wrapped, managed'",
    "Rest, wrapped",
  })
  void aWrappedFunctionResponses(String api, String function) throws Exception {
    try (Emulator emulator = start(api, function)) {
      checkPreflights(emulator);

      // Two lines of a header of the client's, as no event of ours would have them.
      HttpResponse<String> actual =
          emulator.send("POST", "/orders", "rose", "Origin", ORIGIN, "X-A", "1", "X-A", "2");
      assertThat(actual.statusCode()).isEqualTo(200);
      assertThat(headers(actual))
          .isEqualTo(
              Map.of(
                  "access-control-allow-origin",
                  List.of(ORIGIN),
                  "vary",
                  List.of("Accept-Encoding", "Origin")));
      assertThat(actual.headers().allValues("content-type")).containsExactly("application/json");
      // The handler answers with the event that it was given.
      Map<String, Object> event = Json.object(actual.body());
      assertThat(event).containsEntry(api.equals("Http") ? "rawPath" : "path", "/orders");
      assertThat(actual.headers().allValues("set-cookie"))
          .isEqualTo(api.equals("Http") ? List.of("a=1", "b=2") : List.of());

      HttpResponse<String> refused = emulator.send("GET", "/orders", "", "Origin", EVIL);
      HttpResponse<String> noCors = emulator.send("GET", "/orders", "");
      for (HttpResponse<String> other : List.of(refused, noCors)) {
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(headers(other)).isEqualTo(Map.of("vary", List.of("Accept-Encoding", "Origin")));
      }
    }
  }
}
