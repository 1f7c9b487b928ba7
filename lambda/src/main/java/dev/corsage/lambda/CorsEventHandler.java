package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.corsage.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.function.Consumer;

/** The handler around a handler of event classes; see {@link Cors}. */
record CorsEventHandler<I, O>(CorsFlow flow, RequestHandler<I, O> handler, EventType<I, O> type)
    implements RequestHandler<I, O> {
  @Override
  public O handleRequest(I event, Context context) {
    try {
      return flow.handle(new EventExchange(event), context);
    } catch (IOException thrown) {
      // Only where a handler throws it undeclared, as those in other languages than Java can.
      throw new UncheckedIOException(thrown);
    }
  }

  /** The fields of other events, such as that of a schedule, are empty in such a class. */
  private static boolean hasHeaders(EventRequest read) {
    return read.headers() != null || read.multiValueHeaders() != null;
  }

  private final class EventExchange implements HandlerExchange<O> {
    private final I event;
    private final EventRequest request;
    private Decision decided;
    private Consumer<Collection<String>> dropped;
    private O response;

    EventExchange(I event) {
      this.event = event;
      EventRequest read = event == null ? null : type.request(event);
      request = read == null || read.method() == null ? null : read;
      if (request == null && read != null && hasHeaders(read)) {
        throw new IllegalArgumentException(
            "The event has headers and no request method, so it is not of the type that the handler"
                + " is wrapped for. Payload formats 1.0 and 2.0 have different event classes.");
      }
    }

    @Override
    public ProxyRequest request() {
      return request;
    }

    @Override
    public O pass(Context context) {
      return handler.handleRequest(event, context);
    }

    @Override
    public O send(OwnResponse own) {
      return type.response(
          request.shape().hasOnlyMultiValueHeaders()
              ? new EventResponse(own.status(), null, own.multiValueHeaders(), null)
              : new EventResponse(own.status(), own.headers(), null, null),
          own.body());
    }

    @Override
    public void begin(Decision decision, Consumer<Collection<String>> names) {
      decided = decision;
      dropped = names;
    }

    @Override
    public void call(Context context) {
      response = handler.handleRequest(event, context);
    }

    @Override
    public boolean giveUp() {
      return true;
    }

    @Override
    public O finish() throws MalformedResponseException {
      EventShape shape = request.shape();
      if (response == null) {
        if (!shape.infersResponses()) {
          throw new MalformedResponseException("The response is null");
        }
        // What API Gateway makes of it.
        return send(OwnResponse.json(200, decided.headers(), "null"));
      }
      EventResponse parts = type.read(response);
      if (parts.status() == 0 && !shape.infersResponses()) {
        throw new MalformedResponseException("The response has no statusCode");
      }
      ResponseHeaders headers = new ResponseHeaders(shape, decided);
      headers.addAll(parts.headers(), parts.multiValueHeaders());
      if (parts.cookies() != null) {
        headers.addCookies(ResponseHeaders.nonNull(parts.cookies()));
      }
      headers.complete();
      if (!headers.dropped().isEmpty()) {
        dropped.accept(headers.dropped());
      }
      return type.copy(
          response,
          new EventResponse(
              parts.status() == 0 ? 200 : parts.status(),
              headers.single(),
              headers.multiple(),
              parts.cookies() == null ? null : headers.cookies()));
    }
  }
}
