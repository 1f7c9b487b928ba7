package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A header of one mebibyte costs a look at it, and no memory that grows with it. */
class HostileHeadersTest {
  private static final int MEBIBYTE = 1 << 20;

  /**
   * What a decision may cost whatever the header: its own objects, nothing of the header's size.
   */
  private static final long BUDGET = 16 * 1024;

  private static final CorsPolicy LIST =
      CorsPolicy.builder()
          .origins("https://app.example.com", "https://*.example.com", "http://localhost:*")
          .requestHeaders("authorization", "x-a")
          .build();
  private static final CorsPolicy ANY =
      CorsPolicy.builder().origins("https://app.example.com").requestHeaders("*").build();

  private static final CorsPolicy REPEATED =
      CorsPolicy.builder()
          .origins("https://app.example.com")
          .requestHeaders("*")
          .credentials(true)
          .build();

  record Row(String name, CorsPolicy policy, HttpRequest request, boolean allowed) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    return List.of(
        preflight("GHSA-mh55-gqvf-xfwm: commas", LIST, ",", true),
        preflight("GHSA-mh55-gqvf-xfwm: commas and *", ANY, ",", true),
        preflight("GHSA-mh55-gqvf-xfwm: commas and names that are repeated", REPEATED, ",", true),
        preflight("too many names that are repeated", REPEATED, "x-y,", false),
        preflight("a long name that is repeated", REPEATED, "x", false),
        preflight("spaces", LIST, " ", true),
        preflight("tabs and commas", LIST, "\t,", true),
        preflight("an allowed name", LIST, "x-a,", true),
        preflight("any name and *", ANY, "x-y,", true),
        preflight("one long name", LIST, "x", false),
        preflight("names that are not allowed", LIST, "x-b,", false),
        new Row(
            "requested method",
            LIST,
            Requests.preflight("https://app.example.com", "P".repeat(MEBIBYTE), ""),
            false),
        new Row(
            "two origins",
            LIST,
            HttpRequest.of(
                "GET", Map.of("Origin", List.of("a".repeat(MEBIBYTE), "https://a.test"))),
            false),
        actual("labels", "https://", "a."),
        actual("one label", "https://", "a"),
        actual("no scheme", "", "a"),
        actual("colons", "https://", ":"),
        actual("brackets", "http://[", "["),
        actual("digits", "http://", "1"),
        actual("port", "http://localhost:", "1"));
  }

  private static Row preflight(String name, CorsPolicy policy, String part, boolean allowed) {
    String line = part.repeat(MEBIBYTE / part.length());
    HttpRequest request = Requests.preflight("https://app.example.com", "GET", line);
    return new Row("requested headers, " + name, policy, request, allowed);
  }

  private static Row actual(String name, String beginning, String part) {
    String origin = beginning + part.repeat(MEBIBYTE / part.length());
    return new Row("origin, " + name, LIST, Requests.actual("GET", origin), false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isDecidedWithoutMemory(Row row) {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // Not the first time: classes are loaded then.
    Decision decision = row.policy.decide(row.request);
    long before = threads.getCurrentThreadAllocatedBytes();
    row.policy.decide(row.request);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(decision.isAllowed()).isEqualTo(row.allowed);
    assertThat(allocated).isLessThan(BUDGET);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isExplainedInBrief(Row row) {
    assertThat(row.policy.decide(row.request).explanation()).hasSizeLessThan(500);
  }

  @Test
  void manyEmptyLinesAreNothing() {
    String[] lines = Collections.nCopies(100_000, "").toArray(String[]::new);
    Decision decision = LIST.decide(Requests.preflight("https://app.example.com", "GET", lines));

    assertThat(decision.isAllowed()).isTrue();
  }
}
