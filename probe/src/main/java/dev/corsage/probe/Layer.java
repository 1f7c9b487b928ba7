package dev.corsage.probe;

import java.util.Locale;

/** What can have made a response, between the page and the code of the API. */
public enum Layer {
  /** A REST API of API Gateway itself. */
  API_GATEWAY_REST("API Gateway (REST API)"),
  /** An HTTP API of API Gateway itself. */
  API_GATEWAY_HTTP("API Gateway (HTTP API)"),
  /** The function URL itself, before the function. */
  FUNCTION_URL("the function URL"),
  /** CloudFront itself, or a function at the edge. */
  CLOUDFRONT("CloudFront"),
  /** An Application Load Balancer itself. */
  LOAD_BALANCER("the load balancer"),
  /** AppSync. */
  APPSYNC("AppSync"),
  /** AWS WAF, before one of the others. */
  WAF("AWS WAF"),
  /** The code behind a layer that is known: a function, or another integration. */
  FUNCTION("the function"),
  /** Not known: a server of another kind. */
  SERVER("the server");

  private final String title;

  Layer(String title) {
    this.title = title;
  }

  /** Returns its name within a sentence, such as {@code the function URL}; not null. */
  public String title() {
    return title;
  }

  /** Returns its name at the beginning of a sentence. */
  String capitalized() {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  /** Returns the stable key, such as {@code api-gateway-rest}; not null. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
