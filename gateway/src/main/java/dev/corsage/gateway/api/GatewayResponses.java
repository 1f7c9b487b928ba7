package dev.corsage.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corsage.gateway.api.Api.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The responses that an API makes itself: as on AWS they have no CORS headers, except those that
 * the <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html">gateway
 * responses</a> of a REST API are configured with.
 */
final class GatewayResponses {
  private final Api api;

  GatewayResponses(Api api) {
    this.api = api;
  }

  ApiResponse response(GatewayReason reason, ApiRequest request) {
    // A REST API does not say whether it is the path that is missing or the signature.
    boolean missingToken =
        api.kind() == Kind.REST
            && (reason == GatewayReason.NO_ROUTE || reason == GatewayReason.UNSIGNED);
    int status = missingToken ? 403 : reason.status();
    String message = missingToken ? "Missing Authentication Token" : reason.message();
    List<Field> headers = List.of(new Field("Content-Type", "application/json"));
    byte[] body = ("{\"message\":\"" + message + "\"}").getBytes(UTF_8);
    if (reason == GatewayReason.PAYLOAD_TOO_LARGE) {
      // This one cannot be configured.
      return new ApiResponse(status, headers, body);
    }
    String special = missingToken ? "MISSING_AUTHENTICATION_TOKEN" : reason.type();
    String general = status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
    GatewayResponseSettings settings =
        api.gatewayResponse(special.isEmpty() ? List.of(general) : List.of(special, general))
            .orElse(null);
    if (settings == null) {
      return new ApiResponse(status, headers, body);
    }
    List<Field> configured = settings.headers(request::exactly);
    List<Field> all = new ArrayList<>(configured);
    if (configured.stream().noneMatch(field -> field.name().equalsIgnoreCase("Content-Type"))) {
      all.addAll(headers);
    }
    return new ApiResponse(
        settings.status().matches("[2-5][0-9]{2}") ? Integer.parseInt(settings.status()) : status,
        all,
        body);
  }
}
