package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.browser.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios of policies once more, in Chromium, in front of servers with the filter: a page
 * sees what it sees in front of the function, and sends the same.
 */
@Tag("once")
@Timeout(300)
class ServerBrowserTest {

  /**
   * What JavaScript sees elsewhere. The function on the route {@code OPTIONS} says 400 to a request
   * that is not a preflight; in a server the application responds.
   */
  private static final Map<String, String> SEES =
      Map.of("options-own-star", "200", "options-own-header", "200");

  static Stream<Arguments> servers() {
    ScenarioApi tomcat = ScenarioServers::tomcat;
    ScenarioApi springBoot = ScenarioServers::springBoot;
    return Stream.of(Arguments.of("Tomcat", tomcat), Arguments.of("Spring Boot", springBoot));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void pagesSeeWhatTheySeeOfTheFunction(String name, ScenarioApi api) throws Exception {
    List<Scenario> scenarios =
        Scenario.all().stream()
            .filter(
                scenario ->
                    scenario.steps().stream()
                        .flatMap(step -> step.hops().stream())
                        .anyMatch(hop -> ScenarioSite.hasPolicy(hop.at())))
            .toList();
    assertThat(scenarios).hasSizeGreaterThan(150);
    Map<String, Scenario.Result> results;
    try (ScenarioSite site = ScenarioSite.start(api)) {
      results = ScenarioRun.of(scenarios, Engine.CHROMIUM, site, browser -> {}).results();
    }
    List<String> differences = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      Scenario.Result function = scenario.expected(Engine.CHROMIUM);
      Scenario.Result expected =
          new Scenario.Result(SEES.getOrDefault(scenario.id(), function.sees()), function.sent());
      Scenario.Result seen = results.get(scenario.id());
      if (!seen.equals(expected)) {
        differences.add(scenario.id() + ": " + seen + ", expected " + expected);
      }
    }
    assertThat(differences).as("of %s scenarios", scenarios.size()).isEmpty();
  }
}
