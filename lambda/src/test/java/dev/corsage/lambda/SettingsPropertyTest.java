package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.HttpRequest;
import dev.corsage.PolicyScope;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Scoped;
import dev.corsage.PolicySettings.Setting;
import dev.corsage.Problem;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.StoreReference;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** The same settings, good or bad, are the same policy in whichever way they are written. */
class SettingsPropertyTest {
  private static final List<String> ORIGINS =
      List.of(
          "https://app.example.com",
          "https://a.b.example.com",
          "http://localhost:3000",
          "http://app.example.com",
          "https://evil.test",
          "null");

  /** All but the function that names the fields. */
  private static final RecursiveComparisonConfiguration SAME =
      RecursiveComparisonConfiguration.builder()
          .withIgnoredFieldsMatchingRegexes("(.*\\.)?fields")
          .build();

  /** What the keys of a document are called as variables. */
  private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

  static {
    VARIABLES.put("origins", "ALLOWED_ORIGINS");
    VARIABLES.put("methods", "ALLOWED_METHODS");
    VARIABLES.put("requestHeaders", "ALLOWED_HEADERS");
    VARIABLES.put("exposedHeaders", "EXPOSED_HEADERS");
    VARIABLES.put("credentials", "ALLOW_CREDENTIALS");
    VARIABLES.put("maxAgeSeconds", "MAX_AGE");
    VARIABLES.put("refused.status", "REFUSED_STATUS");
    VARIABLES.put("refused.origin", "REFUSED_ORIGIN");
    VARIABLES.put("timingAllowOrigin", "TIMING_ALLOW_ORIGIN");
    VARIABLES.put("resourcePolicy", "RESOURCE_POLICY");
  }

  /** Some of the keys that all three ways have; the others are not written. */
  record Written(Map<Key<?>, Object> values) {

    @SuppressWarnings("unchecked")
    private List<String> list(Key<List<String>> key) {
      return (List<String>) values.get(key);
    }

    CorsPolicy.Builder builder() {
      CorsPolicy.Builder builder = CorsPolicy.builder().origins(list(Key.ORIGINS));
      values.forEach(
          (key, value) -> {
            switch (key.path()) {
              case "methods" -> builder.methods(list(Key.METHODS));
              case "requestHeaders" -> builder.requestHeaders(list(Key.REQUEST_HEADERS));
              case "exposedHeaders" -> builder.exposedHeaders(list(Key.EXPOSED_HEADERS));
              case "credentials" -> builder.credentials((boolean) value);
              case "maxAgeSeconds" -> builder.maxAgeSeconds((int) value);
              case "refused.status" -> builder.refusedStatus((int) value);
              case "refused.origin" -> builder.refusedOrigin((String) value);
              case "timingAllowOrigin" -> builder.timingAllowOrigin((boolean) value);
              case "resourcePolicy" -> builder.resourcePolicy((String) value);
              default -> {}
            }
          });
      return builder;
    }

    Map<String, String> variables() {
      Map<String, String> variables = new LinkedHashMap<>();
      values.forEach(
          (key, value) ->
              variables.put(
                  VARIABLES.get(key.path()),
                  value instanceof List<?> list
                      ? String.join(", ", list.stream().map(String.class::cast).toList())
                      : value.toString()));
      return variables;
    }
  }

