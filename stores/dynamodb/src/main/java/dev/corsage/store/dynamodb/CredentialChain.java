package dev.corsage.store.dynamodb;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds credentials: in the environment, where Lambda puts them; from the container, where a
 * function with <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">SnapStart</a> has
 * them; in a profile, for people. The instance metadata of EC2 is not asked: where there is none,
 * that takes seconds.
 *
 * <p>Safe for use by many threads.
 */
final class CredentialChain {
  /** How long before they expire credentials are renewed. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

  private final Map<String, String> environment;
  private final ContainerCredentials container;
  private final Clock clock;
  private volatile Credentials last;

  CredentialChain(Map<String, String> environment, Clock clock) {
    this.environment = environment;
    this.container = ContainerCredentials.of(environment);
    this.clock = clock;
  }

  Credentials get() throws StoreException {
    Credentials kept = last;
    return kept != null && !expiresWithin(kept, AHEAD) ? kept : fetch();
  }

  /** Forgets these credentials, because they were refused as expired. */
  synchronized void forget(Credentials refused) {
    if (refused.equals(last)) {
      last = null;
    }
  }

  private synchronized Credentials fetch() throws StoreException {
    Credentials kept = last;
    if (kept != null && !expiresWithin(kept, AHEAD)) {
      return kept;
    }
    try {
      last = find();
    } catch (StoreException e) {
      if (kept == null || expiresWithin(kept, Duration.ZERO)) {
        throw e;
      }
      // They are valid for some minutes, in which it is tried again.
    }
    return last;
  }

  private boolean expiresWithin(Credentials credentials, Duration time) {
    Instant expires = credentials.expires();
    return expires != null && !clock.instant().plus(time).isBefore(expires);
  }

  private Credentials find() throws StoreException {
    Credentials found =
        of(
            environment.get("AWS_ACCESS_KEY_ID"),
            environment.get("AWS_SECRET_ACCESS_KEY"),
            environment.get("AWS_SESSION_TOKEN"));
    if (found == null && container != null) {
      found = container.fetch();
    }
    if (found == null) {
      Map<String, String> profile = ProfileFiles.of(environment);
      found =
          of(
              profile.get("aws_access_key_id"),
              profile.get("aws_secret_access_key"),
              profile.get("aws_session_token"));
    }
    if (found == null) {
      throw new StoreException(
          Kind.ACCESS_DENIED,
          "There are no AWS credentials for DynamoDB: neither AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY, nor AWS_CONTAINER_CREDENTIALS_FULL_URI, nor keys in the"
              + " profile '"
              + environment.getOrDefault("AWS_PROFILE", "default")
              + "'. With single sign-on or a role, run:"
              + " eval \"$(aws configure export-credentials --format env)\"",
          null);
    }
    if (!isHeader(found.accessKeyId()) || !isHeader(found.sessionToken())) {
      // The client would refuse them too, with a message that repeats them.
      throw new StoreException(
          Kind.ACCESS_DENIED,
          "The access key id or the session token for DynamoDB has line breaks or other characters"
              + " that cannot be sent. Copy them again.",
          null);
    }
    return found;
  }

  private static boolean isHeader(String value) {
    return value == null || VISIBLE.matcher(value).matches();
  }

  private static Credentials of(String id, String secret, String token) {
    if (id == null || id.isBlank() || secret == null || secret.isBlank()) {
      return null;
    }
    return new Credentials(
        id.strip(), secret.strip(), token == null || token.isBlank() ? null : token.strip(), null);
  }
}
