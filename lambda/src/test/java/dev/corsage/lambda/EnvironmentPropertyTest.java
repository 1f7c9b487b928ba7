package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import dev.corsage.OriginPattern;
import dev.corsage.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written into variables is read out of them. */
class EnvironmentPropertyTest {

  @Property(tries = 3_000)
  void whatIsJoinedIsSplit(
      @ForAll("entries") List<String> entries, @ForAll("separators") List<String> separators) {
    assertThat(VariableLists.split(joined(entries, separators))).isEqualTo(entries);
  }

  @Property(edgeCases = EdgeCasesMode.MIXIN)
  void splittingLosesNothingButSeparators(@ForAll String list) {
    List<String> entries = VariableLists.split(list);

    assertThat(entries).doesNotContain("");
    assertThat(withoutSeparators(String.join("", entries))).isEqualTo(withoutSeparators(list));
    assertThat(VariableLists.split(" ,\n" + list)).isEqualTo(entries);
  }

  @Property
  void variablesAreWhatTheBuilderBuilds(
      @ForAll("origins") List<String> origins,
      @ForAll("words") List<String> methods,
      @ForAll("words") List<String> headers,
      @ForAll("separators") List<String> separators,
      @ForAll boolean credentials) {
    CorsPolicy expected =
        CorsPolicy.builder()
            .origins(origins)
            .methods(methods)
            .requestHeaders(headers)
            .exposedHeaders(headers)
            .credentials(credentials)
            .maxAgeSeconds(60)
            .build();
    CorsDecider read =
        EnvironmentPolicy.read(
            Map.of(
                "ALLOWED_ORIGINS", joined(origins, separators),
                "ALLOWED_METHODS", joined(methods, separators),
                "ALLOWED_HEADERS", joined(headers, separators),
                "EXPOSED_HEADERS", joined(headers, separators),
                "ALLOW_CREDENTIALS", credentials ? " true" : "False\n",
                "MAX_AGE", " 60 ",
                "REFUSED_ORIGIN", " "));

    assertThat(((CorsPolicy) read).origins()).map(OriginPattern::toString).isEqualTo(origins);
    for (String origin : List.of("https://a.test", "https://x.b.test", "https://evil.test")) {
      assertThat(read.decide(PolicyDocumentPropertyTest.actual(origin)))
          .hasToString(expected.decide(PolicyDocumentPropertyTest.actual(origin)).toString());
      assertThat(read.decide(PolicyDocumentPropertyTest.preflight(origin)))
          .hasToString(expected.decide(PolicyDocumentPropertyTest.preflight(origin)).toString());
    }
  }

  @Property(edgeCases = EdgeCasesMode.MIXIN)
  void whatIsNoPolicyIsToldWhy(@ForAll("environments") Map<String, String> environment) {
    try {
      assertThat(EnvironmentPolicy.read(environment).warnings()).noneMatch(Problem::isError);
    } catch (InvalidPolicyException refused) {
      assertThat(refused.problems()).anyMatch(Problem::isError);
      assertThat(refused.problems()).noneMatch(PolicyDocumentPropertyTest::isIncomplete);
      assertThat(refused.problems())
          .allMatch(
              problem ->
                  environment.keySet().stream().anyMatch(problem.field()::startsWith)
                      || EnvironmentPolicy.variables().contains(problem.field()));
    }
  }

  @Provide
  Arbitrary<List<String>> entries() {
    Arbitrary<String> plain =
        Arbitraries.strings().withChars("ab:/.*-\\1").ofMinLength(1).ofMaxLength(10);
    // Within an expression a slash is written \/; then it may contain what separates.
    Arbitrary<String> expressions =
        Arbitraries.of("a", ",", " ", "\\/", "\\\\", "\\.", "{1,2}", "[, ]", "\n", "\\,")
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(parts -> "/" + String.join("", parts) + "/");
    return Arbitraries.oneOf(plain.filter(entry -> !entry.startsWith("/")), expressions)
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<String>> separators() {
    return Arbitraries.of(",", " ", ", ", "\n", "\r\n", ",\t", " , ,")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> origins() {
    return Arbitraries.of(
            "https://a.test",
            "https://*.b.test",
            "https://qa-*.b.test",
            "/https:\\/\\/pr-[0-9]{1,3}\\.b\\.test/",
            "http://localhost:*")
        .list()
        .uniqueElements()
        .ofMinSize(1);
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.of("PUT", "PATCH", "x-a", "x-b").list().uniqueElements();
  }

  @Provide
  Arbitrary<Map<String, String>> environments() {
    Arbitrary<String> names =
        Arbitraries.of(
            "ALLOWED_ORIGINS",
            "ALLOWED_METHODS",
            "ALLOWED_HEADERS",
            "EXPOSED_HEADERS",
            "ALLOW_CREDENTIALS",
            "MAX_AGE",
            "REFUSED_STATUS",
            "REFUSED_ORIGIN",
            "CORS_POLICY",
            "ALLOWED_ORIGIN",
            "REFUSED_ORIGINS",
            "PATH");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of("https://a.test", "true", "600", "-1", "99999999999", "PUT", "{}", "*"),
            Arbitraries.of("{\"origins\":[\"https://a.test\"]}", "{\"origins\":[\"x\"]}", "/a,b/"),
            Arbitraries.strings().ofMaxLength(10));
    return Combinators.combine(names, values)
        .as(Map::entry)
        .list()
        .ofMaxSize(5)
        .map(
            entries -> {
              Map<String, String> environment = new HashMap<>();
              entries.forEach(entry -> environment.put(entry.getKey(), entry.getValue()));
              return environment;
            });
  }

  private static String joined(List<String> entries, List<String> separators) {
    StringBuilder list = new StringBuilder(separators.get(0));
    for (int i = 0; i < entries.size(); i++) {
      list.append(entries.get(i)).append(separators.get(i % separators.size()));
    }
    return list.toString();
  }

  private static String withoutSeparators(String text) {
    return text.chars()
        .filter(c -> c != ',' && !Character.isWhitespace(c))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
