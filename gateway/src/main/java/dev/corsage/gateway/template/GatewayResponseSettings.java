package dev.corsage.gateway.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a REST API puts on a response of its own, a <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">gateway
 * response</a>.
 *
 * @param type such as {@code DEFAULT_4XX}
 * @param status as it is written; empty if it stays what it is
 * @param headers expressions, by the names of headers
 * @param resource the logical id of the resource, and the property of it, that it is written in
 * @param line where
 */
public record GatewayResponseSettings(
    String type, String status, Map<String, Expression> headers, String resource, int line) {
  private static final String REQUEST_HEADER = "method.request.header.";

  /** What the value of a header is made of, and the line where it is written. */
  public record Expression(String text, int line) {
    boolean isLiteral() {
      return text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
    }

    String literal() {
      return isLiteral() ? text.substring(1, text.length() - 1) : "";
    }

    /** Names of headers have a case here, but whoever writes it means the same header. */
    boolean isOrigin() {
      return text.equalsIgnoreCase(REQUEST_HEADER + "origin");
    }

    boolean isMapping() {
      return text.matches("(?:method\\.request|context|stageVariables)\\..+");
    }
  }

  /** Returns the expression of a header, or null. */
  Expression header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the headers for a request.
   *
   * @param requestHeader the value of a header of the request, by its name in exactly this case, or
   *     null
   */
  public Map<String, String> headers(Function<String, String> requestHeader) {
    Map<String, String> all = new LinkedHashMap<>();
    headers.forEach(
        (name, expression) -> {
          String value =
              expression.text().startsWith(REQUEST_HEADER)
                  ? requestHeader.apply(expression.text().substring(REQUEST_HEADER.length()))
                  : expression.isLiteral() ? expression.literal() : null;
          if (value != null) {
            all.put(name, value);
          }
        });
    return all;
  }
}
