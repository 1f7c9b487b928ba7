package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.GatewayResponseSettings;
import dev.corsage.gateway.api.GatewayResponseSettings.Expression;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.template.Written;

/** Checks the gateway responses of a REST API. */
final class GatewayResponseRules {
  private static final String ORIGIN = "Access-Control-Allow-Origin";
  private static final String CREDENTIALS = "Access-Control-Allow-Credentials";

  private final boolean withCredentials;
  private final Findings findings;

  /**
   * Creates it.
   *
   * @param withCredentials whether the policy, or the preflights, of the API allow credentials
   */
  GatewayResponseRules(boolean withCredentials, Findings findings) {
    this.withCredentials = withCredentials;
    this.findings = findings;
  }

  void check(Api api) {
    api.gatewayResponses().forEach(this::check);
  }

  private void check(GatewayResponseSettings response) {
    Expression origin = response.header(ORIGIN);
    if (origin != null) {
      checkOrigin(response, origin);
    }
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (!value.isLiteral() && !value.isMapping() && value.isKnown()) {
                findings.add(
                    TemplateCode.GATEWAY_RESPONSE_QUOTES,
                    location(response, value),
                    value.text(),
                    "The value of " + name + " is neither in single quotes nor a mapping.",
                    "Write \"'" + value.text() + "'\".");
              }
            });
  }

  private void checkOrigin(GatewayResponseSettings response, Expression origin) {
    Expression credentials = response.header(CREDENTIALS);
    boolean own = credentials != null && credentials.literal().equals("true");
    Location location = location(response, origin);
    // Pages decide on the path and the query string, too.
    if (origin.isOrigin()
        || origin.text().matches("method\\.request\\.(?:path|querystring)\\..+")) {
      findings.add(
          TemplateCode.GATEWAY_RESPONSE_ORIGIN,
          location,
          origin.text(),
          "It allows every origin to read these responses" + (own ? ", with credentials." : "."),
          "Write one origin, such as \"'https://app.example.com'\", and Vary: \"'Origin'\".");
    } else if (origin.literal().equals("*")) {
      if (own || withCredentials) {
        findings.add(
            TemplateCode.GATEWAY_RESPONSE_STAR,
            own ? Severity.ERROR : Severity.WARNING,
            location,
            "*",
            own
                ? "Browsers do not accept * for a request with credentials."
                : "Pages send credentials to this API: they cannot read these errors.",
            TemplateCode.GATEWAY_RESPONSE_STAR.remedy());
      }
    } else if (origin.isLiteral()) {
      MethodRules.checkOrigin(
          findings, location, new Written(origin.literal(), origin.isKnown(), origin.line()));
    }
  }

  private static Location location(GatewayResponseSettings response, Expression header) {
    return new Location(response.location().property(), header.line());
  }
}
