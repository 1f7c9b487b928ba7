package dev.corsage.bench;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** The parts of a routing context that Vert.x's handler uses. */
abstract class LightVertxContext implements RoutingContextInternal {
  LightVertxRequest request;
  LightVertxResponse response;

  @Override
  public HttpServerRequest request() {
    return request;
  }

  @Override
  public HttpServerResponse response() {
    return response;
  }

  @Override
  public RoutingContextInternal visitHandler(int id) {
    return this;
  }

  @Override
  public void next() {}

  @Override
  public void fail(int status, Throwable cause) {
    response.setStatusCode(status);
  }
}
