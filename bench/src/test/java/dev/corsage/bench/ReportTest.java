package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.bench.Case.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures as JSON and as a table, and their comparison with the budget. */
class ReportTest {
  private static final Case TEN = new Case(Bench.ACTUAL_EXACT, Case.ALLOWED, 10);
  private static final Case MILLION = new Case(Bench.ACTUAL_EXACT, Case.ALLOWED, 1_000_000);
  private static final Case EXPRESSION = new Case(Bench.ACTUAL_REGEX, Case.ALLOWED, 1);

  private static Results results() {
    Results results = new Results();
    results.add(new Figure(Subject.Name.CORSAGE, TEN, 100, 360));
    results.add(new Figure(Subject.Name.CORSAGE_DECIDE, TEN, 41.26, 0));
    results.add(new Figure(Subject.Name.SPRING, TEN, 800, 2_200));
    results.add(new Figure(Subject.Name.VERTX, TEN, 140, 192));
    results.add(new Figure(Subject.Name.CORSAGE, MILLION, 200, 360));
    results.add(new Figure(Subject.Name.CORSAGE_DECIDE, MILLION, 123.78, 0));
    results.tooSlow(Subject.Name.SPRING, MILLION);
    results.add(new Figure(Subject.Name.CORSAGE, EXPRESSION, 190, 400));
    return results;
  }

  @Test
  void json() {
    assertThat(results().figures().get(1).toJson())
        .isEqualTo(
            "{\"bench\":\"actual-exact\",\"subject\":\"corsage-decide\",\"origins\":10,"
                + "\"kind\":\"allowed\",\"ns\":41.3,\"bytes\":0}");
  }

  @Test
  void table() {
    assertThat(Table.of(results()).lines())
        .containsExactly(
            "actual-exact, allowed                        10 origins          1,000,000 origins",
            "  Corsage                       100 ns    360 B    1.0×    200 ns    360 B    1.0×",
            "  Corsage, decide alone          41 ns      0 B    0.4×    124 ns      0 B    0.6×",
            "  Spring                        800 ns   2.2 kB    8.0×                   too slow",
            "  Vert.x                        140 ns    192 B    1.4×                          -",
            "",
            "actual-regex, allowed                          1 origin",
            "  Corsage                       190 ns    400 B    1.0×",
            "");
  }

  @Test
  void budget() {
    assertThat(Budget.lines(results()))
        .extracting(line -> line.strip().replaceAll(" {2,}", " | "))
        .containsExactly(
            "decision on an actual request, 10 origins | 41.26 | at most 35.0 ns | MISSED",
            "the bytes it allocates | 0.00 | none | kept",
            "1,000,000 origins, times that | 3.00 | at most 2.0 times | MISSED",
            "actual requests, 10 origins, times faster than Vert.x | 1.40 | at least 4.0 times"
                + " | MISSED",
            "anywhere (actual-exact allowed, 10 origins), times faster than Vert.x | 1.40"
                + " | at least 1.0 times | kept");
  }

  @ParameterizedTest
  @CsvSource({"1.04, 1.0×", "99.6, 100×", "1450, '1,450×'", "186939, 187k×"})
  void ratios(double ratio, String expected) {
    assertThat(Units.ratio(ratio)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "41.3,    41 ns",
    "999.4,   999 ns",
    "1440,    1.4 µs",
    "123456,  123 µs",
    "5300000, 5.3 ms",
  })
  void times(double ns, String expected) {
    assertThat(Units.time(ns)).isEqualTo(expected);
  }
}
