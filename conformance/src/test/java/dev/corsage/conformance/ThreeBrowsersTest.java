package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.corsage.browser.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of scenarios in three real browsers, against the packaged functions behind the local
 * gateway, and against servers that do what no policy would; and what the browser model predicts
 * for each.
 */
@Tag("once")
@Timeout(600)
class ThreeBrowsersTest {
  private static final int AT_A_TIME = 5;

  /** How long the last requests of a page may take: beacons tell nobody. */
  private static final Duration REST = Duration.ofSeconds(1);

  private static final Map<Engine, Map<String, Scenario.Result>> MEASURED =
      new EnumMap<>(Engine.class);
  private static final Map<Engine, Map<String, Scenario.Result>> PREDICTED =
      new EnumMap<>(Engine.class);
  private static final Map<Engine, String> VERSIONS = new EnumMap<>(Engine.class);
  private static List<Scenario> scenarios;

  @BeforeAll
  static void measure(@TempDir Path folder) throws Exception {
    scenarios = Scenario.all();
    try (ScenarioSite site = ScenarioSite.start(folder)) {
      for (Engine engine : Engine.values()) {
        Instant start = Instant.now();
        MEASURED.put(engine, measure(engine, site));
        PREDICTED.put(engine, predict(engine, site));
        System.out.printf(
            "%s %s: %d scenarios in %d s%n",
            engine.key(),
            VERSIONS.get(engine),
            scenarios.size(),
            Duration.between(start, Instant.now()).toSeconds());
      }
    }
    print();
  }

