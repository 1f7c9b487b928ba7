package dev.corsage.gateway.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API. Immutable.
 *
 * @param id its logical id in the template; of a function URL that of the function or of the URL
 * @param stage the stage that requests are sent to
 * @param cors the CORS configuration by which AWS itself responds; null if there is none. Not of
 *     REST APIs: theirs are routes
 * @param gatewayResponses those of a REST API
 * @param location where it is written
 * @param stageVariables the variables of the stage, by their names
 * @param partial whether it has a document that is not here: it may have routes that are not known
 */
public record Api(
    String id,
    Kind kind,
    String stage,
    BuiltInCors cors,
    RouteTable routes,
    List<GatewayResponseSettings> gatewayResponses,
    Location location,
    Map<String, String> stageVariables,
    boolean partial) {
  /** The stage of APIs that name none. */
  public static final String DEFAULT_STAGE = "$default";

  /** Kinds of API. */
  public enum Kind {
    /** An HTTP API (API Gateway version 2). */
    HTTP("HTTP API"),
    /** A REST API (API Gateway version 1). */
    REST("REST API"),
    /** A function URL. */
    FUNCTION_URL("function URL"),
    /** An Application Load Balancer. */
    LOAD_BALANCER("load balancer");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    /** Returns AWS's name for it. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Creates an API. */
  public Api {
    stageVariables = Map.copyOf(stageVariables);
  }

  /** Creates an API without stage variables, all of which is known. */
  public Api(
      String id,
      Kind kind,
      String stage,
      BuiltInCors cors,
      RouteTable routes,
      List<GatewayResponseSettings> gatewayResponses,
      Location location) {
    this(id, kind, stage, cors, routes, gatewayResponses, location, Map.of(), false);
  }

  /** Returns the gateway response of the first of these types that has one. */
  Optional<GatewayResponseSettings> gatewayResponse(List<String> types) {
    return types.stream()
        .flatMap(type -> gatewayResponses.stream().filter(one -> one.type().equals(type)))
        .findFirst();
  }
}
