package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.bench.Measurement.Cost;
import dev.corsage.bench.Measurement.Effort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One tiny case of each benchmark, in the processes that it is measured in. */
@Timeout(300)
class SmokeTest {
  @TempDir Path folder;

  private final PrintWriter progress = new PrintWriter(new StringWriter());

  @ParameterizedTest
  @EnumSource(names = {"CORSAGE", "SPRING"})
  void engine(Subject.Name subject) {
    Map<String, String> parameters =
        Map.of(
            "subject", subject.toString(),
            "bench", "actual-exact",
            "kind", "allowed",
            "origins", "10");
    assertCost(Measurement.of(EngineBenchmark.class, "test", parameters, 64, Effort.SMOKE));
  }

  @ParameterizedTest
  @EnumSource(EventSubject.Name.class)
  void events(EventSubject.Name subject) {
    Map<String, String> parameters =
        Map.of("subject", subject.name(), "invoker", "REST_API", "kind", "ACTUAL");
    assertCost(Measurement.of(EventsBenchmark.class, "test", parameters, 16, Effort.SMOKE));
  }

  @Test
  void preflightCost() throws Exception {
    List<PreflightCost> costs = new PreflightCostRun(20, progress).run();

    assertThat(costs).hasSize(5).allMatch(cost -> cost.nanos() > 0 && cost.dollars() > 1);
  }

  private static void assertCost(Cost cost) {
    assertThat(cost.ns()).isBetween(1.0, 1e9);
    assertThat(cost.bytes()).isBetween(0.0, 1e6);
  }

  @Test
  void stores() throws Exception {
    StoreServer redis = StoreServers.redisOrNull(folder);
    assumeTrue(redis != null, "NOT RUN: there is no redis-server");
    try (redis) {
      StoreFigures figures = new StoresRun(Effort.SMOKE, 400, progress).run(List.of(redis));

      assertThat(figures.kinds()).containsExactly(StoreKind.IN_MEMORY, StoreKind.REDIS);
      assertThat(figures.find(StoreKind.REDIS, StoreMeasure.ROUND_TRIPS)).hasValue(1);
      assertThat(figures.find(StoreKind.REDIS, StoreMeasure.CROWD)).hasValue(400);
      assertThat(figures.find(StoreKind.IN_MEMORY, StoreMeasure.OWN_ACTUAL)).isPresent();
    }
  }

  private static ColdSubject tinyFunction() {
    return new ColdSubject(
        "tiny",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            TinyFunction.class.getName()),
        Path.of("."),
        Map.of(),
        1);
  }

  @Test
  void coldStart() throws Exception {
    List<ColdResult> results = new ColdStarts(1, progress).run(List.of(tinyFunction()));

    assertThat(results).singleElement().satisfies(SmokeTest::assertCold);
  }

  private static void assertCold(ColdResult result) {
    assertThat(result.firstMillis()).isPositive();
    assertThat(result.peakMegabytes()).isPositive();
    assertThat(result.warm().mean()).isPositive();
  }

  @Test
  void memorySizes() throws Exception {
    List<SizeResult> results = new MemorySizes(10, progress).unlimited(List.of(tinyFunction()));

    assertThat(results).singleElement().extracting(SizeResult::megabytes).isEqualTo(1769);
  }
}
