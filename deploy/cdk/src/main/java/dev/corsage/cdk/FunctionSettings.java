package dev.corsage.cdk;

import java.util.Objects;
import software.amazon.awscdk.services.lambda.Architecture;

/**
 * What functions with the same policy have in common. Immutable.
 *
 * @param policy not null
 * @param architecture not null; the managed archives are the same for both
 * @param logRetentionDays after how many days lines of the log are deleted; one of CloudWatch's
 *     choices, such as 30
 * @param allowList a table with more origins; null for none
 * @param reservedConcurrency how many calls may run at once, kept from the account's other
 *     functions; -1 for no limit. <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html">100 of the
 *     account's have to stay for functions without</a>.
 */
public record FunctionSettings(
    CorsagePolicy policy,
    Architecture architecture,
    int logRetentionDays,
    AllowListTable allowList,
    int reservedConcurrency) {

  /** Refuses null where it is not allowed, and a negative concurrency other than -1. */
  public FunctionSettings {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(architecture, "architecture");
    if (reservedConcurrency < -1) {
      throw new IllegalArgumentException(
          "reservedConcurrency "
              + reservedConcurrency
              + ": It is less than 0. Write a number of calls, or -1 for no limit.");
    }
  }

  /**
   * Returns the settings of a function for {@code arm64}, with a log of 30 days, without a table
   * and without a reserved concurrency.
   */
  public static FunctionSettings of(CorsagePolicy policy) {
    return new FunctionSettings(policy, Architecture.ARM_64, 30, null, -1);
  }

  /** Returns these settings with another architecture. */
  public FunctionSettings withArchitecture(Architecture other) {
    return new FunctionSettings(policy, other, logRetentionDays, allowList, reservedConcurrency);
  }

  /** Returns these settings with another retention. */
  public FunctionSettings withLogRetentionDays(int days) {
    return new FunctionSettings(policy, architecture, days, allowList, reservedConcurrency);
  }

  /** Returns these settings with a table; null for none. */
  public FunctionSettings withAllowList(AllowListTable table) {
    return new FunctionSettings(policy, architecture, logRetentionDays, table, reservedConcurrency);
  }

  /** Returns these settings with a reserved concurrency; -1 for none. */
  public FunctionSettings withReservedConcurrency(int calls) {
    return new FunctionSettings(policy, architecture, logRetentionDays, allowList, calls);
  }
}
