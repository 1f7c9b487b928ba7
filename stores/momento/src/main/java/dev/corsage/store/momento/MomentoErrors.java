package dev.corsage.store.momento;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreFailures;
import io.grpc.Status;
import momento.sdk.exceptions.SdkException;

/** Turns the errors of Momento's client into failures of the store. */
record MomentoErrors(StoreFailures failures, String keyVariable) {
  private static final String REACH =
      "Check that the endpoint can be reached: a function in a VPC needs a way out; and whether"
          + " Momento has an incident";

  /** Returns the failure that an error of the client stands for. */
  StoreException of(String asked, SdkException e) {
    Kind kind = kind(e);
    return failures.of(
        kind,
        asked,
        kind == Kind.TIMED_OUT ? "no response came in time" : said(e),
        remedy(kind, e),
        e);
  }

  private static Kind kind(SdkException e) {
    // The client's own code for a key of another type is that of any bad request.
    if (Status.fromThrowable(e).getCode() == Status.Code.FAILED_PRECONDITION) {
      return Kind.CORRUPT;
    }
    return switch (e.getErrorCode()) {
      case AUTHENTICATION_ERROR, PERMISSION_ERROR -> Kind.ACCESS_DENIED;
      case NOT_FOUND_ERROR -> Kind.NOT_FOUND;
      case LIMIT_EXCEEDED_ERROR, CLIENT_RESOURCE_EXHAUSTED -> Kind.THROTTLED;
      case TIMEOUT_ERROR, CANCELLED_ERROR -> Kind.TIMED_OUT;
      default -> Kind.UNAVAILABLE;
    };
  }

  private String remedy(Kind kind, SdkException e) {
    return switch (kind) {
      case CORRUPT ->
          "The name belongs to something other than a dictionary: delete it, and add the entries"
              + " again";
      case ACCESS_DENIED ->
          switch (e.getErrorCode()) {
            case AUTHENTICATION_ERROR -> "Check the API key in the variable " + keyVariable;
            default ->
                "Give the API key the role readonly on this cache, or readwrite to edit lists";
          };
      case NOT_FOUND -> "Create the cache, or check its name and the region of the API key";
      case THROTTLED ->
          "Ask Momento to raise the limit, or give the policy a longer allowedTtlSeconds";
      default -> REACH;
    };
  }

  /** Returns what the server said: the innermost exception has it, the others paraphrase it. */
  private String said(SdkException e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return "the server responded \""
        + failures.quoted(innermost.getMessage())
        + "\" ("
        + e.getErrorCode()
        + ")";
  }

  StoreException timedOut(String asked, Exception e) {
    return failures.of(Kind.TIMED_OUT, asked, "no response came in time", REACH, e);
  }

  StoreException interrupted(String asked, Exception e) {
    return failures.of(Kind.UNAVAILABLE, asked, "the wait was interrupted", "Try again", e);
  }

  StoreException clientFailed(String asked, Throwable e) {
    return failures.of(Kind.UNAVAILABLE, asked, "the client failed", "Try again", e);
  }

  /** Returns the failure of a key that the client cannot read. Its exception quotes the key. */
  StoreException badKey(String asked) {
    return failures.of(
        Kind.ACCESS_DENIED,
        asked,
        "the value of the variable " + keyVariable + " is not an API key",
        "Copy the key again from Momento's console",
        null);
  }

  StoreException noSuchList(String asked) {
    return failures.of(
        Kind.NOT_FOUND,
        asked,
        "the cache has no such list",
        "Add the entries, again if they were there: Momento keeps a list for 24 hours after its last"
            + " edit, and can evict it earlier",
        null);
  }
}
