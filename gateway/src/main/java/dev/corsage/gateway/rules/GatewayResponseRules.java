package dev.corsage.gateway.rules;

import dev.corsage.gateway.api.GatewayResponseSettings;
import dev.corsage.gateway.api.GatewayResponseSettings.Expression;
import dev.corsage.gateway.api.Location;
import java.util.List;

/** Checks the gateway responses of a REST API. */
final class GatewayResponseRules {
  private static final String ORIGIN = "Access-Control-Allow-Origin";
  private static final String CREDENTIALS = "Access-Control-Allow-Credentials";

  private final Findings findings;

  GatewayResponseRules(Findings findings) {
    this.findings = findings;
  }

  void check(List<GatewayResponseSettings> responses) {
    responses.forEach(this::check);
  }

  private void check(GatewayResponseSettings response) {
    Expression origin = response.header(ORIGIN);
    Expression credentials = response.header(CREDENTIALS);
    boolean withCredentials = credentials != null && credentials.literal().equals("true");
    if (origin != null && origin.isOrigin()) {
      findings.add(
          TemplateCode.GATEWAY_RESPONSE_ORIGIN,
          location(response, origin),
          origin.text(),
          "It allows every origin to read these responses"
              + (withCredentials ? ", with credentials." : "."),
          "Write one origin, such as \"'https://app.example.com'\", and Vary: \"'Origin'\".");
    } else if (origin != null && origin.literal().equals("*") && withCredentials) {
      findings.add(
          TemplateCode.CORS_STAR_CREDENTIALS,
          location(response, origin),
          "*",
          "Browsers do not accept * for a request with credentials.",
          "Name the origin, or do not allow credentials.");
    }
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (value.isKnown() && !value.isLiteral() && !value.isMapping()) {
                findings.add(
                    TemplateCode.GATEWAY_RESPONSE_QUOTES,
                    location(response, value),
                    value.text(),
                    "The value of " + name + " is neither in single quotes nor a mapping.",
                    "Write \"'" + value.text() + "'\".");
              }
            });
  }

  private static Location location(GatewayResponseSettings response, Expression header) {
    return new Location(response.location().property(), header.line());
  }
}
