package dev.corsage.lambda;

import java.util.List;
import java.util.Map;

/**
 * How to read events of one class and make answers of another, for {@link Cors}. Those of {@code
 * aws-lambda-java-events} are in {@link dev.corsage.lambda.events.EventTypes}; for classes of your
 * own, implement it.
 *
 * <p>Of events and responses every part may be missing. Where a method returns null, the event or
 * the response does not have what is asked for. Implementations keep nothing and change no
 * argument.
 *
 * @param <I> the class of events
 * @param <O> the class of responses
 */
public interface EventType<I, O> {

  /** Returns what invokes the function; never null. */
  EventShape shape(I event);

  /** Returns the request method; null if it is no event of this type. */
  String method(I event);

  /** Returns the headers with one value, names in any case. */
  Map<String, String> headers(I event);

  /** Returns the headers with a list of values, names in any case. */
  default Map<String, List<String>> multiValueHeaders(I event) {
    return null;
  }

  /** Returns the path as the event has it, in payload format 2.0 {@code rawPath}. */
  String path(I event);

  /** Returns the version of the payload format that the event says; of REST APIs null. */
  default String version(I event) {
    return null;
  }

  /** Returns the name of the API's stage. */
  default String stage(I event) {
    return null;
  }

  /** Returns the id of the API. */
  default String apiId(I event) {
    return null;
  }

  /** Returns the domain that the event says it was sent to. */
  default String domain(I event) {
    return null;
  }

  /** Returns the id that the API gave the request. */
  default String requestId(I event) {
    return null;
  }

  /** Tells whether it is a WebSocket that is to be opened. */
  default boolean opensWebSocket(I event) {
    return false;
  }

  /** Returns the status of a response, or 0 if it has none. */
  int status(O response);

  /** Returns the headers of a response with one value. */
  Map<String, String> responseHeaders(O response);

  /** Returns the headers of a response with a list of values. */
  Map<String, List<String>> responseMultiValueHeaders(O response);

  /**
   * Returns a new response.
   *
   * @param headers headers with one value; null if only those with lists count
   * @param multiValueHeaders headers with lists of values; may be null
   * @param body text; not null
   */
  O response(
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders,
      String body);

  /**
   * Returns a copy of a response with another status and other headers; see {@link #response} for
   * them.
   */
  O copy(
      O response,
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders);
}
