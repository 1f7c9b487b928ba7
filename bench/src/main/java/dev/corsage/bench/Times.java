package dev.corsage.bench;

import java.util.Collection;

/** The times of many responses, in nanoseconds. */
final class Times {
  private final long[] sorted;

  /**
   * @param nanos at least one
   */
  Times(Collection<Long> nanos) {
    sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  double mean() {
    double sum = 0;
    for (long nanos : sorted) {
      sum += (double) nanos;
    }
    return sum / sorted.length;
  }

  /** Returns the time within which so many of a hundred responses came. */
  long percentile(int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  /** Returns the milliseconds that are billed for a response, on average. */
  double meanBilledMillis() {
    double sum = 0;
    for (long nanos : sorted) {
      sum += Price.billedMillis((double) nanos);
    }
    return sum / sorted.length;
  }
}
