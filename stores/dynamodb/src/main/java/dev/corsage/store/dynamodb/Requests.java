package dev.corsage.store.dynamodb;

import dev.corsage.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/**
 * Sends signed requests to DynamoDB.
 *
 * <p>Safe for use by many threads.
 *
 * @param store the store as messages name it
 */
record Requests(DynamoDbTarget target, String store, CredentialChain credentials, Clock clock) {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final String API = "DynamoDB_20120810.";

  /**
   * Returns the object in the response. Credentials that are refused as expired are fetched again
   * once.
   *
   * @param operation such as {@code BatchGetItem}
   */
  Object send(String operation, byte[] body, Deadline deadline) throws StoreException {
    boolean renewed = false;
    while (true) {
      Credentials signing = credentials.get();
      Map<String, String> headers = signed(operation, body, signing);
      DynamoDbErrors errors = DynamoDbErrors.of(store, signing, Signature.in(headers));
      Http.Response response;
      try {
        response = Http.post(target.endpoint(), headers, body, deadline);
      } catch (IOException e) {
        throw errors.unreachable(operation, e);
      }
      Object json = JsonTree.readOrNull(response.body());
      if (response.status() == 200 && json != null) {
        return json;
      }
      boolean expired = DynamoDbErrors.isExpired(json);
      if (expired) {
        credentials.forget(signing);
      }
      if (!expired || renewed) {
        throw errors.refused(operation, response.status(), json);
      }
      renewed = true;
    }
  }

  private Map<String, String> signed(String operation, byte[] body, Credentials signing) {
    return Signature.headers(
        Map.of(
            "host", target.host(), "content-type", CONTENT_TYPE, "x-amz-target", API + operation),
        body,
        signing,
        target.region(),
        "dynamodb",
        clock.instant());
  }
}
