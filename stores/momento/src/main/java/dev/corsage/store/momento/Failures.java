package dev.corsage.store.momento;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import io.grpc.Status;
import momento.sdk.exceptions.SdkException;

/** Says what it means when Momento does not answer, or responses with an error. */
final class Failures {
  private static final int MAX_QUOTED = 200;

  private final MomentoReference reference;

  /** What of the key is sent. */
  private volatile String token;

  Failures(MomentoReference reference) {
    this.reference = reference;
    token = reference.key();
  }

  /** Keeps this out of messages too: a server may say it back to us. */
  void hide(String sent) {
    token = sent;
  }

  /** Returns the failure that the client's error stands for. */
  StoreException of(String asked, SdkException e) {
    if (isOfAnotherKind(e)) {
      return failure(
          Kind.CORRUPT,
          asked,
          said(e),
          "Something else than a dictionary is kept under this name: delete it, and add the entries"
              + " again",
          e);
    }
    return switch (e.getErrorCode()) {
      case AUTHENTICATION_ERROR ->
          failure(
              Kind.ACCESS_DENIED,
              asked,
              said(e),
              "Check the API key in the variable " + reference.keyVariable(),
              e);
      case PERMISSION_ERROR ->
          failure(
              Kind.ACCESS_DENIED,
              asked,
              said(e),
              "Give the API key the role readonly on this cache, or readwrite to edit lists",
              e);
      case NOT_FOUND_ERROR ->
          failure(
              Kind.NOT_FOUND,
              asked,
              said(e),
              "Create the cache, or check its name and the region of the API key",
              e);
      case LIMIT_EXCEEDED_ERROR, CLIENT_RESOURCE_EXHAUSTED ->
          failure(
              Kind.THROTTLED,
              asked,
              said(e),
              "Ask Momento to raise the limit, or keep answers for longer",
              e);
      case TIMEOUT_ERROR, CANCELLED_ERROR -> timedOut(asked, e);
      default ->
          failure(
              Kind.UNAVAILABLE,
              asked,
              said(e),
              "See whether the endpoint can be reached, and whether Momento has an incident",
              e);
    };
  }

  /** The client's own code for it is that of any bad request. */
  private static boolean isOfAnotherKind(SdkException e) {
    return Status.fromThrowable(e).getCode() == Status.Code.FAILED_PRECONDITION;
  }

  StoreException timedOut(String asked, Exception e) {
    return failure(
        Kind.TIMED_OUT,
        asked,
        "there was no answer in time",
        "See whether the endpoint can be reached: a function in a VPC needs a way out",
        e);
  }

  /** Returns that the key is none; why would quote it. */
  StoreException badKey(String asked) {
    return failure(
        Kind.ACCESS_DENIED,
        asked,
        "the value of the variable " + reference.keyVariable() + " is no API key",
        "Put the key there as Momento's console shows it",
        null);
  }

  StoreException corrupt(String asked, String field) {
    return failure(
        Kind.CORRUPT,
        asked,
        "the end of " + field + " is no time",
        "Add the entry again, or remove it",
        null);
  }

  StoreException gone(String asked) {
    return failure(
        Kind.NOT_FOUND,
        asked,
        "there is no such list in the cache",
        "Add the entries, again if they were there: Momento keeps a list for 24 hours after its last"
            + " edit, and may drop it earlier",
        null);
  }

  StoreException failure(Kind kind, String asked, String cameBack, String remedy, Throwable e) {
    String message = "Momento, cache \"" + reference.cache() + "\", was asked for " + asked + ": ";
    boolean tells = mentions(e, reference.key()) || mentions(e, token);
    return new StoreException(kind, message + cameBack + ". " + remedy + ".", tells ? null : e);
  }

  private static boolean mentions(Throwable e, String secret) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(secret)) {
        return true;
      }
    }
    return false;
  }

  /** What the server said is in the innermost exception; the outer ones paraphrase it. */
  private String said(SdkException e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String text =
        String.valueOf(innermost.getMessage())
            .replace(reference.key(), "…")
            .replace(token, "…")
            .replaceAll("\\p{Cntrl}", " ");
    String cut = text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    return "it said \"" + cut + "\" (" + e.getErrorCode() + ")";
  }
}