  private static Map<String, Scenario.Result> measure(Engine engine, ScenarioSite site)
      throws Exception {
    Map<String, Object> seen = new LinkedHashMap<>();
    site.takeSent();
    try (RealBrowser browser = RealBrowser.start(engine, site.publicPort())) {
      VERSIONS.put(engine, browser.version());
      Map<String, List<Scenario>> byPage = new LinkedHashMap<>();
      for (Scenario scenario : scenarios) {
        if (!scenario.isAlone()) {
          byPage.computeIfAbsent(scenario.page(), page -> new ArrayList<>()).add(scenario);
        }
      }
      for (Map.Entry<String, List<Scenario>> page : byPage.entrySet()) {
        browser.open(site.page(page.getKey()));
        seen.putAll(run(browser, site, page.getValue(), AT_A_TIME));
        Thread.sleep(REST.toMillis());
      }
      browser.open(site.page("app"));
      run(browser, site, List.of(Scenario.warmUp()), 1);
      for (Scenario scenario : scenarios) {
        if (scenario.isAlone()) {
          browser.open(site.page(scenario.page()));
          seen.putAll(run(browser, site, List.of(scenario), 1));
        }
      }
    }
    Map<String, List<String>> sent = site.takeSent();
    Map<String, Scenario.Result> results = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      String id = scenario.id();
      results.put(id, new Scenario.Result((String) seen.get(id), sent.getOrDefault(id, List.of())));
    }
    return results;
  }

  private static Map<String, Object> run(
      RealBrowser browser, ScenarioSite site, List<Scenario> together, long atATime)
      throws IOException {
    List<Object> scripts = new ArrayList<>();
    for (Scenario scenario : together) {
      scripts.add(scenario.script(site));
    }
    return browser.run(
        "return runScenarios(input.scenarios, input.atATime)",
        Json.write(Map.of("scenarios", scripts, "atATime", atATime)));
  }

  private static Map<String, Scenario.Result> predict(Engine engine, ScenarioSite site)
      throws IOException {
    Map<String, Scenario.Result> results = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      if (ScenarioPrediction.isPossible(scenario)) {
        results.put(scenario.id(), ScenarioPrediction.of(scenario, engine, site));
      }
    }
    return results;
  }

  /** Prints the table, and keeps what was measured for whoever changes it. */
  private static void print() throws IOException {
    StringBuilder table = new StringBuilder();
    List<String> rows = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", scenario.id());
      table.append(String.format("%-34s", scenario.id()));
      for (Engine engine : Engine.values()) {
        Scenario.Result measured = MEASURED.get(engine).get(scenario.id());
        Scenario.Result predicted = PREDICTED.get(engine).get(scenario.id());
        String mark = predicted == null ? "-" : predicted.equals(measured) ? "=" : "≠";
        table.append(String.format(" %s %-26s", mark, measured.sees()));
        row.put(engine.key(), Map.of("sees", measured.sees(), "sent", measured.sent()));
        if (predicted != null && !predicted.equals(measured)) {
          row.put(
              engine.key() + "-predicted",
              Map.of("sees", predicted.sees(), "sent", predicted.sent()));
        }
      }
      table.append('\n');
      rows.add(Json.write(row));
    }
    for (Engine engine : Engine.values()) {
      table.append(
          String.format(
              "%s %s: %d scenarios, %d as the table says, %d of %d predictions right%n",
              engine.key(),
              VERSIONS.get(engine),
              scenarios.size(),
              count(engine, (scenario, measured) -> scenario.expected(engine).equals(measured)),
              rightPredictions(engine),
              PREDICTED.get(engine).size()));
    }
    System.out.print(table);
    Files.write(Path.of("target", "three-browsers.ndjson"), rows);
  }

  private static long count(Engine engine, BiPredicate<Scenario, Scenario.Result> condition) {
    return scenarios.stream()
        .filter(scenario -> condition.test(scenario, MEASURED.get(engine).get(scenario.id())))
        .count();
  }

  private static long rightPredictions(Engine engine) {
    return count(
        engine, (scenario, measured) -> measured.equals(PREDICTED.get(engine).get(scenario.id())));
  }

  private static Stream<DynamicTest> forEachScenario(
      java.util.function.BiConsumer<Scenario, Engine> test) {
    return scenarios.stream()
        .flatMap(
            scenario ->
                Stream.of(Engine.values())
                    .map(
                        engine ->
                            dynamicTest(
                                scenario.id() + " in " + engine.key(),
                                () -> test.accept(scenario, engine))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsSeen() {
    return forEachScenario(
        (scenario, engine) ->
            assertThat(MEASURED.get(engine).get(scenario.id()))
                .as("%s", scenario.row())
                .isEqualTo(scenario.expected(engine)));
  }

  @TestFactory
  Stream<DynamicTest> whatIsPredicted() throws IOException {
    Set<String> notPredicted = documented("not-predicted");
    return forEachScenario(
        (scenario, engine) -> {
          Scenario.Result predicted = PREDICTED.get(engine).get(scenario.id());
          if (predicted == null) {
            return;
          }
          Scenario.Result measured = MEASURED.get(engine).get(scenario.id());
          if (notPredicted.contains(scenario.id() + " " + engine.key())) {
            assertThat(predicted).as("documented as wrong").isNotEqualTo(measured);
          } else {
            assertThat(predicted).isEqualTo(measured);
          }
        });
  }

  @Test
  void theTableIsLongEnough() {
    assertThat(scenarios).hasSizeGreaterThanOrEqualTo(120);
    assertThat(scenarios).extracting(Scenario::id).doesNotHaveDuplicates();
  }

  /** Where engines differ from each other, the page says so, and nowhere else. */
  @Test
  void differencesAreDocumented() throws IOException {
    Set<String> differences = new TreeSet<>();
    for (Scenario scenario : scenarios) {
      for (Engine engine : Engine.values()) {
        if (scenario.hasOwnResult(engine)) {
          differences.add(scenario.id() + " " + engine.key());
        }
      }
    }
    assertThat(documented("differences")).isEqualTo(differences);
  }

  /**
   * Returns the rows of a table of {@code docs/browsers.md}, each a scenario and an engine.
   *
   * @param table the name in the comments around it
   */
  private static Set<String> documented(String table) throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/browsers.md"));
    String part = page.split("<!-- " + table + " -->", -1)[1].split("<!-- end -->", -1)[0];
    Set<String> rows = new TreeSet<>();
    Pattern.compile("\\| `([^|]+)` \\| ([^|]+) \\|")
        .matcher(part)
        .results()
        .forEach(
            row -> {
              for (String scenario : row.group(1).split("`, `", -1)) {
                for (String engine : row.group(2).split(", ", -1)) {
                  rows.add(scenario + " " + key(engine.strip()));
                }
              }
            });
    return rows;
  }

  private static String key(String name) {
    for (Engine engine : Engine.values()) {
      if (engine.measured().startsWith(name)) {
        return engine.key();
      }
    }
    throw new UncheckedIOException(new IOException("docs/browsers.md names no engine " + name));
  }
}
