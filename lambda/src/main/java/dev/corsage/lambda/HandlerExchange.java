package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.corsage.Decision;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * One request and its response, at an entry point: bytes or event classes. {@link CorsFlow} decides
 * what happens; an exchange reads and writes the form in which the entry point has it.
 *
 * @param <R> what the entry point returns
 */
interface HandlerExchange<R> {

  /** Returns the request; null if the event is none, and is only {@linkplain #pass passed} on. */
  ProxyRequest request();

  /** Lets the handler respond; the response is sent as it is. */
  R pass(Context context) throws IOException;

  /** Sends a response of Corsage's own. */
  R send(OwnResponse response) throws IOException;

  /**
   * Begins a response of the handler that is to have the headers of a decision.
   *
   * @param dropped takes the names of headers of the handler that are dropped because they are not
   *     valid HTTP, if there are any; perhaps on another thread
   */
  void begin(Decision decision, Consumer<Collection<String>> dropped);

  /** Calls the handler; perhaps on another thread than the other methods are called on. */
  void call(Context context) throws IOException;

  /**
   * Drops the handler's response, so that another can be sent; returns false, and changes nothing,
   * if a part of the response is sent already.
   */
  boolean giveUp();

  /**
   * Sends the handler's response with the headers.
   *
   * @throws MalformedResponseException if the invoker would not accept it; nothing is sent then
   */
  R finish() throws IOException, MalformedResponseException;
}
