package dev.corsage.bench;

import java.util.List;

/**
 * The part of a processor that Lambda gives a function for its memory size: in proportion, and at
 * 1,769 MB <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">the
 * equivalent of one vCPU</a>.
 *
 * @param megabytes the memory size of the function
 */
record CpuQuota(int megabytes) {
  static final int SMALLEST = 128;

  /** The sizes that are compared. */
  static final List<Integer> SIZES = List.of(SMALLEST, 256, 512, 1024, 1769);

  /**
   * A function that has used up its part waits for the next period. AWS does not document its
   * length; <a href="https://github.com/pwrdrvr/lambda-throttling">a measurement</a> found 20 ms.
   */
  static final int PERIOD_MICROS = 20_000;

  private static final int ONE_PROCESSOR = 1769;

  double share() {
    return (double) megabytes / ONE_PROCESSOR;
  }

  /** Returns the processor's time in each period, in microseconds. */
  long micros() {
    return Math.round(share() * PERIOD_MICROS);
  }
}
