package dev.corsage.lambda;

import java.util.List;
import java.util.Map;

/**
 * How {@link Cors} reads events of one class, and reads and makes responses of another. The classes
 * of {@code aws-lambda-java-events} are in {@link dev.corsage.lambda.events.EventTypes}; implement
 * it for classes of your own.
 *
 * <p>Every part of an event or a response may be missing; a method returns null for it.
 * Implementations must be safe for use by many threads, keep nothing of an event, and change no
 * argument.
 *
 * @param <I> the class of events
 * @param <O> the class of responses
 */
public interface EventType<I, O> {

  /** Returns what invokes the function; never null. */
  EventShape shape(I event);

  /** Returns the request method; null if the event is not of this type. */
  String method(I event);

  /** Returns the headers with one value, names in any case. */
  Map<String, String> headers(I event);

  /** Returns the headers with a list of values, names in any case. */
  default Map<String, List<String>> multiValueHeaders(I event) {
    return null;
  }

  /**
   * Returns the path as it is in the event: {@code rawPath} in payload format 2.0, {@code raw_path}
   * (or else {@code path}) of VPC Lattice, {@code path} of the others.
   */
  String path(I event);

  /**
   * Returns the resource that the path was matched with, such as {@code /orders/{id}}: {@code
   * requestContext.resourcePath} of REST APIs and of payload format 1.0.
   */
  default String resourcePath(I event) {
    return null;
  }

  /** Returns the parts of the path that stand for the variables of its resource, by name. */
  default Map<String, String> pathParameters(I event) {
    return null;
  }

  /** Returns the version of the payload format that the event names; null for REST APIs. */
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

  /** Returns the domain that the event names as the one the request was sent to. */
  default String domain(I event) {
    return null;
  }

  /** Returns the id that the API gave the request. */
  default String requestId(I event) {
    return null;
  }

  /** Tells whether the event opens a WebSocket. */
  default boolean opensWebSocket(I event) {
    return false;
  }

  /** Returns the status of a response, or 0 if it has none. */
  int status(O response);

  /** Returns the headers of a response with one value. */
  Map<String, String> responseHeaders(O response);

  /** Returns the headers of a response with a list of values. */
  Map<String, List<String>> responseMultiValueHeaders(O response);

  /** Returns the cookies of a response in payload format 2.0; no other format has them. */
  default List<String> responseCookies(O response) {
    return null;
  }

  /**
   * Returns a response, which is a {@link #copy}, with these cookies. Called only for responses
   * that have {@link #responseCookies}.
   */
  default O withCookies(O response, List<String> cookies) {
    return response;
  }

  /**
   * Returns a new response.
   *
   * @param headers headers with one value; null if the invoker ignores such headers
   * @param multiValueHeaders headers with a list of values; null if there are none
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