  @Property
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void threeWaysAreOnePolicy(@ForAll("written") Written written) throws IOException {
    PolicySettings settings = written.builder().settings();
    String document = document(settings);
    Map<String, String> variables = written.variables();
    List<Problem> problems = settings.problems();

    assertThat(PolicyDocument.problems(document)).isEqualTo(problems);
    assertThat(EnvironmentPolicy.problems(Map.of("CORS_POLICY", document)))
        .isEqualTo(renamed(problems, field -> "CORS_POLICY." + field));
    assertThat(EnvironmentPolicy.problems(variables)).isEqualTo(renamed(problems, VARIABLES::get));

    boolean builds = problems.stream().noneMatch(Problem::isError);
    if (builds) {
      CorsPolicy expected = written.builder().build();
      for (CorsDecider read :
          List.of(PolicyDocument.parse(document), EnvironmentPolicy.read(variables))) {
        for (HttpRequest request : requests()) {
          assertThat(read.decide(request)).hasToString(expected.decide(request).toString());
          assertThat(read.decide(request).status()).isEqualTo(expected.decide(request).status());
        }
      }
    }
    Statistics.collect(builds);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 2));
    Statistics.coverage(coverage -> coverage.check(false).percentage(share -> share > 2));
  }

  private static List<Problem> renamed(List<Problem> problems, UnaryOperator<String> name) {
    return problems.stream().map(problem -> problem.inField(name.apply(problem.field()))).toList();
  }

  private static List<HttpRequest> requests() {
    return ORIGINS.stream()
        .flatMap(
            origin ->
                List.of(
                    PolicyDocumentPropertyTest.actual(origin),
                    PolicyDocumentPropertyTest.preflight(origin))
                    .stream())
        .toList();
  }

  /** All keys, those too that variables do not have. */
  @Property
  void whatIsWrittenIsRead(@ForAll("settings") PolicySettings settings) throws IOException {
    assertThat(PolicyDocument.read(document(settings)))
        .usingRecursiveComparison(SAME)
        .isEqualTo(settings);
  }

  /** The comparison sees every key. */
  @Example
  void anotherValueIsADifference() throws IOException {
    String document = "{\"policies\": [{\"policy\": {\"allowList\": \"test:a\"}}]}";

    assertThat(PolicyDocument.read(document))
        .usingRecursiveComparison(SAME)
        .isEqualTo(PolicyDocument.read(document.replace(" ", "")))
        .isNotEqualTo(PolicyDocument.read(document.replace("test:a", "test:b")))
        .isNotEqualTo(
            PolicyDocument.read(document.replace("\"policy", "\"path\":\"/x\",\"policy")));
  }

  @Property
  void whatIsWrittenByScopeIsRead(@ForAll("scoped") PolicySettings settings) throws IOException {
    assertThat(PolicyDocument.read(document(settings)))
        .usingRecursiveComparison(SAME)
        .isEqualTo(settings);
  }

  private static String document(PolicySettings settings) throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = SharedJson.FACTORY.createGenerator(json)) {
      write(out, settings);
    }
    return json.toString();
  }

  private static void write(JsonGenerator out, PolicySettings settings) throws IOException {
    out.writeStartObject();
    for (Key<List<String>> key :
        List.of(Key.ORIGINS, Key.METHODS, Key.REQUEST_HEADERS, Key.EXPOSED_HEADERS)) {
      if (settings.get(key).isWritten()) {
        out.writeArrayFieldStart(key.path());
        for (String value : settings.get(key).value()) {
          out.writeString(value);
        }
        out.writeEndArray();
      }
    }
    for (Key<Boolean> key :
        List.of(
            Key.CREDENTIALS,
            Key.BLOCK_REFUSED_ORIGINS,
            Key.TIMING_ALLOW_ORIGIN,
            Key.TOLERATE_INSECURE_ORIGINS,
            Key.TOLERATE_PUBLIC_SUFFIXES,
            Key.TOLERATE_NULL_ORIGIN)) {
      if (settings.get(key).isWritten()) {
        out.writeBooleanField(key.path(), settings.get(key).value());
      }
    }
    for (Key<Integer> key : List.of(Key.MAX_AGE_SECONDS, Key.PREFLIGHT_STATUS)) {
      if (settings.get(key).isWritten()) {
        out.writeNumberField(key.path(), settings.get(key).value());
      }
    }
    if (settings.get(Key.RESOURCE_POLICY).isWritten()) {
      out.writeStringField(Key.RESOURCE_POLICY.path(), settings.get(Key.RESOURCE_POLICY).value());
    }
    writeRefused(out, settings);
    writeAllowList(out, settings);
    writePolicies(out, settings.get(Key.POLICIES));
    out.writeEndObject();
  }

  private static void writeRefused(JsonGenerator out, PolicySettings settings) throws IOException {
    out.writeObjectFieldStart("refused");
    if (settings.get(Key.REFUSED_STATUS).isWritten()) {
      out.writeNumberField("status", settings.get(Key.REFUSED_STATUS).value());
    }
    if (settings.get(Key.REFUSED_ORIGIN).isWritten()) {
      out.writeStringField("origin", settings.get(Key.REFUSED_ORIGIN).value());
    }
    out.writeEndObject();
  }

  private static void writeAllowList(JsonGenerator out, PolicySettings settings)
      throws IOException {
    StoreReference store = settings.get(Key.STORE).value();
    CacheSettings cache = settings.get(Key.CACHE).value();
    if (store != null && cache == null) {
      out.writeStringField("allowList", store.toString());
    } else if (store != null) {
      out.writeObjectFieldStart("allowList");
      out.writeNumberField("allowedTtlSeconds", cache.allowedTtl().toSeconds());
      out.writeNumberField("refusedTtlSeconds", cache.refusedTtl().toSeconds());
      out.writeNumberField("staleIfErrorSeconds", cache.staleIfError().toSeconds());
      out.writeNumberField("timeoutMillis", cache.timeout().toMillis());
      out.writeStringField("store", store.toString());
      out.writeNumberField("cachedOrigins", cache.cachedOrigins());
      out.writeEndObject();
    }
  }

  private static void writePolicies(JsonGenerator out, Setting<List<Scoped>> policies)
      throws IOException {
    if (!policies.isWritten()) {
      return;
    }
    out.writeArrayFieldStart("policies");
    for (Scoped scoped : policies.value()) {
      out.writeStartObject();
      // As a scope prints itself: stage prod, API a1, domain d.test, path /x.
      for (String part : scoped.scope().toString().split(", ", -1)) {
        String[] words = part.split(" ", 2);
        if (words.length == 2) {
          out.writeStringField(words[0].equals("API") ? "apiId" : words[0], words[1]);
        }
      }
      out.writeFieldName("policy");
      write(out, scoped.settings());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static Arbitrary<List<String>> some(String... values) {
    return Arbitraries.of(values).list().ofMaxSize(3);
  }

  private static Arbitrary<List<String>> origins() {
    return some(
            "https://app.example.com",
            "https://*.example.com",
            "http://localhost:3000",
            "http://app.example.com",
            "/https:\\/\\/qa-[0-9]{1,3}\\.example\\.com/",
            "https://*.co.uk",
            "https://app.example.com/",
            "null",
            "*")
        .filter(list -> !list.isEmpty());
  }

  @Provide
  Arbitrary<Written> written() {
    Map<Key<?>, Arbitrary<?>> values = new LinkedHashMap<>();
    values.put(Key.METHODS, some("PUT", "patch", "TRACE", "*"));
    values.put(Key.REQUEST_HEADERS, some("authorization", "X-A", "cookie", "*"));
    values.put(Key.EXPOSED_HEADERS, some("etag", "set-cookie", "*"));
    values.put(Key.CREDENTIALS, Arbitraries.of(true, false));
    values.put(Key.MAX_AGE_SECONDS, Arbitraries.of(-2, -1, 0, 600, 7_201, 86_401));
    values.put(Key.REFUSED_STATUS, Arbitraries.of(200, 302, 403, 500));
    values.put(
        Key.REFUSED_ORIGIN, Arbitraries.of("https://app.example.com", "https://b.test", "*"));
    values.put(Key.TIMING_ALLOW_ORIGIN, Arbitraries.of(true, false));
    values.put(Key.RESOURCE_POLICY, Arbitraries.of("same-site", "Same-Origin", "null"));
    Arbitrary<Written> written =
        origins()
            .map(
                list -> {
                  Map<Key<?>, Object> map = new LinkedHashMap<>();
                  map.put(Key.ORIGINS, list);
                  return new Written(map);
                });
    for (Map.Entry<Key<?>, Arbitrary<?>> entry : values.entrySet()) {
      written =
          Combinators.combine(written, entry.getValue().injectNull(0.5))
              .as(
                  (before, value) -> {
                    Map<Key<?>, Object> map = new LinkedHashMap<>(before.values);
                    boolean set = value != null && !List.of().equals(value);
                    if (set) {
                      map.put(entry.getKey(), value);
                    }
                    return new Written(map);
                  });
    }
    return written;
  }

  @Provide
  Arbitrary<PolicySettings> settings() {
    return builders(path -> path).map(PolicySettings.Builder::build);
  }

  private Arbitrary<PolicySettings.Builder> builders(UnaryOperator<String> fields) {
    return Combinators.combine(
            written(),
            Arbitraries.of(true, false).list().ofSize(8),
            Arbitraries.integers().between(-500, 500),
            Arbitraries.integers().between(2, 1_000))
        .as(
            (written, flags, status, seconds) -> {
              PolicySettings.Builder settings = PolicySettings.builder(fields);
              written.values.forEach((key, value) -> set(settings, key, value));
              if (flags.get(0)) {
                settings.set(Key.PREFLIGHT_STATUS, status);
              }
              if (flags.get(1)) {
                settings.set(Key.BLOCK_REFUSED_ORIGINS, flags.get(2));
              }
              if (flags.get(3)) {
                settings.set(Key.TOLERATE_INSECURE_ORIGINS, flags.get(4));
                settings.set(Key.TOLERATE_PUBLIC_SUFFIXES, !flags.get(4));
                settings.set(Key.TOLERATE_NULL_ORIGIN, flags.get(5));
              }
              if (flags.get(6)) {
                settings.set(Key.STORE, StoreReference.parse("test:list-" + seconds));
              }
              if (flags.get(6) && flags.get(7)) {
                settings.set(
                    Key.CACHE,
                    CacheSettings.defaults()
                        .allowedTtl(Duration.ofSeconds(seconds))
                        .refusedTtl(Duration.ofSeconds(seconds / 2))
                        .staleIfError(Duration.ofSeconds(seconds * 3L))
                        .timeout(Duration.ofMillis(seconds))
                        .cachedOrigins(seconds));
              }
              return settings;
            });
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(PolicySettings.Builder settings, Key<T> key, Object value) {
    settings.set(key, (T) value);
  }

  @Provide
  Arbitrary<PolicySettings> scoped() {
    Arbitrary<PolicyScope> scopes =
        Combinators.combine(
                Arbitraries.of("prod", "$default", "not a stage").injectNull(0.5),
                Arbitraries.of("a1", "b2").injectNull(0.5),
                Arbitraries.of("api.a.test", "API").injectNull(0.5),
                Arbitraries.of("/x/*", "y").injectNull(0.5))
            .as(
                (stage, api, domain, path) -> {
                  PolicyScope scope = PolicyScope.anywhere();
                  scope = stage == null ? scope : scope.stage(stage);
                  scope = api == null ? scope : scope.apiId(api);
                  scope = domain == null ? scope : scope.domain(domain);
                  return path == null ? scope : scope.path(path);
                });
    return Arbitraries.integers()
        .between(0, 3)
        .flatMap(
            size ->
                Combinators.combine(
                        IntStream.range(0, size)
                            .mapToObj(
                                i ->
                                    Combinators.combine(
                                            scopes,
                                            builders(path -> "policies[" + i + "].policy." + path))
                                        .as(
                                            (scope, policy) ->
                                                new Scoped(
                                                    "policies[" + i + "]", scope, policy.build())))
                            .toList())
                    .as(
                        list ->
                            PolicySettings.builder(path -> path).set(Key.POLICIES, list).build()));
  }
}
