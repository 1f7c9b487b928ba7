package dev.corsage.bench;

import java.util.Locale;

/**
 * One function at one memory size.
 *
 * @param megabytes the size
 * @param coldMillis from the start of the process to its first response, the median
 * @param warm later responses
 * @param peakMegabytes the most memory that was resident
 */
record SizeResult(
    String subject, int megabytes, double coldMillis, Times warm, double peakMegabytes) {
  static final String TITLES =
      String.format(
          "%-6s %6s %11s %9s %9s %9s %10s %19s %19s  %s",
          "  size",
          "CPU",
          "cold start",
          "mean",
          "p50",
          "p99",
          "billed",
          "$/million x86/arm",
          "with 1 % cold",
          "memory");

  private static final double COLD = 0.01;

  boolean isCorsage() {
    return subject.startsWith("Corsage");
  }

  /** Returns the price of the compute for a million warm calls, without that of the calls. */
  double warmCost(Price price) {
    return price.million(megabytes, warm.meanBilledMillis());
  }

  /** Returns the same with a cold start in one of a hundred calls. */
  double mixedCost(Price price) {
    double cold = Price.billedMillis(coldMillis * 1e6);
    return price.million(megabytes, (1 - COLD) * warm.meanBilledMillis() + COLD * cold);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%6d %5.1f%% %8.0f ms %9s %9s %9s %7.2f ms %9.3f / %7.3f %9.3f / %7.3f  %3.0f MB%s",
        megabytes,
        new CpuQuota(megabytes).share() * 100,
        coldMillis,
        Units.time(warm.mean()),
        Units.time((double) warm.percentile(50)),
        Units.time((double) warm.percentile(99)),
        warm.meanBilledMillis(),
        Price.MILLION_REQUESTS + warmCost(Price.X86_64),
        Price.MILLION_REQUESTS + warmCost(Price.ARM64),
        Price.MILLION_REQUESTS + mixedCost(Price.X86_64),
        Price.MILLION_REQUESTS + mixedCost(Price.ARM64),
        peakMegabytes,
        peakMegabytes > megabytes ? ", MORE THAN THE SIZE" : "");
  }

  /** Returns the figures as a JSON object. No name needs escaping. */
  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"memory-sizes\",\"subject\":\"%s\",\"megabytes\":%d,\"coldMs\":%.1f,"
            + "\"meanNs\":%.0f,\"p50Ns\":%d,\"p99Ns\":%d,\"billedMs\":%.3f,\"usdX86\":%.4f,"
            + "\"usdArm64\":%.4f,\"usdX86Cold1\":%.4f,\"usdArm64Cold1\":%.4f,\"peakMb\":%.1f}",
        subject,
        megabytes,
        coldMillis,
        warm.mean(),
        warm.percentile(50),
        warm.percentile(99),
        warm.meanBilledMillis(),
        Price.MILLION_REQUESTS + warmCost(Price.X86_64),
        Price.MILLION_REQUESTS + warmCost(Price.ARM64),
        Price.MILLION_REQUESTS + mixedCost(Price.X86_64),
        Price.MILLION_REQUESTS + mixedCost(Price.ARM64),
        peakMegabytes);
  }
}
