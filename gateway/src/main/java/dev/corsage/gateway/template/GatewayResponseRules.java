package dev.corsage.gateway.template;

import dev.corsage.gateway.template.GatewayResponseSettings.Expression;
import java.util.List;

/** Looks at the gateway responses of a REST API. */
final class GatewayResponseRules {
  private static final String ORIGIN = "Access-Control-Allow-Origin";
  private static final String CREDENTIALS = "Access-Control-Allow-Credentials";

  private final Findings findings;

  GatewayResponseRules(Findings findings) {
    this.findings = findings;
  }

  void look(List<GatewayResponseSettings> responses) {
    responses.forEach(this::look);
  }

  private void look(GatewayResponseSettings response) {
    Expression origin = response.header(ORIGIN);
    Expression credentials = response.header(CREDENTIALS);
    boolean withCredentials = credentials != null && credentials.literal().equals("true");
    if (origin != null && origin.isOrigin()) {
      findings.error(
          TemplateCode.GATEWAY_RESPONSE_ORIGIN,
          response.resource(),
          origin.line(),
          origin.text(),
          "It allows every origin to read these answers"
              + (withCredentials ? ", in the name of the user." : "."),
          "Write one origin, such as \"'https://app.example.com'\", and Vary: \"'Origin'\".");
    } else if (origin != null && origin.literal().equals("*") && withCredentials) {
      findings.error(
          TemplateCode.CORS_STAR_CREDENTIALS,
          response.resource(),
          origin.line(),
          "*",
          "Browsers do not take * together with credentials.",
          "Name the origin, or leave the credentials out.");
    }
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (!value.isLiteral() && !value.isMapping()) {
                findings.error(
                    TemplateCode.GATEWAY_RESPONSE_QUOTES,
                    response.resource(),
                    value.line(),
                    value.text(),
                    "The value of " + name + " is neither in single quotes nor a mapping.",
                    "Write \"'" + value.text() + "'\".");
              }
            });
  }
}
