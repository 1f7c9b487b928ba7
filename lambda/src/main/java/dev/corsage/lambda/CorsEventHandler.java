package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The handler around a handler of event classes; see {@link Cors}. */
final class CorsEventHandler<I, O> implements RequestHandler<I, O> {
  private final CorsFlow flow;
  private final RequestHandler<I, O> handler;
  private final EventType<I, O> type;

  CorsEventHandler(CorsFlow flow, RequestHandler<I, O> handler, EventType<I, O> type) {
    this.flow = flow;
    this.handler = handler;
    this.type = type;
  }

  @Override
  public O handleRequest(I event, Context context) {
    try {
      return flow.handle(new EventExchange(event), context);
    } catch (IOException thrown) {
      // Only where a handler throws it undeclared, as those in other languages than Java can.
      throw new UncheckedIOException(thrown);
    }
  }

  private final class EventExchange implements HandlerExchange<O> {
    private final I event;
    private final TypedRequest<I> request;
    private Map<String, String> decided;
    private Consumer<Collection<String>> dropped;
    private O response;

    EventExchange(I event) {
      this.event = event;
      request = TypedRequest.of(type, event);
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
      if (!request.shape().hasOnlyMultiValueHeaders()) {
        return type.response(own.status(), own.headers(), null, own.body());
      }
      Map<String, List<String>> lists = new LinkedHashMap<>();
      own.headers().forEach((name, value) -> lists.put(name, List.of(value)));
      return type.response(own.status(), null, lists, own.body());
    }

    @Override
    public void begin(Map<String, String> headers, Consumer<Collection<String>> names) {
      decided = headers;
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
        return send(OwnResponse.json(200, decided, "null"));
      }
      int status = type.status(response);
      if (status == 0 && !shape.infersResponses()) {
        throw new MalformedResponseException("The response has no statusCode");
      }
      ResponseHeaders headers = new ResponseHeaders(shape);
      headers.addAll(type.responseHeaders(response), type.responseMultiValueHeaders(response));
      List<String> cookies = type.responseCookies(response);
      if (cookies != null) {
        headers.addCookies(ResponseHeaders.nonNull(cookies));
      }
      headers.complete(decided);
      O copy =
          type.copy(response, status == 0 ? 200 : status, headers.single(), headers.multiple());
      if (headers.dropped().isEmpty()) {
        return copy;
      }
      dropped.accept(headers.dropped());
      return cookies == null ? copy : type.withCookies(copy, headers.cookies());
    }
  }
}
