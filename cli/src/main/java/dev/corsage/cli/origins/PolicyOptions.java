package dev.corsage.cli.origins;

import dev.corsage.CorsPolicy;
import picocli.CommandLine.Option;

/** The settings of the policies that use the list which decide what entries are allowed. */
final class PolicyOptions {
  @Option(
      names = "--without-credentials",
      description = "The entries are for policies without credentials.")
  private boolean withoutCredentials;

  @Option(
      names = "--tolerate-insecure-origins",
      description = "They are for policies with tolerateInsecureOrigins.")
  private boolean insecureOrigins;

  @Option(
      names = "--tolerate-public-suffixes",
      description = "They are for policies with toleratePublicSuffixes.")
  private boolean publicSuffixes;

  PolicyOptions() {}

  /** Creates options for a test. */
  PolicyOptions(boolean withoutCredentials, boolean insecureOrigins, boolean publicSuffixes) {
    this.withoutCredentials = withoutCredentials;
    this.insecureOrigins = insecureOrigins;
    this.publicSuffixes = publicSuffixes;
  }

  /** Returns the options with which most entries count. */
  static PolicyOptions widest() {
    return new PolicyOptions(true, true, true);
  }

  /** Returns a builder with these settings. */
  CorsPolicy.Builder builder() {
    return CorsPolicy.builder()
        .credentials(!withoutCredentials)
        .tolerateInsecureOrigins(insecureOrigins)
        .toleratePublicSuffixes(publicSuffixes);
  }

  boolean toleratesPublicSuffixes() {
    return publicSuffixes;
  }
}
