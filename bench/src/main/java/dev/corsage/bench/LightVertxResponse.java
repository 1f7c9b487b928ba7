package dev.corsage.bench;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The parts of a response that Vert.x's handler writes; the headers are Vert.x's own. */
abstract class LightVertxResponse implements HttpServerResponse {
  private static final Future<Void> DONE = Future.succeededFuture();

  private final MultiMap headers = HttpHeaders.headers();
  private int status;

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public HttpServerResponse putHeader(CharSequence name, CharSequence value) {
    headers.set(name, value);
    return this;
  }

  @Override
  public HttpServerResponse setStatusCode(int code) {
    status = code;
    return this;
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public HttpServerResponse setStatusMessage(String message) {
    return this;
  }

  @Override
  public Future<Void> end() {
    return DONE;
  }
}
