package dev.corsage.conformance;

import dev.corsage.browser.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a real browser made of scenarios.
 *
 * @param version of the browser
 * @param results what was seen, by the ids of the scenarios
 */
record ScenarioRun(String version, Map<String, Scenario.Result> results) {
  private static final int AT_A_TIME = 5;

  /** How long the last requests of a page may take: beacons tell nobody. */
  private static final Duration REST = Duration.ofSeconds(1);

  /** What is still done in the browser when the scenarios are over. */
  @FunctionalInterface
  interface Afterwards {
    void in(RealBrowser browser) throws Exception;
  }

  static ScenarioRun of(
      List<Scenario> scenarios, Engine engine, ScenarioSite site, Afterwards afterwards)
      throws Exception {
    Map<String, Object> seen = new LinkedHashMap<>();
    Map<String, List<String>> sent;
    site.takeSent();
    String version;
    try (RealBrowser browser = RealBrowser.start(engine, site.publicOrigins())) {
      version = browser.version();
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
      sent = site.takeSent();
      afterwards.in(browser);
    }
    Map<String, Scenario.Result> results = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      String id = scenario.id();
      results.put(id, new Scenario.Result((String) seen.get(id), sent.getOrDefault(id, List.of())));
    }
    return new ScenarioRun(version, results);
  }

  static Map<String, Object> run(
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
}
