package dev.corsage.gateway.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a REST API changes one of its <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">gateway
 * responses</a>. Immutable.
 *
 * @param type such as {@code DEFAULT_4XX}
 * @param status as it is written; empty if it does not change
 * @param headers expressions, by the names of headers
 * @param location where it is written
 */
public record GatewayResponseSettings(
    String type, String status, Map<String, Expression> headers, Location location) {
  private static final String REQUEST_HEADER = "method.request.header.";

  /**
   * The value of a header as it is written, and the line.
   *
   * @param isKnown false if only a deployment knows it; then the text is for people alone
   */
  public record Expression(String text, int line, boolean isKnown) {
    /** Creates one that is known. */
    public Expression(String text, int line) {
      this(text, line, true);
    }

    /** Tells whether it is a static value, in single quotes. */
    public boolean isLiteral() {
      return isKnown && text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
    }

    /** Returns the static value; empty if it is not one. */
    public String literal() {
      return isLiteral() ? text.substring(1, text.length() - 1) : "";
    }

    /** Tells whether it is the Origin header; in AWS's mappings the case of its name matters. */
    public boolean isOrigin() {
      return isKnown && text.equalsIgnoreCase(REQUEST_HEADER + "origin");
    }

    /** Tells whether it is taken from the request, the context or a stage variable. */
    public boolean isMapping() {
      return text.matches("(?:method\\.request|context|stageVariables)\\..+");
    }
  }

  /** Returns the expression of a header, or null. */
  public Expression header(String name) {
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
  List<Field> headers(Function<String, String> requestHeader) {
    List<Field> all = new ArrayList<>();
    headers.forEach(
        (name, expression) -> {
          String value =
              expression.isKnown() && expression.text().startsWith(REQUEST_HEADER)
                  ? requestHeader.apply(expression.text().substring(REQUEST_HEADER.length()))
                  : expression.isLiteral() ? expression.literal() : null;
          if (value != null) {
            all.add(new Field(name, value));
          }
        });
    return all;
  }
}
