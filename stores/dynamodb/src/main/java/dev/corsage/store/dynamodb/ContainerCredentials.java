package dev.corsage.store.dynamodb;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;

/**
 * Asks the <a
 * href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">provider
 * of credentials beside a container</a>, which functions with SnapStart have too.
 *
 * @param uri where it is
 * @param token what it wants to see, or null
 * @param tokenFile where to read what it wants to see, each time anew, or null
 */
record ContainerCredentials(URI uri, String token, String tokenFile) {
  private static final String ECS = "http://169.254.170.2";

  /** Where it may be asked without encryption: ECS, EKS (both protocols), this machine. */
  private static final Set<String> PLAIN =
      Set.of(
          "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "127.0.0.1", "[::1]");

  /** Returns the provider that the variables name, or null. */
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
          "AWS_CONTAINER_CREDENTIALS_FULL_URI: it is no URL; the platform sets it, remove yours.",
          e);
    }
  }

  Credentials fetch() throws StoreException {
    String host = String.valueOf(uri.getHost());
    if (!"https".equals(uri.getScheme())
        && !("http".equals(uri.getScheme()) && PLAIN.contains(host))) {
      throw failure(
          Kind.ACCESS_DENIED, "is asked by https only, unless it is on this machine", null);
    }
    Http.Response response;
    try {
      Map<String, String> headers = Map.of();
      String authorization = authorization();
      if (authorization != null) {
        headers = Map.of("Authorization", authorization);
      }
      response = Http.get(uri, headers, Patience.DECIDING.begin());
    } catch (IOException e) {
      throw failure(Kind.UNAVAILABLE, "did not answer: " + e.getClass().getSimpleName(), e);
    }
    if (response.status() != 200) {
      throw failure(Kind.ACCESS_DENIED, "answered with status " + response.status(), null);
    }
    Object json = JsonTree.readOrNull(response.body());
    if (JsonTree.at(json, "AccessKeyId") instanceof String id
        && JsonTree.at(json, "SecretAccessKey") instanceof String secret) {
      String session = JsonTree.at(json, "Token") instanceof String text ? text : null;
      return new Credentials(id, secret, session, expires(JsonTree.at(json, "Expiration")));
    }
    throw failure(Kind.UNAVAILABLE, "answered without AccessKeyId and SecretAccessKey", null);
  }

  private String authorization() throws IOException, StoreException {
    String text = tokenFile != null ? Files.readString(Path.of(tokenFile)).strip() : token;
    if (text != null && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0)) {
      throw failure(Kind.ACCESS_DENIED, "cannot be asked: its authorization token has lines", null);
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

  private StoreException failure(Kind kind, String what, Throwable cause) {
    return new StoreException(
        kind, "The provider of AWS credentials at " + uri.getAuthority() + " " + what + ".", cause);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ContainerCredentials[" + uri.getAuthority() + "]";
  }
}
