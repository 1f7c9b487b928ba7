package dev.corsage.store.dynamodb;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends signed requests to DynamoDB and returns what it answers, asking again within reason.
 *
 * <p>Safe for use by many threads.
 */
final class Requests {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final String API = "DynamoDB_20120810.";

  private final Reference reference;
  private final CredentialChain credentials;
  private final Clock clock;

  Requests(Reference reference, CredentialChain credentials, Clock clock) {
    this.reference = reference;
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * Returns the object that DynamoDB answers with.
   *
   * @param operation such as {@code BatchGetItem}
   */
  Object send(String operation, byte[] body, Patience patience) throws StoreException {
    return send(operation, body, patience, patience.begin());
  }

  /** The same, for one of several requests that share their time. */
  Object send(String operation, byte[] body, Patience patience, Deadline deadline)
      throws StoreException {
    Deadline again = new Deadline(patience.again(), 0);
    for (int failed = 1; ; failed++) {
      Credentials signing = credentials.get();
      StoreException failure;
      try {
        Http.Response response = attempt(operation, body, signing, deadline);
        Object json = JsonTree.readOrNull(response.body());
        if (response.status() == 200 && json != null) {
          return json;
        }
        failure = Refusals.of(reference, operation, response.status(), json);
        if (Refusals.isExpired(json)) {
          credentials.forget(signing);
        }
        if (!isWorthAnother(failure, patience) && !(Refusals.isExpired(json) && failed == 1)) {
          throw failure;
        }
      } catch (IOException e) {
        failure = unreachable(operation, e);
        if (!isWorthAnother(failure, patience)) {
          throw failure;
        }
      }
      if (failed == patience.attempts() || again.isOver()) {
        throw failure;
      }
      if (patience.insists()) {
        pause(failed, deadline, failure);
      }
    }
  }

  private Http.Response attempt(
      String operation, byte[] body, Credentials signing, Deadline deadline) throws IOException {
    Map<String, String> headers =
        Signature.headers(
            Map.of(
                "host",
                reference.host(),
                "content-type",
                CONTENT_TYPE,
                "x-amz-target",
                API + operation),
            body,
            signing,
            reference.region(),
            "dynamodb",
            clock.instant());
    return Http.post(reference.endpoint(), headers, body, deadline);
  }

  private static boolean isWorthAnother(StoreException failure, Patience patience) {
    return switch (failure.kind()) {
      case UNAVAILABLE -> true;
      case THROTTLED, TIMED_OUT -> patience.insists();
      case ACCESS_DENIED, NOT_FOUND, CORRUPT -> false;
    };
  }

  /**
   * Waits before another attempt, for a random part of a time that doubles.
   *
   * @throws StoreException the failure, if there is no time for that
   */
  static void pause(int failed, Deadline deadline, StoreException failure) throws StoreException {
    int pause = ThreadLocalRandom.current().nextInt(Patience.pauseMillis(failed)) + 1;
    if (pause >= deadline.millisLeft()) {
      throw failure;
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private StoreException unreachable(String operation, IOException e) {
    boolean late = e instanceof SocketTimeoutException;
    return new StoreException(
        late ? Kind.TIMED_OUT : Kind.UNAVAILABLE,
        "DynamoDB, "
            + reference
            + ": "
            + operation
            + (late ? " was not answered in time: " : " could not be sent: ")
            + Refusals.printable(String.valueOf(e.getMessage()))
            + ". If that lasts, check the endpoint and the network;"
            + " a function in a VPC needs a gateway endpoint for DynamoDB.",
        e);
  }
}
