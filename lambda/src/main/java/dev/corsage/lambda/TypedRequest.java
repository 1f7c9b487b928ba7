package dev.corsage.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The request in an object of an event class. */
final class TypedRequest<I> implements ProxyRequest {
  private final EventType<I, ?> type;
  private final I event;
  private final EventShape shape;
  private final String method;

  private TypedRequest(EventType<I, ?> type, I event, String method) {
    this.type = type;
    this.event = event;
    this.method = method;
    shape = type.shape(event);
  }

  /**
   * Returns the request; null if the event is none, such as that of a schedule, which leaves the
   * fields of the class empty.
   *
   * @throws IllegalArgumentException if it is a request of another payload format
   */
  static <I> TypedRequest<I> of(EventType<I, ?> type, I event) {
    String method = event == null ? null : type.method(event);
    if (method != null) {
      return new TypedRequest<>(type, event, method);
    }
    if (event != null && (type.headers(event) != null || type.multiValueHeaders(event) != null)) {
      throw new IllegalArgumentException(
          "The event has headers and no request method, so it is not of the type that the handler"
              + " is wrapped for. Payload formats 1.0 and 2.0 have different event classes.");
    }
    return null;
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

  /** {@inheritDoc} They are in the multi-value headers if any are there; else in the others. */
  @Override
  public List<String> header(String name) {
    List<String> lines = new ArrayList<>(1);
    Map<String, List<String>> multiValueHeaders = type.multiValueHeaders(event);
    if (multiValueHeaders != null) {
      multiValueHeaders.forEach(
          (key, values) -> {
            if (isName(key, name) && values != null) {
              values.stream().filter(value -> value != null).forEach(lines::add);
            }
          });
    }
    Map<String, String> headers = type.headers(event);
    if (lines.isEmpty() && headers != null) {
      headers.forEach(
          (key, value) -> {
            if (isName(key, name) && value != null) {
              lines.add(value);
            }
          });
    }
    return lines;
  }

  /** ASCII letters alone have a case here: {@code equalsIgnoreCase} takes U+017F for an S. */
  private static boolean isName(String key, String lowerCaseName) {
    if (key == null || key.length() != lowerCaseName.length()) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != lowerCaseName.charAt(i)) {
        return false;
      }
    }
    return true;
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
  public String resourcePath() {
    return type.resourcePath(event);
  }

  @Override
  public String pathParameter(String name) {
    Map<String, String> parameters = type.pathParameters(event);
    return parameters == null ? null : parameters.get(name);
  }

  @Override
  public String version() {
    return type.version(event);
  }

  @Override
  public String eventDomain() {
    return type.domain(event);
  }

  @Override
  public String eventPath() {
    return type.path(event);
  }
}
