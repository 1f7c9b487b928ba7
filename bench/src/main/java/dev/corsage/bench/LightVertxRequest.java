package dev.corsage.bench;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The parts of a request that Vert.x's handler reads; the headers are Vert.x's own. */
abstract class LightVertxRequest implements HttpServerRequest {
  final MultiMap headers = HttpHeaders.headers();
  HttpMethod method;

  @Override
  public HttpMethod method() {
    return method;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }
}
