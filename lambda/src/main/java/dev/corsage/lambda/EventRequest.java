package dev.corsage.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The request in an object of an event class. What the event does not have is null.
 *
 * @param shape what invokes the function; not null
 * @param method the request method; null if the event is not of its type
 * @param headers the headers with one value, names in any case
 * @param multiValueHeaders the headers with a list of values, names in any case
 * @param eventPath the path as it is in the event: {@code rawPath} in payload format 2.0, {@code
 *     raw_path} (or else {@code path}) of VPC Lattice, {@code path} of the others
 * @param version the version of the payload format that the event names; null for REST APIs
 * @param resourcePath the resource that the path was matched with, such as {@code /orders/{id}}:
 *     {@code requestContext.resourcePath} of REST APIs and of payload format 1.0
 * @param pathParameters the parts of the path that stand for the variables of its resource, by name
 * @param stage the name of the API's stage
 * @param apiId the id of the API
 * @param eventDomain the domain that the event names as the one the request was sent to
 * @param requestId the id that the API gave the request
 * @param opensWebSocket whether the event opens a WebSocket
 */
public record EventRequest(
    EventShape shape,
    String method,
    Map<String, String> headers,
    Map<String, List<String>> multiValueHeaders,
    String eventPath,
    String version,
    String resourcePath,
    Map<String, String> pathParameters,
    String stage,
    String apiId,
    String eventDomain,
    String requestId,
    boolean opensWebSocket)
    implements ProxyRequest {

  /** Creates a request of an invoker that is not an API, such as a load balancer. */
  public EventRequest(
      EventShape shape,
      String method,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders,
      String eventPath) {
    this(
        shape,
        method,
        headers,
        multiValueHeaders,
        eventPath,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        false);
  }

  /** {@inheritDoc} They are in the multi-value headers if any are there; else in the others. */
  @Override
  public List<String> header(String name) {
    List<String> lines = new ArrayList<>(1);
    if (multiValueHeaders != null) {
      multiValueHeaders.forEach(
          (key, values) -> {
            if (isName(key, name) && values != null) {
              values.stream().filter(value -> value != null).forEach(lines::add);
            }
          });
    }
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
  public String pathParameter(String name) {
    return pathParameters == null ? null : pathParameters.get(name);
  }
}
