package dev.corsage.bench;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;

/** What Jetty's handler writes of a response; the fields are Jetty's own. */
abstract class LightJettyResponse implements Response {
  private final HttpFields.Mutable headers = HttpFields.build();

  @Override
  public HttpFields.Mutable getHeaders() {
    return headers;
  }
}
