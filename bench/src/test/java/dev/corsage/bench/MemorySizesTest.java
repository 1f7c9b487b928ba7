package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of memory sizes: parts of a processor, prices; nothing is timed. */
class MemorySizesTest {

  private static SizeResult result(
      String subject, int megabytes, double coldMillis, Long... nanos) {
    return new SizeResult(subject, megabytes, coldMillis, new Times(List.of(nanos)), 40);
  }

  private static List<SizeResult> results() {
    return List.of(
        result("Corsage, custom runtime, AOT", 128, 900, 300_000L, 19_000_000L),
        result("Corsage, custom runtime, AOT", 1769, 60, 40_000L, 41_000L),
        result("Event classes, managed, JDK 25", 128, 6_000, 900_000L, 1_000_000L));
  }

  @ParameterizedTest
  @CsvSource({"128, 1447", "256, 2894", "512, 5789", "1024, 11577", "1769, 20000"})
  void partOfTwentyMilliseconds(int megabytes, long micros) {
    assertThat(new CpuQuota(megabytes).micros()).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "999999, 1", "1000000, 1", "1000001, 2", "18600000, 19"})
  void everyMillisecondBegunIsBilled(double nanos, double billed) {
    assertThat(Price.billedMillis(nanos)).isEqualTo(billed);
  }

  @ParameterizedTest
  @CsvSource({
    // A million calls of 1 ms at 1 GB are 1,000 gigabyte seconds.
    "X86_64, 1024, 1,    0.0166667",
    "ARM64,  1024, 1,    0.0133334",
    "X86_64,  128, 1,    0.0020833",
    "X86_64,  512, 100,  0.8333350",
  })
  void compute(Price price, int megabytes, double millis, double dollars) {
    assertThat(price.million(megabytes, millis)).isCloseTo(dollars, within(1e-6));
  }

  @Test
  void aResultInFigures() {
    SizeResult result = results().get(0);

    assertThat(result.warm().mean()).isEqualTo(9_650_000);
    assertThat(result.warm().meanBilledMillis()).isEqualTo(10);
    assertThat(result.warmCost(Price.X86_64)).isCloseTo(0.020833, within(1e-6));
    // 0.99 × 10 ms and 0.01 × 900 ms.
    assertThat(result.mixedCost(Price.X86_64)).isCloseTo(0.039375, within(1e-6));
    assertThat(result.line())
        .isEqualTo(
            "   128   7.2%      900 ms    9.7 ms   19.0 ms   19.0 ms   10.00 ms"
                + "     0.221 /   0.217     0.239 /   0.232   40 MB");
    assertThat(result.toJson())
        .startsWith("{\"bench\":\"memory-sizes\",\"subject\":\"Corsage, custom runtime, AOT\",")
        .contains("\"megabytes\":128,\"coldMs\":900.0,\"meanNs\":9650000,", "\"usdX86\":0.2208,")
        .endsWith("\"peakMb\":40.0}");
  }

  @Test
  void moreMemoryThanThereIs() {
    Times warm = new Times(List.of(1L));

    assertThat(new SizeResult("Corsage", 128, 1, warm, 129).line()).endsWith("MORE THAN THE SIZE");
  }

  @Test
  void budget() {
    assertThat(Budget.memorySizes(results()))
        .singleElement()
        .asString()
        .contains("at 128 MB", " 9.65 ", "at most 0.5 ms", "MISSED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0           | 1:cpu:/         | /sys/fs/cgroup/cpu
          cgroup /sys/fs/cgroup/cpu cgroup rw,cpu,cpuacct 0 0   | 4:cpu,cpuacct:/a | /sys/fs/cgroup/cpu/a
          cgroup2 /sys/fs/cgroup cgroup2 rw,relatime 0 0        | 0::/user/b       | /sys/fs/cgroup/user/b
          cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0     | 3:cpuset:/      |
          """)
  void whereProcessorsAreRuled(String mount, String group, String folder) {
    String found =
        CpuGroups.find(List.of(mount), List.of(group))
            .map(groups -> groups.folder().toString())
            .orElse(null);

    assertThat(found).isEqualTo(folder);
  }

  @Test
  void settingsOfBothVersions() {
    CpuQuota quota = new CpuQuota(128);

    assertThat(new CpuGroups(null, 1).settings(quota))
        .isEqualTo(Map.of("cpu.cfs_period_us", "20000", "cpu.cfs_quota_us", "1447"));
    assertThat(new CpuGroups(null, 2).settings(quota))
        .isEqualTo(Collections.singletonMap("cpu.max", "1447 20000"));
  }
}
