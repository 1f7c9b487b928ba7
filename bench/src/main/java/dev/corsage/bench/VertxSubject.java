package dev.corsage.bench;

import dev.corsage.bench.AskedRequest.Field;
import dev.corsage.bench.Case.Entries;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.List;
import java.util.Set;

/**
 * Vert.x Web's handler. For a wildcard it has regular expressions. It leaves it to the browser to
 * compare the requested method and headers with those it sends.
 */
final class VertxSubject extends Subject<VertxSubject.LightContext> {
  private final Completed<LightContext> contexts = new Completed<>(LightContext.class);
  private final Completed<LightRequest> requests = new Completed<>(LightRequest.class);
  private final LightResponse response = new Completed<>(LightResponse.class).make();
  private final CorsHandler handler = CorsHandler.create();

  /** The parts of a routing context that the handler uses. */
  abstract static class LightContext implements RoutingContextInternal {
    private LightRequest request;
    private LightResponse response;

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

  /** The parts of a request that the handler reads; the headers are Vert.x's own. */
  abstract static class LightRequest implements HttpServerRequest {
    private final MultiMap headers = HttpHeaders.headers();
    private HttpMethod method;

    @Override
    public HttpMethod method() {
      return method;
    }

    @Override
    public MultiMap headers() {
      return headers;
    }
  }

  /** The parts of a response that the handler writes; the headers are Vert.x's own. */
  abstract static class LightResponse implements HttpServerResponse {
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

  VertxSubject(Entries entries, List<String> domains) {
    if (entries == Entries.EXACT) {
      domains.forEach(domain -> handler.addOrigin("https://" + domain));
    } else {
      domains.forEach(
          domain -> handler.addOriginWithRegex(JettySubject.expression(entries, domain)));
    }
    Workload.METHODS.forEach(method -> handler.allowedMethod(HttpMethod.valueOf(method)));
    handler
        .allowedHeaders(Set.copyOf(Workload.REQUEST_HEADERS))
        .exposedHeaders(Set.copyOf(Workload.EXPOSED_HEADERS))
        .allowCredentials(true)
        .maxAgeSeconds(Workload.MAX_AGE_SECONDS);
  }

  @Override
  LightContext request(String method) {
    LightContext context = contexts.make();
    context.request = requests.make();
    context.response = response;
    context.request.method = HttpMethod.valueOf(method);
    return context;
  }

  @Override
  void set(LightContext context, Field header) {
    context.request.headers.set(header.name(), header.value());
  }

  @Override
  Object respond(LightContext context) {
    response.headers().clear();
    handler.handle(context);
    return response;
  }

  @Override
  String allowOrigin() {
    return response.headers().get(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
  }
}
