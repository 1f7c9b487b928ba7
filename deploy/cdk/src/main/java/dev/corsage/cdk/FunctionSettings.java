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
 */
public record FunctionSettings(
    CorsagePolicy policy,
    Architecture architecture,
    int logRetentionDays,
    AllowListTable allowList) {

  /** Refuses null where it is not allowed. */
  public FunctionSettings {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(architecture, "architecture");
  }

  /** Returns the settings of a function for {@code arm64}, with a log of 30 days and no table. */
  public static FunctionSettings of(CorsagePolicy policy) {
    return new FunctionSettings(policy, Architecture.ARM_64, 30, null);
  }

  /** Returns these settings with another architecture. */
  public FunctionSettings withArchitecture(Architecture other) {
    return new FunctionSettings(policy, other, logRetentionDays, allowList);
  }

  /** Returns these settings with another retention. */
  public FunctionSettings withLogRetentionDays(int days) {
    return new FunctionSettings(policy, architecture, days, allowList);
  }

  /** Returns these settings with a table; null for none. */
  public FunctionSettings withAllowList(AllowListTable table) {
    return new FunctionSettings(policy, architecture, logRetentionDays, table);
  }
}
