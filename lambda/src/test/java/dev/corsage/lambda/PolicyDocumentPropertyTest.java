package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** A document is a policy, or it is told what is wrong with it. */
class PolicyDocumentPropertyTest {
  private static final List<String> ENTRIES =
      List.of(
          "https://app.example.com",
          "https://*.example.com",
          "https://qa-*.example.com:*",
          "http://localhost:3000",
          "/https:\\/\\/pr-[0-9]{1,3}\\.example\\.com/");

  private static final List<String> ORIGINS =
      List.of(
          "https://app.example.com",
          "https://a.b.example.com",
          "https://qa-1.example.com:8080",
          "http://localhost:3000",
          "https://pr-12.example.com",
          "https://evil.test",
          "null");

  /** A valid document, and the same policy by hand. */
  record Both(String document, CorsPolicy policy) {}

  @Property
  void aDocumentIsWhatTheBuilderBuilds(@ForAll("valid") Both both) {
    CorsDecider read = PolicyDocument.parse(both.document);

    assertThat(((CorsPolicy) read).origins()).isEqualTo(both.policy.origins());
    assertThat(read.warnings()).isEqualTo(both.policy.warnings());
    for (String origin : ORIGINS) {
      for (HttpRequest request : List.of(actual(origin), preflight(origin))) {
        Decision expected = both.policy.decide(request);

        assertThat(read.decide(request)).hasToString(expected.toString());
        assertThat(read.decide(request).status()).isEqualTo(expected.status());
      }
    }
  }

