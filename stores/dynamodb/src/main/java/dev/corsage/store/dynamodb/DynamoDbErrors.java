package dev.corsage.store.dynamodb;

import dev.corsage.store.AwsErrors;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreFailures;
import java.io.IOException;

/** Turns DynamoDB's errors into failures of the store. */
record DynamoDbErrors(StoreFailures failures) {
  /**
   * Returns the errors of one request. An endpoint can repeat what the request was signed with.
   *
   * @param store the store as messages name it
   * @param signature the hexadecimal signature of the request
   */
  static DynamoDbErrors of(String store, Credentials signing, String signature) {
    return new DynamoDbErrors(
        new StoreFailures(store, signing.secretAccessKey(), signing.sessionToken(), signature));
  }

  static boolean isExpired(Object json) {
    return code(json).equals("ExpiredTokenException");
  }

  /**
   * Returns the failure of a request that was refused.
   *
   * @param json the object in the response, or null if there is none
   */
  StoreException refused(String operation, int status, Object json) {
    String code = code(json);
    // Our requests are valid for a table with our keys, so this table has others.
    Kind kind = AwsErrors.kind(code, status);
    Object message = JsonTree.at(json, "message");
    if (message == null) {
      message = JsonTree.at(json, "Message");
    }
    String said = message instanceof String text ? failures.quoted(text) : "";
    return failures.of(
        kind,
        operation,
        "the response was status "
            + status
            + (code.isEmpty() ? "" : ", " + failures.quoted(code))
            + (said.isEmpty() ? "" : ": " + said),
        remedy(operation, kind, code),
        null);
  }

  private static String remedy(String operation, Kind kind, String code) {
    if (kind == Kind.THROTTLED) {
      return "Raise the table's throughput or make it on-demand, and give the policy a longer"
          + " allowedTtlSeconds";
    }
    if (code.equals("InvalidSignatureException")) {
      return "Check the secret access key and the clock of this machine";
    }
    if (kind == Kind.ACCESS_DENIED) {
      return AwsErrors.isOfCredentials(code)
          ? "Check the credentials"
          : "Allow the action dynamodb:" + operation + " on the table";
    }
    if (code.equals("ValidationException")) {
      return "The table needs the partition key 'list' and the sort key 'origin', both strings (S)";
    }
    return kind == Kind.NOT_FOUND
        ? "Check the table's name, the region and the account; or create the table with the"
            + " partition key 'list' and the sort key 'origin', both strings (S)"
        : "If that lasts, check the endpoint";
  }

  StoreException unreachable(String operation, IOException e) {
    return failures.ofConnection(
        operation,
        e,
        "If that lasts, check the endpoint and the network; a function in a VPC needs a gateway"
            + " endpoint for DynamoDB");
  }

  StoreException readInPart(int keys) {
    return failures.of(
        Kind.THROTTLED,
        "BatchGetItem",
        "some of " + keys + " keys were not read",
        remedy("BatchGetItem", Kind.THROTTLED, ""),
        null);
  }

  /** Returns the error code, without what is before the {@code #}. */
  private static String code(Object json) {
    return JsonTree.at(json, "__type") instanceof String type
        ? type.substring(type.indexOf('#') + 1)
        : "";
  }
}
