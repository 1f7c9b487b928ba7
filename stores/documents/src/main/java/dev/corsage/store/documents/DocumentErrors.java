package dev.corsage.store.documents;

import dev.corsage.store.AwsErrors;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreFailures;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Turns the errors of AWS's SDK into failures to read one document. */
final class DocumentErrors {
  private static final String READING = "reading it";
  private static final String REACH =
      "A function in a VPC needs a NAT gateway or an endpoint of the service";

  /** See <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3</a>. */
  private static final Set<String> OTHER_REGION =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  private final StoreFailures failures;
  private final String permissions;
  private final String notFound;

  /**
   * Creates the errors of a document.
   *
   * @param document its name for messages, such as {@code The parameter /shop/cors of SSM}
   * @param permissions what a role that reads it has to be allowed
   * @param notFound what to do if it does not exist
   */
  DocumentErrors(String document, String permissions, String notFound) {
    failures = new StoreFailures(document);
    this.permissions = permissions;
    this.notFound = notFound;
  }

  /** Returns the failure that an exception of the SDK stands for. */
  StoreException of(RuntimeException e) {
    if (e instanceof AwsServiceException response) {
      return of(response);
    }
    if (StoreFailures.has(e, SizeLimit.TooLarge.class)) {
      return corrupt(
          "it has more than 1 MiB",
          "Write a smaller policy document; a long list of origins belongs in an allow list");
    }
    if (StoreFailures.has(e, ApiCallTimeoutException.class)
        || StoreFailures.has(e, ApiCallAttemptTimeoutException.class)) {
      return failures.of(Kind.TIMED_OUT, READING, "no response came in time", REACH, e);
    }
    if (StoreFailures.has(e, AwsClients.NoCredentials.class)) {
      return failures.of(
          Kind.ACCESS_DENIED,
          READING,
          "there are no AWS credentials",
          "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a function has those of its role",
          e);
    }
    // The SDK has no type of its own for it, and spells it so.
    if (String.valueOf(e.getMessage()).contains("nable to unmarshall")) {
      return failures.of(
          Kind.CORRUPT,
          READING,
          "the response is not one of AWS",
          "Check the endpoint, and whether there is a proxy in between",
          e);
    }
    return failures.ofConnection(READING, e, REACH);
  }

  private StoreException of(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    int status = e.statusCode();
    Kind kind = e.isThrottlingException() ? Kind.THROTTLED : AwsErrors.kind(code, status);
    String response =
        "the response was status " + status + (code.isEmpty() ? "" : ", " + failures.quoted(code));
    if (AwsErrors.isOfCredentials(code)) {
      // Without a cause: AWS quotes the request with its session token.
      return failures.of(
          kind,
          READING,
          response,
          "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and the clock",
          null);
    }
    boolean redirected = OTHER_REGION.contains(code) || status == 301 || status == 307;
    return switch (redirected ? Kind.NOT_FOUND : kind) {
      case THROTTLED -> failures.of(kind, READING, response, "Make CORS_POLICY_REFRESH longer", e);
      case ACCESS_DENIED ->
          failures.of(kind, READING, response + said(details), "Allow the role " + permissions, e);
      case NOT_FOUND ->
          failures.of(
              Kind.NOT_FOUND,
              READING,
              response,
              redirected ? "It is in another region: name it with ?region=REGION" : notFound,
              e);
      default -> failures.of(kind, READING, response, "Try again later", e);
    };
  }

  /** Returns AWS's message: only it names the role, the action and the policy that denies it. */
  private String said(AwsErrorDetails details) {
    String message = details == null ? "" : failures.quoted(details.errorMessage());
    return message.isEmpty() ? "" : ": " + message;
  }

  /**
   * Returns the failure of a document that was read and cannot be used.
   *
   * @param what what is wrong with it, a clause
   * @param remedy what to do, a sentence without full stop
   */
  StoreException corrupt(String what, String remedy) {
    return failures.of(Kind.CORRUPT, READING, what, remedy, null);
  }

  StoreException notDeployed() {
    return failures.of(
        Kind.NOT_FOUND,
        READING,
        "it is empty, or nothing is deployed yet",
        "Deploy a policy document",
        null);
  }
}
