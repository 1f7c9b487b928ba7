package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.bench.FunctionProcess.Sample;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of the starts of functions. */
class ColdResultTest {
  private static ColdResult result(String name, double... firstMillis) {
    List<Sample> cold =
        Arrays.stream(firstMillis)
            .mapToObj(millis -> new Sample(millis, millis / 2, 40 * 1024, List.of()))
            .toList();
    return new ColdResult(name, 1_000_000, cold, new Times(List.of(30_000L, 35_000L, 90_000L)));
  }

  private final List<ColdResult> results =
      List.of(
          result(ColdSubjects.CUSTOM_RUNTIME, 70, 50, 58),
          result("Event classes", 300, 200),
          result(ColdSubjects.EMPTY_LOOP, 42));

  @Test
  void aLineHasMedians() {
    assertThat(results.get(0).line())
        .isEqualTo(
            "Corsage, one policy, custom runtime, AOT           58 ms (  50-   70)"
                + "      29 ms      40 MB     1.0 MB     35 /    90 µs");
  }

  @Test
  void json() {
    assertThat(results.get(1).toJson("cold-start"))
        .isEqualTo(
            "{\"bench\":\"cold-start\",\"subject\":\"Event classes\",\"starts\":2,\"firstMs\":250.0,"
                + "\"fastestMs\":200.0,\"slowestMs\":300.0,\"cpuMs\":125.0,\"peakMb\":40.0,"
                + "\"archiveBytes\":1000000,\"warmP50Ns\":35000,\"warmP99Ns\":90000}");
  }

  @Test
  void budgetOfTheCustomRuntime() {
    assertThat(Budget.coldStart(results))
        .extracting(line -> line.strip().replaceAll(" {2,}", " | "))
        .containsExactly(
            "cold start, custom runtime, times an empty loop | 1.38 | at most 1.4 times | kept",
            "the memory it takes | 40.00 | at most 48.0 MB | kept");
  }
}
