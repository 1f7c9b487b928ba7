package example;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.Vary;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** The first handler of a router: {@code router.route().handler(new VertxExample(policy))}. */
public record VertxExample(CorsDecider policy) implements Handler<RoutingContext> {
  @Override
  public void handle(RoutingContext context) {
    Decision decision = policy.decide(new View(context.request()));
    context.addHeadersEndHandler(sent -> complete(context.response().headers(), decision));
    if (decision.status().isPresent()) {
      context.response().setStatusCode(decision.status().getAsInt()).end();
    } else {
      context.next();
    }
  }

  private static void complete(MultiMap headers, Decision decision) {
    List<String> vary = new ArrayList<>(headers.getAll("Vary"));
    List.copyOf(headers.names()).stream().filter(decision::replaces).forEach(headers::remove);
    decision.headers().forEach(headers::set);
    vary.add(decision.headers().getOrDefault("Vary", ""));
    String merged = Vary.merge(vary);
    if (merged != null) {
      headers.set("Vary", merged);
    }
  }

  private record View(HttpServerRequest request) implements HttpRequest {
    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public List<String> header(String name) {
      return request.headers().getAll(name);
    }

    @Override
    public String path() {
      return request.path();
    }
  }
}
