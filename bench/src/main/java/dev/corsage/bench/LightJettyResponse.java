package dev.corsage.bench;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;

/** The parts of a response that Jetty's handler writes; the fields are Jetty's own. */
abstract class LightJettyResponse implements Response {
  private final HttpFields.Mutable headers = HttpFields.build();

  @Override
  public HttpFields.Mutable getHeaders() {
    return headers;
  }
}
