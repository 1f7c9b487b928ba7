package dev.corsage.bench;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** The parts of a request that Jetty's handler reads; the fields are Jetty's own. */
abstract class LightJettyRequest implements Request {
  final HttpFields.Mutable headers = HttpFields.build();
  String method;

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public HttpFields getHeaders() {
    return headers;
  }
}
