package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metric filters of {@code deploy/operations.yaml} count the lines that functions write. */
class MetricFiltersTest {
  private static final CorsPolicy POLICY = CorsPolicy.builder().origins(APP).build();
  private static final String GET = Events.v2("GET", "Origin: " + APP);
  private static final String PUT = Events.v2("OPTIONS", Events.preflight(APP, "PUT"));
  private static final PolicyLocation DOCUMENT =
      PolicyLocation.of(Map.of("CORS_POLICY", "test:document"));

  /** By the name of the metric. */
  private static final Map<String, FilterPattern> FILTERS = filters();

  /** Something that happens, with what it prints and the metrics that count it. */
  record Row(String name, String printed, List<String> metrics) {
    Row(String name, String printed, String... metrics) {
      this(name, printed, List.of(metrics));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Map<String, FilterPattern> filters() {
    String template = template();
    Map<String, FilterPattern> filters = new LinkedHashMap<>();
    Pattern.compile("FilterPattern: (['\"])(.*)\\1\\R(?s:.*?)MetricName: (\\w+)")
        .matcher(template)
        .results()
        .forEach(filter -> filters.put(filter.group(3), new FilterPattern(filter.group(2))));
    assertThat(filters).hasSize(template.split("Type: AWS::Logs::MetricFilter", -1).length - 1);
    return filters;
  }

  private static String template() {
    try {
      return Files.readString(Path.of("../deploy/operations.yaml"));
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  static List<Row> rows() {
    Problem problem = Problem.of(ConfigurationCode.FIELD_TYPE, "MAX_AGE", "x", "No number.", "");
    return List.of(
        new Row("refused", preflight(Map.of(), EVIL), "Refused", "RefusedByReason"),
        new Row("refused, wrapped", wrapped(200, EVIL), "Refused", "RefusedByReason"),
        new Row("allowed", preflight(Map.of("CORSAGE_LOG", "allowed"), APP)),
        new Row(
            "a store that fails",
            store("test:filters-down", StoreException.Kind.UNAVAILABLE),
            "Refused",
            "RefusedByReason",
            "StoreFailures",
            "StoreFailuresByKind"),
        new Row("invalid policy", start("Text"), "InvalidPolicy"),
        new Row("invalid policy, JSON", start("JSON"), "InvalidPolicy"),
        new Row("handler failed", wrapped(0, APP), "HandlerFailures"),
        new Row("policy replaced", policy(log -> log.replaced(DOCUMENT, List.of()))),
        new Row("replaced, a warning", policy(log -> log.replaced(DOCUMENT, List.of(problem)))),
        new Row(
            "policy refused",
            policy(log -> log.refused(DOCUMENT, List.of(problem))),
            "PolicyFailures"),
        new Row(
            "policy unreadable",
            policy(log -> log.unreadable(DOCUMENT, "throttled", "Later.")),
            "PolicyFailures"),
        new Row("dropped headers", DecisionLog.droppedHeaders(List.of("a b"))),
        new Row("off", print(() -> RequestLog.of(Map.of()).off())),
        new Row("metrics", metrics(EVIL)),
        new Row("a line of somebody else", "START RequestId: 1 Version: $LATEST"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aLineIsCountedByItsMetrics(Row row) {
    assertThat(row.printed).isNotBlank();
    assertThat(matching(row.printed)).isEqualTo(new TreeSet<>(row.metrics));
  }

  private static Set<String> matching(String printed) {
    Set<String> matching = new TreeSet<>();
    for (String line : printed.lines().toList()) {
      FILTERS.forEach(
          (metric, filter) -> {
            if (filter.test(line)) {
              matching.add(metric);
            }
          });
    }
    return matching;
  }

  @Test
  void everyMetricCountsALine() {
    Set<String> counted = new TreeSet<>();
    rows().forEach(row -> counted.addAll(matching(row.printed)));
    assertThat(counted).isEqualTo(new TreeSet<>(FILTERS.keySet()));
  }

  /** Whatever a page sends, it is no more than a refused request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\"corsage\\\":\\\"invalid\\\"",
        "{\\\"corsage\\\":\\\"invalid\\\"}",
        "a\\r\\n{\\\"corsage\\\":\\\"policy\\\",\\\"kind\\\":\\\"x\\\"}",
        "https://a.test\\\",\\\"storeFailure\\\":\\\"x"
      })
  void noOriginIsCountedAsSomethingElse(String origin) {
    assertThat(matching(preflight(Map.of(), origin))).containsExactly("Refused", "RefusedByReason");
  }

  /** Dimensions have few values: CloudWatch stops a filter that has a thousand. */
  @Test
  void dimensionsAreFieldsWithFewValues() {
    assertThat(template()).contains("{Key: Reason, Value: $.reason}");
    assertThat(template()).contains("{Key: Kind, Value: $.storeFailure}");
    assertThat(template().split("Dimensions: \\[\\{Key", -1)).hasSize(3);
    assertThat(Decision.Reason.values().length + StoreException.Kind.values().length)
        .isLessThan(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{ $.a = \"x\" };                         {\"a\":\"x\"};                  true",
        "{ $.a = \"x\" };                         {\"a\":\"xy\"};                 false",
        "{ $.a = \"x\" };                         {\"b\":{\"a\":\"x\"}};          false",
        "{ $.a = \"x\" };                         \"a\": \"x\";                   false",
        "{ $.a.b = * };                           {\"a\":{\"b\":1}};              true",
        "{ $.a = * };                             {\"b\":1};                      false",
        "{ $.a[1] = * };                          {\"a\":[1,2]};                  true",
        "{ $.a[1] = * };                          {\"a\":[1]};                    false",
        "{ ($.a = * || $.b = *) && $.c = * };     {\"a\":1,\"c\":1};              true",
        "{ ($.a = * || $.b = *) && $.c = * };     {\"a\":1,\"b\":1};              false",
      })
  void patternsAreReadAsAwsDocumentsThem(String pattern, String event, boolean matched) {
    assertThat(new FilterPattern(pattern).test(event)).isEqualTo(matched);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "{ a = 1 }", "{ $.a }", "{ $.a = \"b }", "{ $.a = \"b\" } c", "{"})
  void otherPatternsAreNotUnderstood(String pattern) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FilterPattern(pattern));
  }

  private static String preflight(Map<String, String> more, String origin) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("ALLOWED_ORIGINS", APP);
    String event = PUT.replace(APP, origin).replace("PUT", "GET");
    return HandlerResponse.by(new PreflightHandler(environment), event).log();
  }

  private static String metrics(String origin) {
    return print(() -> preflight(Map.of("CORSAGE_METRICS", "true"), origin));
  }

  private static String wrapped(int status, String origin) {
    RequestStreamHandler handler =
        status == 0
            ? (input, output, context) -> {
              throw new IllegalStateException("broken");
            }
            : HandlerResponse.with("{\"statusCode\":" + status + "}");
    return HandlerResponse.by(Cors.wrap(POLICY, handler), GET.replace(APP, origin)).log();
  }

  private static String store(String reference, StoreException.Kind kind) {
    ListedInTest.list(reference).failure = new StoreException(kind, "Later.", null);
    return HandlerResponse.by(new PreflightHandler(Map.of("ALLOW_LIST", reference)), PUT).log();
  }

  private static String start(String format) {
    Map<String, String> environment =
        Map.of(
            "AWS_LAMBDA_FUNCTION_NAME",
            "corsage",
            "AWS_LAMBDA_LOG_FORMAT",
            format,
            "ALLOWED_ORIGINS",
            "https://*.com",
            "CORSAGE_LOG",
            "both");
    return print(
        () ->
            assertThat(catchThrowable(() -> new PreflightHandler(environment)))
                .isInstanceOf(InvalidPolicyException.class));
  }

  /** Outside of Lambda, whoever reads the policy reports its problems. */
  @Test
  void onlyAFunctionWritesThatItDoesNotStart() {
    String printed =
        print(
            () ->
                assertThat(catchThrowable(() -> new PreflightHandler(Map.of())))
                    .isInstanceOf(InvalidPolicyException.class));
    assertThat(printed).isEmpty();
  }

  @Test
  void theLineOfAnInvalidPolicyNamesEveryProblem() {
    Map<?, ?> line = (Map<?, ?>) JsonValue.read(start("Text"));
    assertThat(line.keySet().stream().map(String::valueOf))
        .containsExactly("corsage", "message", "problems");
    assertThat(line.get("problems"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .anyMatch(problem -> problem.contains("ALLOWED_ORIGINS"))
        .anyMatch(problem -> problem.contains("CORSAGE_LOG"));
  }

  private static String policy(java.util.function.Consumer<PolicyLog> event) {
    return print(() -> event.accept(PolicyLog.of(Map.of(), System.out::print)));
  }

  private static String print(Runnable action) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The rows above say what each filter counts; so do the pages. */
  @ParameterizedTest
  @MethodSource("names")
  void everyMetricIsOnThePage(String metric) throws Exception {
    assertThat(Files.readString(Path.of("../docs/operations.md"))).contains("`" + metric + "`");
  }

  static Stream<String> names() {
    return FILTERS.keySet().stream();
  }
}
