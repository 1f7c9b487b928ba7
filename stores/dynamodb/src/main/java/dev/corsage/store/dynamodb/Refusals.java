package dev.corsage.store.dynamodb;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;

/**
 * What DynamoDB's <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">errors</a>
 * mean to whoever has to act.
 */
final class Refusals {
  private static final int MAX_MESSAGE = 300;
  private static final int TOO_MANY_REQUESTS = 429;

  private Refusals() {}

  static boolean isExpired(Object json) {
    return type(json).equals("ExpiredTokenException");
  }

  /**
   * Returns what a response without a result means.
   *
   * @param json the response's object, or null if it was none
   */
  static StoreException of(Reference reference, String operation, int status, Object json) {
    String type = type(json);
    Kind kind = kind(type, status);
    String message =
        "DynamoDB, "
            + reference
            + ": "
            + operation
            + " was refused with status "
            + status
            + (type.isEmpty() ? "" : ", " + type)
            + text(json)
            + remedy(reference, operation, kind, type);
    return new StoreException(kind, message, null);
  }

  private static Kind kind(String type, int status) {
    switch (type) {
      case "ProvisionedThroughputExceededException",
          "ThrottlingException",
          "RequestLimitExceeded",
          "LimitExceededException" -> {
        return Kind.THROTTLED;
      }
      case "AccessDeniedException",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "IncompleteSignatureException",
          "MissingAuthenticationTokenException",
          "MissingAuthenticationToken",
          "InvalidClientTokenId",
          "ExpiredTokenException",
          "OptInRequired" -> {
        return Kind.ACCESS_DENIED;
      }
      case "ResourceNotFoundException", "ValidationException" -> {
        // What we send is valid for a table with our keys: this table has others.
        return Kind.NOT_FOUND;
      }
      default -> {
        if (status == TOO_MANY_REQUESTS) {
          return Kind.THROTTLED;
        }
        boolean denied = (status == 401 || status == 403) && !type.isEmpty();
        return denied ? Kind.ACCESS_DENIED : Kind.UNAVAILABLE;
      }
    }
  }

  private static String remedy(Reference reference, String operation, Kind kind, String type) {
    return switch (kind) {
      case THROTTLED ->
          " Raise the table's throughput or make it on-demand, and let the policy keep answers"
              + " longer.";
      case ACCESS_DENIED ->
          switch (type) {
            case "AccessDeniedException" ->
                " Allow the action dynamodb:" + operation + " on the table.";
            case "InvalidSignatureException" ->
                " Check the secret access key and this machine's clock.";
            default -> " Check the credentials.";
          };
      case NOT_FOUND ->
          type.equals("ValidationException")
              ? " The table needs the partition key 'list' and the sort key 'origin', both strings"
                  + " (S)."
              : " Check the table's name, the region and the account; or create the table with the"
                  + " partition key 'list' and the sort key 'origin', both strings (S).";
      default -> " If that lasts, check the endpoint " + reference.endpoint() + ".";
    };
  }

  /** The part behind the '#': what is before it varies with the service's version. */
  private static String type(Object json) {
    if (!(JsonTree.at(json, "__type") instanceof String type)) {
      return "";
    }
    return printable(type.substring(type.indexOf('#') + 1));
  }

  private static String text(Object json) {
    Object message = JsonTree.at(json, "message");
    if (message == null) {
      message = JsonTree.at(json, "Message");
    }
    return message instanceof String text && !text.isBlank() ? ": " + sentence(text) : ".";
  }

  private static String sentence(String text) {
    String line = printable(text);
    return line.endsWith(".") ? line : line + ".";
  }

  /**
   * Returns the first line, for one line of a log. The lines below it are left out for another
   * reason too: where a signature is wrong, they repeat the headers, and so the session token.
   */
  static String printable(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    String cut = line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "..." : line;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
