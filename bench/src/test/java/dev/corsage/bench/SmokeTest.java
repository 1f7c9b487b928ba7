package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.bench.Case.Bench;
import dev.corsage.bench.Measurement.Cost;
import dev.corsage.bench.Measurement.Effort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One tiny case of each benchmark, in the processes that it is measured in. */
@Tag("once")
@Timeout(300)
class SmokeTest {
  @TempDir Path folder;

  private final PrintWriter progress = new PrintWriter(new StringWriter());

  record EngineRow(Subject.Name subject, Case asked, int batch) {}

  /**
   * Every subject, and every kind of policy and request; among them the long lists of expressions
   * with credentials, which must build.
   */
  static Stream<EngineRow> engineRows() {
    Stream<EngineRow> subjects =
        Stream.of(Subject.Name.values())
            .filter(Subject.Name::isJava)
            .map(name -> new EngineRow(name, new Case(Bench.ACTUAL_EXACT, Case.ALLOWED, 10), 64));
    Stream<EngineRow> kinds =
        Stream.of(
                new Case(Bench.ACTUAL_EXACT, Case.REFUSED, 100_000),
                new Case(Bench.PREFLIGHT_EXACT, Case.ALLOWED, 1),
                new Case(Bench.ACTUAL_WILDCARD, Case.ALLOWED, 1_000),
                new Case(Bench.PREFLIGHT_WILDCARD, Case.REFUSED, 10),
                new Case(Bench.ACTUAL_REGEX, Case.ALLOWED, 1_000),
                new Case(Bench.ACTUAL_REGEX, Case.REFUSED, 5_000),
                new Case(Bench.HOSTILE, "allowed-commas-1KiB", 10),
                new Case(Bench.HOSTILE, "refused-names-1KiB", 10),
                new Case(Bench.HOSTILE, "refused-origin-1024KiB", 10))
            .map(asked -> new EngineRow(Subject.Name.CORSAGE, asked, 16));
    return Stream.concat(subjects, kinds);
  }

  @ParameterizedTest
  @MethodSource("engineRows")
  void engine(EngineRow row) {
    Map<String, String> parameters =
        Map.of(
            "subject", row.subject.toString(),
            "bench", row.asked.bench().toString(),
            "kind", row.asked.kind(),
            "origins", Integer.toString(row.asked.origins()));
    assertCost(Measurement.of(EngineBenchmark.class, "test", parameters, row.batch, Effort.SMOKE));
  }

  record EventRow(EventSubject.Name subject, Invoker invoker, EventKind kind) {}

  static Stream<EventRow> eventRows() {
    return Stream.of(EventSubject.Name.values())
        .flatMap(
            name ->
                Stream.of(
                    new EventRow(name, Invoker.REST_API, EventKind.ACTUAL),
                    new EventRow(name, Invoker.HTTP_API_2, EventKind.PREFLIGHT)));
  }

  @ParameterizedTest
  @MethodSource("eventRows")
  void events(EventRow row) {
    Map<String, String> parameters =
        Map.of(
            "subject", row.subject.name(),
            "invoker", row.invoker.name(),
            "kind", row.kind.name());
    assertCost(Measurement.of(EventsBenchmark.class, "test", parameters, 16, Effort.SMOKE));
  }

  @Test
  void preflightCost() throws Exception {
    List<PreflightCost> costs = new PreflightCostRun(20, progress).run();

    assertThat(costs).hasSize(5).allMatch(cost -> cost.nanos() > 0 && cost.dollars() > 1);
  }

  /** In other languages there is what this machine has the tools for. */
  @Test
  void peers() throws Exception {
    PeerPrograms programs = new PeerPrograms(progress);
    List<ColdSubject> functions = new PeerFunctions(programs, folder).all();

    assertThat(functions).hasSize(4 - programs.missing().size());
    assertThat(new ColdStarts(1, progress).run(functions)).allSatisfy(SmokeTest::assertCold);
  }

  @Test
  void engineInGo() throws Exception {
    PeerPrograms programs = new PeerPrograms(progress);
    Optional<Path> go = programs.go("engine");
    assumeTrue(go.isPresent(), () -> programs.missing().toString());
    List<Case> cases =
        List.of(
            new Case(Bench.ACTUAL_EXACT, Case.ALLOWED, 10),
            new Case(Bench.PREFLIGHT_EXACT, Case.ALLOWED, 10),
            new Case(Bench.ACTUAL_WILDCARD, Case.ALLOWED, 10),
            new Case(Bench.PREFLIGHT_WILDCARD, Case.REFUSED, 10));
    EngineRun run = new EngineRun(Effort.SMOKE, new GoEngine(go.get()), progress);

    Results results = run.run(cases, List.of(Subject.Name.JUB0BS));

    assertThat(results.figures())
        .hasSameSizeAs(cases)
        .allSatisfy(figure -> assertThat(figure.ns()).isBetween(1.0, 1e9));
  }

  /** In a build of this module alone there is no corsage to start. */
  @Test
  void scale() throws Exception {
    assumeTrue(Files.isDirectory(ColdSubjects.installation()), "NOT RUN: cli is not packaged");
    StoreServer redis = StoreServers.redisOrNull(folder);
    assumeTrue(redis != null, "NOT RUN: there is no redis-server");
    assumeTrue(ServeLoad.isPossible(), "NOT RUN: there is no wrk");
    try (redis) {
      ScaleRun run = new ScaleRun(folder);

      assertThat(List.of(run.lint(3), run.importOrigins(50, redis)))
          .allMatch(task -> task.seconds() > 0 && task.peakMegabytes() > 1);
      assertThat(new ServeLoad(folder, progress).run(1))
          .hasSize(ServeLoad.ROUNDS)
          .allMatch(round -> round.perSecond() > 0 && round.functionMegabytes() > 1);
    }
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

  private static ColdSubject emptyLoop() {
    return new ColdSubject(
        "empty loop",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            EmptyLoop.class.getName()),
        Path.of("."),
        Map.of(),
        1);
  }

  @Test
  void coldStart() throws Exception {
    List<ColdResult> results = new ColdStarts(1, progress).run(List.of(emptyLoop()));

    assertThat(results).singleElement().satisfies(SmokeTest::assertCold);
  }

  private static void assertCold(ColdResult result) {
    assertThat(result.firstMillis()).isPositive();
    assertThat(result.peakMegabytes()).isPositive();
    assertThat(result.warm().mean()).isPositive();
  }

  @Test
  void memorySizes() throws Exception {
    List<SizeResult> results = new MemorySizes(10, progress).unlimited(List.of(emptyLoop()));

    assertThat(results).singleElement().extracting(SizeResult::megabytes).isEqualTo(1769);
  }
}
