package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decisions that promise to cost no memory. */
class AllocationTest {
  private static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .origins("https://app.example.com", "https://*.example.net", "https://qa-*.example.org")
          .credentials(true)
          .build();

  /** What the benchmark of a server would hand in: nothing is made while it is asked. */
  private record Asked(List<String> origin) implements HttpRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public List<String> header(String name) {
      return name.equals("origin") ? origin : List.of();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://app.example.com", ""})
  void anActualRequestOfAnExactOriginCostsNone(String origin) {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    HttpRequest request = new Asked(origin.isEmpty() ? List.of() : List.of(origin));
    boolean allowed = true;
    for (int i = 0; i < 1_000; i++) {
      allowed &= POLICY.decide(request).isAllowed();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      allowed &= POLICY.decide(request).isAllowed();
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allowed).isTrue();
    // Asking for the bytes costs some itself; a thousand decisions with one object each cost more.
    assertThat(bytes).isLessThan(1_000);
  }
}
