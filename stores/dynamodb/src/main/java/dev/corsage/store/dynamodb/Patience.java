package dev.corsage.store.dynamodb;

/**
 * How long is waited for DynamoDB, and how often it is asked again.
 *
 * @param totalMillis for all attempts together
 * @param waitMillis for a connection, and then for the response to begin or go on
 * @param attempts how many there are at most
 * @param again so long after the beginning there may still be another attempt
 * @param insists whether throttled requests and those that took too long are repeated too
 */
record Patience(int totalMillis, int waitMillis, int attempts, int again, boolean insists) {
  /** While a request waits for its decision: one failed connection is forgiven. */
  static final Patience DECIDING = new Patience(2_000, 1_000, 2, 500, false);

  /** While a person waits: DynamoDB gets time to provide for more throughput. */
  static final Patience EDITING = new Patience(30_000, 5_000, 10, 30_000, true);

  private static final int FIRST_PAUSE = 50;
  private static final int LONGEST_PAUSE = 2_000;

  Deadline begin() {
    return new Deadline(totalMillis, waitMillis);
  }

  /** Returns for how long to wait after this many failed attempts, before it is spread. */
  static int pauseMillis(int failed) {
    return Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failed - 1, 10));
  }
}
