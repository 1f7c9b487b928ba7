package dev.corsage.store.documents;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.net.SocketTimeoutException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Says what it means that a document cannot be read, and what to do about it.
 *
 * @param document which one it is, such as {@code The parameter /shop/cors of SSM in eu-west-1}
 * @param permissions what a role must be allowed that reads it
 * @param whereItIs what to do if it is not there
 */
record Failures(String document, String permissions, String whereItIs) {
  /** What a response of AWS may say of it: enough to see who may not do what, and bounded. */
  private static final int MAX_QUOTED = 400;

  private static final int MAX_CODE = 80;

  private static final Set<String> DENIED =
      Set.of("AccessDenied", "AccessDeniedException", "AllAccessDisabled", "UnauthorizedAccess");

  /** By <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3</a>. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  /**
   * What all services say of credentials, in their several spellings (<a
   * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html">common
   * errors</a>).
   */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "NotAuthorized",
          "OptInRequired",
          "RequestExpired",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnrecognizedClientException");

  /** Returns what to throw for what a client threw. */
  StoreException of(RuntimeException failed) {
    if (failed instanceof AwsServiceException response) {
      return of(response);
    }
    if (has(failed, SizeLimit.TooLarge.class)) {
      return of(
          Kind.CORRUPT,
          "has more than 1 MiB",
          "Write a smaller policy document; long lists of origins belong into an allow list.");
    }
    if (has(failed, SocketTimeoutException.class)
        || has(failed, ApiCallTimeoutException.class)
        || has(failed, ApiCallAttemptTimeoutException.class)) {
      return new StoreException(
          Kind.TIMED_OUT, document + " did not come in time. " + reach(), failed);
    }
    if (has(failed, AwsClients.NoCredentials.class)) {
      return new StoreException(
          Kind.ACCESS_DENIED,
          document
              + " cannot be asked for: there are no AWS credentials. Set AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY; a function has those of its role.",
          failed);
    }
    if (String.valueOf(failed.getMessage()).contains("nable to unmarshall")) {
      return new StoreException(
          Kind.CORRUPT,
          document
              + " was asked for, and what came back is no answer of AWS. Is the endpoint"
              + " one, or a proxy in between?",
          failed);
    }
    return new StoreException(
        Kind.UNAVAILABLE,
        document
            + " cannot be reached ("
            + root(failed).getClass().getSimpleName()
            + "). "
            + reach(),
        failed);
  }

  private static String reach() {
    return "From within a VPC it takes a NAT gateway or an endpoint of the service.";
  }

  private StoreException of(AwsServiceException response) {
    String code =
        response.awsErrorDetails() == null ? null : response.awsErrorDetails().errorCode();
    int status = response.statusCode();
    if (code == null) {
      code = "status " + status;
    }
    String said = " (" + Text.printable(code, MAX_CODE) + ")";
    if (CREDENTIALS.contains(code)) {
      // Without a cause: what AWS says of a signature quotes the request with its session token.
      return new StoreException(
          Kind.ACCESS_DENIED,
          document
              + " was not given out: AWS does not accept the credentials"
              + said
              + ". Look at AWS_ACCESS_KEY_ID and its kin, and at the clock.",
          null);
    }
    if (response.isThrottlingException() || status == 429 || code.equals("SlowDown")) {
      return new StoreException(
          Kind.THROTTLED,
          document + " was asked for too often" + said + ". Make CORS_POLICY_REFRESH longer.",
          response);
    }
    if (ELSEWHERE.contains(code) || status == 301 || status == 307) {
      return new StoreException(
          Kind.NOT_FOUND,
          document + " is not in this region" + said + ". Name its region: ?region=...",
          response);
    }
    if (DENIED.contains(code) || status == 401 || status == 403) {
      return new StoreException(
          Kind.ACCESS_DENIED,
          document
              + " was not given out"
              + said
              + ". Allow the role "
              + permissions
              + "."
              + quoted(response),
          response);
    }
    if (status >= 500) {
      return new StoreException(
          Kind.UNAVAILABLE, document + " is out of order" + said + ". Try again later.", response);
    }
    return new StoreException(
        Kind.NOT_FOUND, document + " is not there" + said + ". " + whereItIs, response);
  }

  /** Who may not do what, and which kind of policy is to blame, is only said there. */
  private static String quoted(AwsServiceException response) {
    String message =
        response.awsErrorDetails() == null ? null : response.awsErrorDetails().errorMessage();
    return message == null || message.isBlank()
        ? ""
        : " AWS says: " + Text.printable(message.strip(), MAX_QUOTED);
  }

  /**
   * Returns what to throw for a document that came and is of no use.
   *
   * @param what is the matter with it, a predicate
   * @param fix what to do about it, a sentence
   */
  StoreException of(Kind kind, String what, String fix) {
    return new StoreException(kind, document + " " + what + ". " + fix, null);
  }

  private static boolean has(Throwable failed, Class<? extends Throwable> kind) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
