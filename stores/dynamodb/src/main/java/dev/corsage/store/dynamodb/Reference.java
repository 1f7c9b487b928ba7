package dev.corsage.store.dynamodb;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which list is meant: {@code dynamodb:TABLE[/LIST][?region=REGION&endpoint=URL]}, completed by the
 * variables that AWS's own tools read.
 *
 * @param table the table's name
 * @param list the value of its partition key
 * @param region the region that requests are signed for
 * @param endpoint scheme, host and port alone
 */
record Reference(String table, String list, String region, URI endpoint) {
  static final String SCHEME = "dynamodb";

  private static final String FORM = "dynamodb:TABLE[/LIST][?region=REGION&endpoint=URL]";

  /** As CreateTable takes them. */
  private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

  private static final Pattern LIST = Pattern.compile("[A-Za-z0-9_.:~+-]{1,255}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2,6}(-[a-z]+)+-[0-9]{1,2}");

  /** Names and passwords before a host; none belongs there, and no message repeats them. */
  private static final Pattern USER_INFO = Pattern.compile("//[^/?&]*@");

  static Reference parse(String reference, Map<String, String> environment) {
    if (!reference.startsWith(SCHEME + ":")) {
      throw malformed(reference, "it does not begin with " + SCHEME + ":");
    }
    String rest = reference.substring(SCHEME.length() + 1);
    int question = rest.indexOf('?');
    String path = question < 0 ? rest : rest.substring(0, question);
    Map<String, String> options =
        question < 0 ? Map.of() : options(reference, rest.substring(question + 1));
    int slash = path.indexOf('/');
    String table = slash < 0 ? path : path.substring(0, slash);
    String list = slash < 0 ? "default" : path.substring(slash + 1);
    if (!TABLE.matcher(table).matches()) {
      throw malformed(
          reference,
          "the table's name '" + table + "' is not 3 to 255 letters, digits, '_', '-' and '.'");
    }
    if (!LIST.matcher(list).matches()) {
      throw malformed(
          reference,
          "the list's name '"
              + list
              + "' is not 1 to 255 letters, digits, '_', '-', '.', ':', '~' and '+'");
    }
    String region = region(reference, options.get("region"), environment);
    return new Reference(
        table, list, region, endpoint(reference, options.get("endpoint"), region, environment));
  }

  private static Map<String, String> options(String reference, String query) {
    Map<String, String> options = new HashMap<>();
    for (String option : query.split("&", -1)) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      if (!name.equals("region") && !name.equals("endpoint")) {
        throw malformed(reference, "there is no option '" + name + "', only region and endpoint");
      }
      if (equals < 0 || equals == option.length() - 1) {
        throw malformed(reference, "the option " + name + " has no value");
      }
      if (options.put(name, option.substring(equals + 1)) != null) {
        throw malformed(reference, "the option " + name + " is there twice");
      }
    }
    return options;
  }

  private static String region(String reference, String given, Map<String, String> environment) {
    String region =
        first(given, environment.get("AWS_REGION"), environment.get("AWS_DEFAULT_REGION"));
    if (region == null) {
      region = ProfileFiles.of(environment).get("region");
    }
    if (region == null) {
      throw malformed(
          reference,
          "no region is given. Add ?region=REGION, such as eu-west-1, or set AWS_REGION;"
              + " DynamoDB on this machine needs one too");
    }
    if (!REGION.matcher(region).matches()) {
      throw malformed(reference, "'" + region + "' is no region, such as eu-west-1");
    }
    return region;
  }

  private static URI endpoint(
      String reference, String given, String region, Map<String, String> environment) {
    String url =
        first(
            given,
            environment.get("AWS_ENDPOINT_URL_DYNAMODB"),
            environment.get("AWS_ENDPOINT_URL"));
    if (url == null) {
      return URI.create("https://dynamodb." + region + "." + domain(reference, region));
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw malformed(reference, "the endpoint is no URL");
    }
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    if (!https && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw malformed(reference, "the endpoint begins with neither https:// nor http://");
    }
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
      throw malformed(
          reference,
          "the endpoint is more or less than scheme, host and port: http://127.0.0.1:8000");
    }
    if (!https && !isNear(uri.getHost())) {
      // Whoever is between could add to the list: the responses are not signed.
      throw malformed(
          reference,
          "the endpoint "
              + uri.getHost()
              + " is not on this machine or in its container network, so it needs https://");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost() + port);
  }

  /** The domain of the region's partition, as AWS's list of endpoints has them. */
  private static String domain(String reference, String region) {
    if (region.startsWith("cn-")) {
      return "amazonaws.com.cn";
    }
    if (region.startsWith("eusc-")) {
      return "amazonaws.eu";
    }
    if (region.startsWith("us-iso") || region.startsWith("eu-iso")) {
      throw malformed(reference, "the region " + region + " needs its endpoint, ?endpoint=URL");
    }
    return "amazonaws.com";
  }

  private static boolean isNear(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("[::1]")
        || name.matches("127(\\.[0-9]{1,3}){3}")
        || name.endsWith(".localhost")
        || name.endsWith(".internal")
        || name.matches("[a-z0-9_-]+");
  }

  private static String first(String... values) {
    for (String value : values) {
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }

  private static IllegalArgumentException malformed(String reference, String reason) {
    return new IllegalArgumentException(
        "The allow list '"
            + USER_INFO.matcher(reference).replaceAll("//...@")
            + "' cannot be used: "
            + reason
            + ". It is written "
            + FORM
            + ", such as dynamodb:origins/shop?region=eu-west-1.");
  }

  /** Returns what the {@code Host} header says. */
  String host() {
    return endpoint.getRawAuthority();
  }

  /** Names the table for messages. */
  @Override
  public String toString() {
    return "the table " + table + " in " + region + " (" + host() + ")";
  }
}
