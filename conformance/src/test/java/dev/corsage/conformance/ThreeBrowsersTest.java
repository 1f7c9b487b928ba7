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
import java.util.HashMap;
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
  /** How many scenarios of one outcome are enough to compare the texts of consoles. */
  private static final int OF_A_KIND = 5;

  /** A page may be done before its browser has printed. */
  private static final int ATTEMPTS = 3;

  private static final Map<Engine, Map<String, Scenario.Result>> MEASURED =
      new EnumMap<>(Engine.class);
  private static final Map<Engine, Map<String, ScenarioPrediction.Predicted>> PREDICTED =
      new EnumMap<>(Engine.class);

  /** What the console of each engine printed, by scenario. */
  private static final Map<Engine, Map<String, String>> PRINTED = new EnumMap<>(Engine.class);

  private static final Map<Engine, String> VERSIONS = new EnumMap<>(Engine.class);
  private static List<Scenario> scenarios;

  @BeforeAll
  static void measure(@TempDir Path folder) throws Exception {
    scenarios = Scenario.all();
    try (ScenarioSite site = ScenarioSite.start(new ScenarioGateway(folder))) {
      for (Engine engine : Engine.values()) {
        Instant start = Instant.now();
        PREDICTED.put(engine, predict(engine, site));
        ScenarioRun run =
            ScenarioRun.of(
                scenarios,
                engine,
                site,
                browser -> PRINTED.put(engine, printed(engine, browser, site)));
        MEASURED.put(engine, run.results());
        VERSIONS.put(engine, run.version());
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

  /**
   * Runs some of the scenarios for which a text is predicted once more, one at a time: consoles do
   * not say which request they speak of.
   */
  private static Map<String, String> printed(Engine engine, RealBrowser browser, ScenarioSite site)
      throws Exception {
    Map<String, String> printed = new LinkedHashMap<>();
    if (engine == Engine.WEBKIT) {
      return printed;
    }
    Map<String, Integer> times = new HashMap<>();
    String page = "";
    for (Scenario scenario : scenarios) {
      ScenarioPrediction.Predicted predicted = PREDICTED.get(engine).get(scenario.id());
      if (predicted == null
          || predicted.printed().isEmpty()
          || !isPrinted(scenario)
          || times.merge(predicted.key(), 1, Integer::sum) > OF_A_KIND) {
        continue;
      }
      if (!page.equals(scenario.page())) {
        page = scenario.page();
        browser.open(site.page(page));
      }
      StringBuilder console = new StringBuilder();
      for (int attempt = 0; attempt < ATTEMPTS && !isIn(console, predicted); attempt++) {
        browser.takeConsole();
        ScenarioRun.run(browser, site, List.of(scenario), 1);
        for (int i = 0; i < 10 && !isIn(console, predicted); i++) {
          Thread.sleep(i * 20L);
          console.append(browser.takeConsole()).append('\n');
        }
      }
      printed.put(scenario.id(), plain(console.toString().strip()));
    }
    return printed;
  }

  private static boolean isIn(StringBuilder console, ScenarioPrediction.Predicted predicted) {
    return plain(console.toString()).contains(predicted.printed());
  }

  /** Firefox has the quotation marks of printers, and brackets around the reason. */
  private static String plain(String console) {
    return console.replaceAll("[‘’]", "'").replace("). Status code", ". Status code");
  }

  /** Tells whether the console of the page speaks of a scenario: of one refused call. */
  private static boolean isPrinted(Scenario scenario) {
    return scenario.place().equals("page") && scenario.steps().size() == 1;
  }

  private static Map<String, ScenarioPrediction.Predicted> predict(Engine engine, ScenarioSite site)
      throws IOException {
    Map<String, ScenarioPrediction.Predicted> results = new LinkedHashMap<>();
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
        Scenario.Result predicted = predicted(engine, scenario);
        String mark = predicted == null ? "-" : predicted.equals(measured) ? "=" : "≠";
        table.append(String.format(" %s %-26s", mark, measured.sees()));
        row.put(engine.key(), Map.of("sees", measured.sees(), "sent", measured.sent()));
        if (predicted != null && !predicted.equals(measured)) {
          row.put(
              engine.key() + "-predicted",
              Map.of("sees", predicted.sees(), "sent", predicted.sent()));
        }
        if (PRINTED.get(engine).containsKey(scenario.id())) {
          row.put(
              engine.key() + "-console",
              Map.of(
                  "predicted",
                  PREDICTED.get(engine).get(scenario.id()).printed(),
                  "printed",
                  PRINTED.get(engine).get(scenario.id())));
        }
      }
      table.append('\n');
      rows.add(Json.write(row));
    }
    for (Engine engine : Engine.values()) {
      table.append(
          String.format(
              "%s %s: %d scenarios, %d as the table says, %d of %d predictions right,"
                  + " %d of %d console texts%n",
              engine.key(),
              VERSIONS.get(engine),
              scenarios.size(),
              count(engine, (scenario, measured) -> scenario.expected(engine).equals(measured)),
              rightPredictions(engine),
              PREDICTED.get(engine).size(),
              PRINTED.get(engine).keySet().stream().filter(id -> isPrinted(engine, id)).count(),
              PRINTED.get(engine).size()));
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
    return count(engine, (scenario, measured) -> measured.equals(predicted(engine, scenario)));
  }

  /** Returns what is predicted; null if nothing is. */
  private static Scenario.Result predicted(Engine engine, Scenario scenario) {
    ScenarioPrediction.Predicted predicted = PREDICTED.get(engine).get(scenario.id());
    return predicted == null ? null : predicted.result();
  }

  private static boolean isPrinted(Engine engine, String id) {
    return PRINTED.get(engine).get(id).contains(PREDICTED.get(engine).get(id).printed());
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
          Scenario.Result predicted = predicted(engine, scenario);
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

  /** The texts that {@code explain} shows are those that the consoles show. */
  @TestFactory
  Stream<DynamicTest> whatIsPrinted() throws IOException {
    Set<String> notPrinted = documented("not-printed");
    return forEachScenario(
        (scenario, engine) -> {
          String printed = PRINTED.get(engine).get(scenario.id());
          if (printed == null) {
            return;
          }
          String predicted = PREDICTED.get(engine).get(scenario.id()).printed();
          if (notPrinted.contains(scenario.id() + " " + engine.key())) {
            assertThat(printed).as("documented as not printed").doesNotContain(predicted);
          } else {
            assertThat(printed).contains(predicted);
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
