package dev.corsage.bench;

/**
 * Lambda's list prices for us-east-1, the first tier, without the free one (<a
 * href="https://aws.amazon.com/lambda/pricing/">AWS Lambda pricing</a>, as quoted on 2026-11-21).
 * Every started millisecond is billed, and since August 2025 <a
 * href="https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/">the
 * init phase of all functions</a>.
 */
enum Price {
  X86_64("x86_64", 0.0000166667),
  ARM64("arm64", 0.0000133334);

  static final double MILLION_REQUESTS = 0.20;

  private static final double MILLION = 1e6;
  private static final double NANOS = 1e6;
  private static final double MEGABYTES = 1024;
  private static final double MILLIS = 1e3;

  final String title;
  private final double gigabyteSecond;

  Price(String title, double gigabyteSecond) {
    this.title = title;
    this.gigabyteSecond = gigabyteSecond;
  }

  /** Returns the milliseconds that are billed: the started ones. */
  static double billedMillis(double nanos) {
    return Math.max(1, Math.ceil(nanos / NANOS));
  }

  /**
   * Returns the price of the processor and the memory for a million calls, in US dollars.
   *
   * @param billedMillis for each, on average
   */
  double million(int megabytes, double billedMillis) {
    return MILLION * billedMillis / MILLIS * (megabytes / MEGABYTES) * gigabyteSecond;
  }
}
