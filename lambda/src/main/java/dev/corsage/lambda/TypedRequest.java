package dev.corsage.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request as an event class tells of it; nothing is read but what is asked for. */
final class TypedRequest<I> implements ProxyRequest {
  private final EventType<I, ?> type;
  private final I event;
  private final EventShape shape;
  private final String method;

  /**
   * Makes it of an event.
   *
   * @throws IllegalArgumentException if the event is not of this type
   */
  TypedRequest(EventType<I, ?> type, I event) {
    this.type = type;
    this.event = event;
    method = event == null ? null : type.method(event);
    if (method == null) {
      throw new IllegalArgumentException(
          "This is no event of the type that the handler is wrapped for: it has no request method."
              + " Payload formats 1.0 and 2.0 have classes of their own.");
    }
    shape = type.shape(event);
  }

  @Override
  public EventShape shape() {
    return shape;
  }

  @Override
  public boolean opensWebSocket() {
    return type.opensWebSocket(event);
  }

  @Override
  public String requestId() {
    return type.requestId(event);
  }

  @Override
  public String method() {
    return method;
  }

  /**
   * {@inheritDoc} All lines are in the multi-value headers, if there are any; else in the others.
   */
  @Override
  public List<String> header(String name) {
    List<String> lines = new ArrayList<>(1);
    Map<String, List<String>> multiValueHeaders = type.multiValueHeaders(event);
    if (multiValueHeaders != null) {
      multiValueHeaders.forEach(
          (key, values) -> {
            if (name.equalsIgnoreCase(key) && values != null) {
              values.stream().filter(value -> value != null).forEach(lines::add);
            }
          });
    }
    Map<String, String> headers = type.headers(event);
    if (lines.isEmpty() && headers != null) {
      headers.forEach(
          (key, value) -> {
            if (name.equalsIgnoreCase(key) && value != null) {
              lines.add(value);
            }
          });
    }
    return lines;
  }

  @Override
  public String stage() {
    return type.stage(event);
  }

  @Override
  public String apiId() {
    return type.apiId(event);
  }

  @Override
  public String domain() {
    return domainOr(type.domain(event));
  }

  @Override
  public String path() {
    String path = type.path(event);
    return switch (shape) {
      case API_GATEWAY_V2 -> fromPayload2(path);
      case API_GATEWAY_V1, API_GATEWAY_V1_MULTI_VALUE -> fromPayload1(path, type.version(event));
      case ALB, ALB_MULTI_VALUE, LATTICE, WEBSOCKET -> path;
    };
  }
}
