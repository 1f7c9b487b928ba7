package dev.corsage.gateway.template;

import java.util.List;
import java.util.Optional;

/**
 * An API of a template.
 *
 * @param id its logical id; of a function URL that of the function or of the URL
 * @param line where it is written
 * @param cors what AWS answers by itself; null if nothing. Not of REST APIs: theirs are routes
 * @param gatewayResponses those of a REST API
 */
public record TemplateApi(
    String id,
    int line,
    Kind kind,
    String stage,
    BuiltInCors cors,
    RouteTable routes,
    List<GatewayResponseSettings> gatewayResponses) {

  /** Kinds of API. */
  public enum Kind {
    /** An HTTP API (API Gateway version 2). */
    HTTP("HTTP API"),
    /** A REST API (API Gateway version 1). */
    REST("REST API"),
    /** A function URL. */
    FUNCTION_URL("function URL");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    /** Returns how AWS calls it. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns the first gateway response of these types, the special before the general. */
  public Optional<GatewayResponseSettings> gatewayResponse(List<String> types) {
    return types.stream()
        .flatMap(type -> gatewayResponses.stream().filter(one -> one.type().equals(type)))
        .findFirst();
  }
}
