package dev.corsage.store.dynamodb;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreFailures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;

/**
 * Fetches credentials from the <a
 * href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">container
 * credential provider</a>, which functions with SnapStart have too.
 *
 * @param uri its URL
 * @param token the authorization token, or null
 * @param tokenFile the file that has the authorization token, read for each request; or null
 */
record ContainerCredentials(URI uri, String token, String tokenFile) {
  private static final String FETCHING = "fetching credentials";
  private static final String WAIT = "If that lasts, check AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final int MAX_PORT = 65_535;
  private static final String ECS = "http://169.254.170.2";

  /** The hosts that are asked without TLS: ECS, EKS (IPv4 and IPv6), this machine. */
  private static final Set<String> PLAIN =
      Set.of(
          "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "127.0.0.1", "[::1]");

  /** Returns the provider that the environment names, or null. */
  static ContainerCredentials of(Map<String, String> environment) {
    String relative = environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    String full = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (relative == null && full == null) {
      return null;
    }
    String uri = relative != null ? ECS + relative : full;
    try {
      return new ContainerCredentials(
          URI.create(uri),
          environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
          environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          // Without the cause, which quotes the URL.
          "AWS_CONTAINER_CREDENTIALS_FULL_URI: it is not a URL. The platform sets it; remove yours.");
    }
  }

  Credentials fetch() throws StoreException {
    String host = uri.getHost();
    if (host == null || uri.getPort() > MAX_PORT) {
      throw failure(
          Kind.ACCESS_DENIED,
          "its URL has no host, or no valid port",
          "Check AWS_CONTAINER_CREDENTIALS_FULL_URI");
    }
    if (!"https".equals(uri.getScheme())
        && !("http".equals(uri.getScheme()) && PLAIN.contains(host))) {
      throw failure(
          Kind.ACCESS_DENIED,
          "it is not on this machine, and its URL is not of https",
          "Write https://, or remove the variable");
    }
    Http.Response response;
    try {
      Map<String, String> headers = Map.of();
      String authorization = authorization();
      if (authorization != null) {
        headers = Map.of("Authorization", authorization);
      }
      response = Http.get(uri, headers, Deadline.ofDecision());
    } catch (IOException e) {
      throw failures().ofConnection(FETCHING, e, WAIT);
    }
    if (response.status() != 200) {
      throw failure(
          Kind.ACCESS_DENIED, "the response was status " + response.status(), "Check its role");
    }
    Object json = JsonTree.readOrNull(response.body());
    if (JsonTree.at(json, "AccessKeyId") instanceof String id
        && JsonTree.at(json, "SecretAccessKey") instanceof String secret) {
      String session = JsonTree.at(json, "Token") instanceof String text ? text : null;
      return new Credentials(id, secret, session, expires(JsonTree.at(json, "Expiration")));
    }
    throw failure(
        Kind.UNAVAILABLE,
        "the response has no AccessKeyId and SecretAccessKey",
        "Check AWS_CONTAINER_CREDENTIALS_FULL_URI");
  }

  private String authorization() throws IOException, StoreException {
    String text = tokenFile != null ? Files.readString(Path.of(tokenFile)).strip() : token;
    if (text != null && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0)) {
      throw failure(
          Kind.ACCESS_DENIED, "its authorization token has several lines", "Copy it again");
    }
    return text;
  }

  private static Instant expires(Object time) {
    try {
      return time instanceof String text ? Instant.parse(text) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private StoreException failure(Kind kind, String response, String remedy) {
    return failures().of(kind, FETCHING, response, remedy, null);
  }

  private StoreFailures failures() {
    return new StoreFailures(
        "The provider of AWS credentials at " + server(),
        token,
        uri.toString(),
        uri.getRawUserInfo(),
        uri.getUserInfo());
  }

  /** Returns host and port alone: before them and after them a URL can have a password. */
  private String server() {
    String host = uri.getHost() == null ? "an unknown host" : uri.getHost();
    return host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ContainerCredentials[" + server() + "]";
  }
}
