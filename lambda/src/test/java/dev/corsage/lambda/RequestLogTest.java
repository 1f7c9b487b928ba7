package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsPolicy;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to the log, and that nobody else can write to it. */
class RequestLogTest {
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().origins(APP).methods("PUT").requestHeaders("x-a").build();
  private static final RequestStreamHandler HANDLER = HandlerResponse.with("{\"statusCode\":200}");
  private static final String ID = ",\"awsRequestId\":\"" + FakeContext.REQUEST_ID + "\"}\n";

  record Row(String name, String event, String line) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> refused() {
    return List.of(
        new Row(
            "preflight, origin",
            Events.v2("OPTIONS", Events.preflight(EVIL, "PUT")),
            "{\"corsage\":\"refused\",\"kind\":\"preflight\",\"reason\":\"origin-not-allowed\","
                + "\"origin\":\"https://evil.test\",\"method\":\"PUT\""),
        new Row(
            "preflight, method",
            Events.rest("OPTIONS", Events.preflight(APP, "DELETE")),
            "{\"corsage\":\"refused\",\"kind\":\"preflight\",\"reason\":\"method-not-allowed\","
                + "\"origin\":\"https://app.example.com\",\"method\":\"DELETE\""),
        new Row(
            "preflight, header",
            Events.v1(
                "OPTIONS", Events.preflight(APP, "PUT", "Access-Control-Request-Headers: x-a,x-b")),
            "{\"corsage\":\"refused\",\"kind\":\"preflight\",\"reason\":\"header-not-allowed\","
                + "\"origin\":\"https://app.example.com\",\"method\":\"PUT\",\"header\":\"x-b\""),
        new Row(
            "actual request",
            Events.v1("DELETE", "Origin: null"),
            "{\"corsage\":\"refused\",\"kind\":\"actual\",\"reason\":\"origin-null\","
                + "\"origin\":\"null\",\"method\":\"DELETE\""),
        new Row(
            "two origins",
            Events.rest("GET", "Origin: " + APP, "Origin: " + EVIL),
            "{\"corsage\":\"refused\",\"kind\":\"actual\",\"reason\":\"origin-malformed\","
                + "\"origin\":\"https://app.example.com, https://evil.test\",\"method\":\"GET\""),
        new Row(
            "request id of the API",
            Events.v2("GET", "Origin: " + EVIL)
                .replace("\"requestContext\":{", "\"requestContext\":{\"requestId\":\"abc=\","),
            "{\"corsage\":\"refused\",\"kind\":\"actual\",\"reason\":\"origin-not-allowed\","
                + "\"origin\":\"https://evil.test\",\"method\":\"GET\",\"requestId\":\"abc=\""),
        new Row(
            "WebSocket",
            "{\"headers\":{\"Origin\":\"https://evil.test\"},\"requestContext\":"
                + "{\"connectionId\":\"c\",\"eventType\":\"CONNECT\",\"requestId\":\"r\"}}",
            "{\"corsage\":\"refused\",\"kind\":\"websocket\",\"reason\":\"origin-not-allowed\","
                + "\"origin\":\"https://evil.test\",\"method\":\"GET\",\"requestId\":\"r\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void aRefusedRequestIsOneLine(Row row) {
    assertThat(HandlerResponse.by(Cors.of(POLICY, Map.of()).wrap(HANDLER), row.event).log())
        .isEqualTo(row.line + ID);
    assertThat(HandlerResponse.by(preflights(Map.of()), row.event).log()).isEqualTo(row.line + ID);
  }

  static Stream<String> allowed() {
    return Stream.of(
        Events.v2("OPTIONS", Events.preflight(APP, "PUT")), Events.v2("GET", "Origin: " + APP));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void anAllowedRequestIsALineIfAskedFor(String event) {
    Cors cors = Cors.of(POLICY, Map.of());
    for (RequestStreamHandler quiet : List.of(cors.wrap(HANDLER), preflights(Map.of()))) {
      assertThat(HandlerResponse.by(quiet, event).log()).isEmpty();
    }
    Map<String, String> environment = Map.of("CORSAGE_LOG", "allowed");
    for (RequestStreamHandler talking :
        List.of(
            cors.logAllowed().wrap(HANDLER),
            Cors.of(POLICY, environment).wrap(HANDLER),
            preflights(environment))) {
      assertThat(HandlerResponse.by(talking, event).log())
          .startsWith("{\"corsage\":\"allowed\",\"kind\":")
          .endsWith(",\"origin\":\"" + APP + "\",\"method\":" + method(event) + ID);
    }
  }

  private static String method(String event) {
    return event.contains("OPTIONS") ? "\"PUT\"" : "\"GET\"";
  }

  @Test
  void whatIsNotCorsIsNeverALine() {
    Cors cors = Cors.of(POLICY, Map.of()).logAllowed();
    String message =
        "{\"requestContext\":{\"connectionId\":\"c\",\"eventType\":\"MESSAGE\"},\"body\":\"a\"}";

    assertThat(HandlerResponse.by(cors.wrap(HANDLER), Events.v2("GET")).log()).isEmpty();
    assertThat(HandlerResponse.by(cors.wrap(HANDLER), message).log()).isEmpty();
  }

  /** Values as they stand in the event, and what becomes of them. */
  static List<Map.Entry<String, String>> hostile() {
    return List.of(
        Map.entry("a\\r\\n{\\\"corsage\\\":\\\"allowed\\\"}", "a\\u000d\\u000a{\\\"corsage\\\":"),
        Map.entry("\\u001b[2J\\u0007", "\\u001b[2J\\u0007\""),
        Map.entry("\\u0000\\u007f\\u0085", "\\u0000\\u007f\\u0085\""),
        Map.entry("\u2028\u2029\u202e", "\\u2028\\u2029\\u202e\""),
        Map.entry("\\ud83d\\ude00 é", "\\ud83d\\ude00 \\u00e9\""),
        Map.entry("\\\\\\\",\\\"reason\\\":\\\"", "\\\\\\\",\\\"reason\\\":\\\"\""),
        Map.entry("x".repeat(100_000), "x".repeat(128)));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void nobodyCanForgeALine(Map.Entry<String, String> row) {
    String value = row.getKey();
    for (String event :
        List.of(
            Events.v2("GET", "Origin: " + value),
            Events.v2(value, "Origin: " + EVIL),
            Events.v2("OPTIONS", Events.preflight(APP, value)),
            Events.v2(
                "OPTIONS",
                Events.preflight(APP, "PUT", "Access-Control-Request-Headers: " + value)),
            Events.v2("GET", "Origin: " + EVIL)
                .replace(
                    "\"requestContext\":{",
                    "\"requestContext\":{\"requestId\":\"%s\",".formatted(value)))) {
      String log = HandlerResponse.by(Cors.of(POLICY, Map.of()).wrap(HANDLER), event).log();

      assertThat(log).matches("[ -~]{1,2500}\n");
      assertThat(log).startsWith("{\"corsage\":\"refused\",");
      JsonValue.read(log);
      // Of a list of headers the log names the one that was refused.
      if (!event.contains("access-control-request-headers")) {
        assertThat(log).contains(row.getValue());
      }
    }
  }

  @Test
  void longValuesAreCut() {
    String value = "x".repeat(100_000);
    Map<String, Integer> lengths =
        Map.of(
            Events.v2("GET", "Origin: " + value), 300,
            Events.v2(value, "Origin: " + EVIL), 128,
            Events.v2("OPTIONS", Events.preflight(APP, value)), 128);
    lengths.forEach(
        (event, length) ->
            assertThat(HandlerResponse.by(Cors.of(POLICY, Map.of()).wrap(HANDLER), event).log())
                .contains("\"" + "x".repeat(length) + "...\""));
  }

  /** What a function throws may quote the request. */
  @Test
  void aFailureIsOneLineToo() {
    RequestStreamHandler failing =
        (input, output, context) -> {
          throw new IllegalStateException("bad\n{\"corsage\":\"allowed\"}\u202e");
        };
    String log =
        HandlerResponse.by(Cors.of(POLICY, Map.of()).wrap(failing), Events.v2("GET")).log();

    assertThat(log)
        .startsWith(
            "{\"corsage\":\"failed\",\"message\":\"the function failed\",\"awsRequestId\":\""
                + FakeContext.REQUEST_ID
                + "\",\"stackTrace\":[\"java.lang.IllegalStateException: bad\","
                + "\"{\\\"corsage\\\":\\\"allowed\\\"}\\u202e\",\"at dev.corsage.")
        .matches("[ -~]+\n");
    JsonValue.read(log);
  }

  @Test
  void metricsAreOneLineOfCloudWatchsFormat() {
    Cors cors = Cors.of(POLICY, Map.of()).metrics("Shop/CORS");
    String counts =
        "{\"Namespace\":\"Shop/CORS\",\"Dimensions\":[[]],\"Metrics\":["
            + "{\"Name\":\"Preflights\",\"Unit\":\"Count\"},"
            + "{\"Name\":\"Allowed\",\"Unit\":\"Count\"},"
            + "{\"Name\":\"Refused\",\"Unit\":\"Count\"},"
            + "{\"Name\":\"DecisionTime\",\"Unit\":\"Microseconds\"}]}";
    String reasons =
        ",{\"Namespace\":\"Shop/CORS\",\"Dimensions\":[[\"Reason\"]],\"Metrics\":["
            + "{\"Name\":\"Refused\",\"Unit\":\"Count\"}]}";

    assertThat(metrics(cors, Events.v2("OPTIONS", Events.preflight(APP, "PUT"))))
        .isEqualTo(
            "{\"_aws\":{\"Timestamp\":N,\"CloudWatchMetrics\":["
                + counts
                + "]},\"Preflights\":1,\"Allowed\":1,\"Refused\":0,\"DecisionTime\":T}\n");
    assertThat(metrics(cors, Events.v2("GET", "Origin: " + EVIL)))
        .isEqualTo(
            "{\"_aws\":{\"Timestamp\":N,\"CloudWatchMetrics\":["
                + counts
                + reasons
                + "]},\"Preflights\":0,\"Allowed\":0,\"Refused\":1,\"DecisionTime\":T,"
                + "\"Reason\":\"origin-not-allowed\"}\n");
    assertThat(metrics(cors, Events.v2("GET"))).isEmpty();
  }

  @Test
  void timeIsInMicroseconds() {
    String line =
        MetricLine.write("Corsage", POLICY.decide(new Preflight()), 1_234_056, 1_700_000_000_000L);

    assertThat(line)
        .startsWith("{\"_aws\":{\"Timestamp\":1700000000000,")
        .contains("\"DecisionTime\":1234.056");
  }

  private record Preflight() implements HttpRequest {
    @Override
    public String method() {
      return "OPTIONS";
    }

    @Override
    public List<String> header(String name) {
      return List.of();
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "true, Corsage",
        "Shop.CORS-1/a_b#c:d, Shop.CORS-1/a_b#c:d",
        "' Shop ', Shop",
        "false, none",
        "'', none",
        "none, none"
      })
  void theVariableTurnsMetricsOn(String value, String namespace) {
    Map<String, String> environment = new HashMap<>();
    if (value != null) {
      environment.put("CORSAGE_METRICS", value);
    }
    String event = Events.v2("GET", "Origin: " + APP);
    for (RequestStreamHandler handler :
        List.of(Cors.of(POLICY, environment).wrap(HANDLER), preflights(environment))) {
      String metrics = printed(() -> HandlerResponse.by(handler, event));

      if (namespace == null) {
        assertThat(metrics).isEmpty();
      } else {
        assertThat(metrics).contains("\"Namespace\":\"" + namespace + "\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS/Lambda", ":a", "a b", "é", "a\"b", "a\nb"})
  void namespacesThatCloudWatchDoesNotHaveAreErrors(String name) {
    assertInvalid(Map.of("CORSAGE_METRICS", name), "CORSAGE_METRICS", "FIELD_TYPE");
    assertThatIllegalArgumentException().isThrownBy(() -> Cors.of(POLICY, Map.of()).metrics(name));
  }

  /** Whoever writes the policy in code, too. */
  @ParameterizedTest
  @ValueSource(strings = {"CORSAGE_LOGS", "CORSAG_LOG", "CORSAGE_METRIC", "CORSAGE_METRICS_"})
  void misspeltNamesAreErrors(String name) {
    assertInvalid(Map.of(name, "true"), name, "UNKNOWN_VARIABLE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "true", "ALLOWED", "none"})
  void unknownValuesAreErrors(String value) {
    assertInvalid(Map.of("CORSAGE_LOG", value), "CORSAGE_LOG", "FIELD_TYPE");
  }

  private static void assertInvalid(Map<String, String> environment, String variable, String code) {
    assertThatExceptionOfType(InvalidPolicyException.class)
        .isThrownBy(() -> Cors.of(POLICY, environment))
        .satisfies(
            invalid ->
                assertThat(invalid.problems())
                    .extracting(Problem::field, problem -> problem.code().name())
                    .containsExactly(tuple(variable, code)));
  }

  /** All problems at once, also those of the policy. */
  @Test
  void initFailsWithAllProblems() {
    assertThatExceptionOfType(InvalidPolicyException.class)
        .isThrownBy(() -> new PreflightHandler(Map.of("CORSAGE_LOG", "x", "CORSAGE_METRICS", "é")))
        .satisfies(
            invalid ->
                assertThat(invalid.problems())
                    .extracting(Problem::field)
                    .containsExactly("CORSAGE_LOG", "CORSAGE_METRICS", "ALLOWED_ORIGINS"));
  }

  /** With Lambda's JSON log format, a logger would put the line into a string. */
  @Test
  void inTheJsonLogFormatLinesGoToTheStandardOutput() {
    Map<String, String> environment = Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON");
    FakeContext context = new FakeContext();
    RequestStreamHandler handler = Cors.of(POLICY, environment).wrap(HANDLER);
    String printed =
        printed(() -> HandlerResponse.by(handler, Events.v2("GET", "Origin: " + EVIL), context));

    assertThat(printed).startsWith("{\"corsage\":\"refused\",").endsWith("}\n");
    assertThat(context.log()).isEmpty();
  }

  private static PreflightHandler preflights(Map<String, String> log) {
    Map<String, String> environment = new HashMap<>(log);
    environment.put("ALLOWED_ORIGINS", APP);
    environment.put("ALLOWED_METHODS", "PUT");
    environment.put("ALLOWED_HEADERS", "x-a");
    return new PreflightHandler(environment);
  }

  private static String metrics(Cors cors, String event) {
    return printed(() -> HandlerResponse.by(cors.wrap(HANDLER), event))
        .replaceFirst("\"Timestamp\":[0-9]{13},", "\"Timestamp\":N,")
        .replaceFirst("\"DecisionTime\":[0-9]+\\.[0-9]{3}", "\"DecisionTime\":T");
  }

  /** Returns what is printed to the standard output meanwhile. */
  static String printed(Runnable work) {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
