package dev.corsage.store;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a service of AWS is reached, from the options {@code region} and {@code endpoint} of a
 * reference, or the environment variables that AWS's own tools read.
 *
 * @param region the region that requests are signed for, such as {@code eu-west-1}; not null
 * @param endpoint scheme, host and port; null for AWS's own endpoint in the region
 */
public record AwsLocation(String region, URI endpoint) {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,6}(-[a-z]+)+-[0-9]{1,2}");

  /**
   * Returns the region that a reference or the environment names: the option {@code region}, {@code
   * AWS_REGION} or {@code AWS_DEFAULT_REGION}. Null if none does.
   */
  public static String region(StoreReference reference, Map<String, String> environment) {
    String option = reference.option("region");
    return option != null ? option : first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
  }

  /**
   * Returns the location of a service.
   *
   * @param region the region, or null if nothing names one
   * @param service the service in <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html">AWS_ENDPOINT_URL_SERVICE</a>,
   *     such as {@code DYNAMODB}; not null
   * @throws IllegalArgumentException if region or endpoint cannot be used; the message says what to
   *     write
   */
  public static AwsLocation of(
      StoreReference reference, String region, Map<String, String> environment, String service) {
    if (region == null) {
      throw reference.malformed(
          "neither it nor AWS_REGION names a region", "one, such as ?region=eu-west-1");
    }
    if (!REGION.matcher(region).matches()) {
      throw reference.malformed(
          "\"" + shown(reference, region) + "\" is not a region", "one such as ?region=eu-west-1");
    }
    URI endpoint = reference.endpoint();
    for (String variable : new String[] {"AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL"}) {
      String url = first(environment, variable);
      if (endpoint == null && url != null) {
        endpoint = endpoint(variable, url);
      }
    }
    return new AwsLocation(region, endpoint);
  }

  private static String shown(StoreReference reference, String region) {
    return reference.option("region") == null ? Secrets.masked(region) : reference.shown(region);
  }

  private static URI endpoint(String variable, String url) {
    try {
      return Endpoints.parse(url);
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          variable
              + " \""
              + Secrets.masked(url)
              + "\" cannot be used: "
              + unusable.getMessage()
              + ". Write https://HOST:PORT, or remove the variable.",
          unusable);
    }
  }

  private static String first(Map<String, String> environment, String... variables) {
    for (String variable : variables) {
      String value = environment.get(variable);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }

  /** Returns the location for messages, such as {@code eu-west-1 at http://127.0.0.1:8000}. */
  @Override
  public String toString() {
    return region + (endpoint == null ? "" : " at " + endpoint);
  }
}
