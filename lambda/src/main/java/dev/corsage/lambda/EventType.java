package dev.corsage.lambda;

/**
 * How {@link Cors} reads events of one class, and reads and makes responses of another. The classes
 * of {@code aws-lambda-java-events} are in {@link dev.corsage.lambda.events.EventTypes}; implement
 * it for classes of your own.
 *
 * <p>Implementations must be safe for use by many threads, keep nothing of an event, and change no
 * argument.
 *
 * @param <I> the class of events
 * @param <O> the class of responses
 */
public interface EventType<I, O> {

  /** Returns the request in an event. */
  EventRequest request(I event);

  /** Returns what CORS is concerned with in a response. */
  EventResponse read(O response);

  /**
   * Returns a new response.
   *
   * @param parts its status and its headers, without cookies
   * @param body text; not null
   */
  O response(EventResponse parts, String body);

  /** Returns a copy of a response in which these parts are other ones. */
  O copy(O response, EventResponse parts);
}
