package dev.corsage.cli.origins;

import dev.corsage.CorsPolicy;
import picocli.CommandLine.Option;

/** What matters of the policies that ask the list: they take no entry they would not build with. */
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

  /** Creates options as a test gives them. */
  PolicyOptions(boolean withoutCredentials, boolean insecureOrigins, boolean publicSuffixes) {
    this.withoutCredentials = withoutCredentials;
    this.insecureOrigins = insecureOrigins;
    this.publicSuffixes = publicSuffixes;
  }

  /** Returns options under which most entries count. */
  static PolicyOptions widest() {
    return new PolicyOptions(true, true, true);
  }

  /** Returns the beginning of such a policy. */
  CorsPolicy.Builder builder() {
    return CorsPolicy.builder()
        .credentials(!withoutCredentials)
        .tolerateInsecureOrigins(insecureOrigins)
        .toleratePublicSuffixes(publicSuffixes);
  }

  boolean hasCredentials() {
    return !withoutCredentials;
  }

  boolean toleratesPublicSuffixes() {
    return publicSuffixes;
  }
}
