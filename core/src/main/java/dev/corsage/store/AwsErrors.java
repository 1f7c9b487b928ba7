package dev.corsage.store;

import dev.corsage.store.StoreException.Kind;
import java.util.Set;

/**
 * What the error codes of AWS's services mean, in their several spellings: <a
 * href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html">common
 * errors</a>, those of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3</a> and of <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">DynamoDB</a>.
 */
public final class AwsErrors {
  private static final int TOO_MANY_REQUESTS = 429;

  private static final Set<String> THROTTLED =
      Set.of(
          "LimitExceededException",
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "TooManyRequestsException");

  private static final Set<String> DENIED =
      Set.of("AccessDenied", "AccessDeniedException", "AllAccessDisabled", "UnauthorizedAccess");

  private static final Set<String> CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "RequestExpired",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnrecognizedClientException");

  private AwsErrors() {}

  /** Tells whether AWS did not accept the credentials, rather than refuse what they ask for. */
  public static boolean isOfCredentials(String code) {
    return CREDENTIALS.contains(code);
  }

  /**
   * Returns what a response with an error means. One without a code is not AWS's, but a proxy's.
   *
   * @param code the error code, without what is before a {@code #}; empty if there is none
   * @param status the HTTP status
   */
  public static Kind kind(String code, int status) {
    if (THROTTLED.contains(code) || status == TOO_MANY_REQUESTS) {
      return Kind.THROTTLED;
    }
    if (CREDENTIALS.contains(code) || DENIED.contains(code)) {
      return Kind.ACCESS_DENIED;
    }
    if (code.isEmpty() || status < 300 || status >= 500) {
      return Kind.UNAVAILABLE;
    }
    return status == 401 || status == 403 ? Kind.ACCESS_DENIED : Kind.NOT_FOUND;
  }
}
