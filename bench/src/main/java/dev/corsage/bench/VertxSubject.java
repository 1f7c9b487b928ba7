package dev.corsage.bench;

import dev.corsage.bench.Case.Entries;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Vert.x Web's handler. For a wildcard it has regular expressions. It leaves it to the browser to
 * compare the requested method and headers with those it sends.
 */
final class VertxSubject implements Subject {
  private final List<AskedRequest> asked = new ArrayList<>();
  private final List<LightVertxContext> contexts = new ArrayList<>();
  private final LightVertxResponse response = new Completed<>(LightVertxResponse.class).make();
  private final CorsHandler handler = CorsHandler.create();

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
  public void prepare(List<AskedRequest> all) {
    Completed<LightVertxContext> contextsMade = new Completed<>(LightVertxContext.class);
    Completed<LightVertxRequest> requestsMade = new Completed<>(LightVertxRequest.class);
    for (AskedRequest one : all) {
      asked.add(one);
      LightVertxContext context = contextsMade.make();
      context.request = requestsMade.make();
      context.response = response;
      context.request.method = HttpMethod.valueOf(one.method());
      one.otherHeaders().forEach(field -> context.request.headers.set(field.name(), field.value()));
      contexts.add(context);
      refresh(contexts.size() - 1);
    }
  }

  @Override
  public void refresh(int request) {
    for (AskedRequest.Field field : asked.get(request).freshHeaders()) {
      contexts.get(request).request.headers.set(field.name(), field.value());
    }
  }

  @Override
  public Object response(int request) {
    response.headers().clear();
    handler.handle(contexts.get(request));
    return response;
  }

  @Override
  public String allowOrigin() {
    return response.headers().get(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
  }
}