  @Property(tries = 3_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void whatIsNoPolicyIsToldWhy(@ForAll("documents") String document) {
    boolean built;
    try {
      CorsDecider policy = PolicyDocument.parse(document);
      assertThat(policy.warnings()).noneMatch(Problem::isError);
      built = true;
    } catch (InvalidPolicyException refused) {
      assertThat(refused.problems()).anyMatch(Problem::isError);
      assertThat(refused.problems()).noneMatch(PolicyDocumentPropertyTest::isIncomplete);
      built = false;
    }
    Statistics.collect(built);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 1));
  }

  static boolean isIncomplete(Problem problem) {
    return problem.field().isEmpty()
        || !problem.message().endsWith(".")
        || !problem.fix().endsWith(".")
        || problem.toString().chars().anyMatch(c -> c < 0x20);
  }

  static HttpRequest actual(String origin) {
    return HttpRequest.of("GET", Map.of("Origin", List.of(origin)));
  }

  static HttpRequest preflight(String origin) {
    return HttpRequest.of(
        "OPTIONS",
        Map.of(
            "Origin", List.of(origin),
            "Access-Control-Request-Method", List.of("PUT"),
            "Access-Control-Request-Headers", List.of("authorization,x-a")));
  }

  @Provide
  Arbitrary<Both> valid() {
    Arbitrary<List<String>> origins = Arbitraries.of(ENTRIES).list().uniqueElements().ofMinSize(1);
    Arbitrary<List<String>> methods = some("PUT", "DELETE", "patch");
    Arbitrary<List<String>> headers = some("authorization", "X-A", "*");
    Arbitrary<List<String>> exposed = some("etag", "x-b");
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<Integer> ages = Arbitraries.integers().between(-1, 86_400);
    Arbitrary<Integer> statuses = Arbitraries.integers().between(200, 299);
    return Combinators.combine(origins, methods, headers, exposed, flags, flags, ages, statuses)
        .as(
            (list, method, header, expose, credentials, blocks, age, status) -> {
              CorsPolicy.Builder builder =
                  CorsPolicy.builder()
                      .origins(list)
                      .methods(method)
                      .requestHeaders(header)
                      .exposedHeaders(expose)
                      .credentials(credentials)
                      .blockRefusedOrigins(blocks)
                      .maxAgeSeconds(age)
                      .preflightStatus(status)
                      .refusedStatus(status + 200);
              Map<String, String> fields = new LinkedHashMap<>();
              fields.put("refused", "{\"status\": " + (status + 200) + "}");
              fields.put("origins", array(list, !credentials));
              fields.put("methods", array(method, false));
              fields.put("requestHeaders", array(header, false));
              fields.put("exposedHeaders", array(expose, false));
              fields.put("credentials", credentials.toString());
              fields.put("blockRefusedOrigins", blocks.toString());
              fields.put("maxAgeSeconds", age.toString());
              fields.put("preflightStatus", status.toString());
              fields.put("tolerateNullOrigin", "null");
              return new Both(object(fields), builder.build());
            });
  }

  private static Arbitrary<List<String>> some(String... values) {
    return Arbitraries.of(values).list().uniqueElements().ofMaxSize(values.length);
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "origins",
            "methods",
            "requestHeaders",
            "exposedHeaders",
            "credentials",
            "maxAgeSeconds",
            "preflightStatus",
            "refused",
            "blockRefusedOrigins",
            "tolerateInsecureOrigins",
            "toleratePublicSuffixes",
            "tolerateNullOrigin",
            "privateNetwork",
            "$schema",
            "policies",
            "origin",
            "regex",
            "Origins");
    Arbitrary<String> fields =
        Combinators.combine(keys, values(2)).as((key, value) -> quoted(key) + ":" + value);
    Arbitrary<String> good =
        Arbitraries.of(
            "\"origins\":[\"https://a.test\"]",
            "\"origins\":[\"https://a.test\", {\"regex\": \"https://a\\\\.test\"}]");
    Arbitrary<String> objects =
        Combinators.combine(good.optional(), fields.list().ofMaxSize(3))
            .as(
                (first, others) -> {
                  List<String> all = new ArrayList<>(others);
                  first.ifPresent(all::add);
                  return "{" + String.join(", ", all) + "}";
                });
    Arbitrary<String> broken =
        Combinators.combine(objects, Arbitraries.integers().between(0, 80))
            .as((object, end) -> object.substring(0, Math.min(end, object.length())));
    return Arbitraries.frequencyOf(
        Tuple.of(10, objects),
        Tuple.of(1, broken),
        Tuple.of(1, values(2)),
        Tuple.of(1, Arbitraries.strings()),
        Tuple.of(1, objects.map(object -> "\ufeff" + object + " \n")));
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> strings =
        Arbitraries.oneOf(
            Arbitraries.of(ENTRIES),
            Arbitraries.of("PUT", "x-a", "*", "null", "", "true"),
            Arbitraries.strings().ofMaxLength(6));
    Arbitrary<String> scalars =
        Arbitraries.oneOf(
            strings.map(PolicyDocumentPropertyTest::quoted),
            Arbitraries.of("true", "false", "null", "204", "403", "-1", "0", "1.5", "1e9"),
            Arbitraries.of("123456789012345678901234567890", "2147483648", "-0", "NaN", "01"));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<String> inner = values(depth - 1);
    Arbitrary<String> keys = Arbitraries.of("regex", "status", "origin", "policy", "path", "stage");
    return Arbitraries.oneOf(
        scalars,
        inner.list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]"),
        Combinators.combine(keys, inner)
            .as((key, value) -> quoted(key) + ":" + value)
            .list()
            .ofMaxSize(2)
            .map(list -> "{" + String.join(",", list) + "}"));
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ": " + field.getValue())
        .collect(Collectors.joining(",\n ", "{", "}"));
  }

  private static String array(List<String> values, boolean expressionsAsObjects) {
    return values.stream()
        .map(
            value ->
                expressionsAsObjects && value.startsWith("/")
                    ? "{\"regex\": " + quoted(value.substring(1, value.length() - 1)) + "}"
                    : quoted(value))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Every character beyond the plain ones as an escape of four digits. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
      out.append(plain ? "" + c : String.format("\\u%04x", (int) c));
    }
    return out.append('"').toString();
  }
}
