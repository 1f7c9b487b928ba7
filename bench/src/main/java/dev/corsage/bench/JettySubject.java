package dev.corsage.bench;

import dev.corsage.bench.Case.Entries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's handler. Its origins are regular expressions, also where one origin is meant. It leaves
 * it to the browser to compare the requested method and headers with those it sends.
 */
final class JettySubject implements Subject {
  private final List<AskedRequest> asked = new ArrayList<>();
  private final List<LightJettyRequest> requests = new ArrayList<>();
  private final LightJettyResponse response = new Completed<>(LightJettyResponse.class).make();
  private final CrossOriginHandler handler = new CrossOriginHandler();

  /** The application. */
  private static final class End extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      return true;
    }
  }

  JettySubject(Entries entries, List<String> domains) {
    handler.setAllowedOriginPatterns(
        domains.stream()
            .map(domain -> expression(entries, domain))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
    handler.setAllowedMethods(Set.copyOf(Workload.METHODS));
    handler.setAllowedHeaders(Set.copyOf(Workload.REQUEST_HEADERS));
    handler.setExposedHeaders(Set.copyOf(Workload.EXPOSED_HEADERS));
    handler.setAllowCredentials(true);
    handler.setPreflightMaxAge(Duration.ofSeconds(Workload.MAX_AGE_SECONDS));
    handler.setHandler(new End());
    handler.setServer(new Server());
    try {
      handler.start();
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  /** Returns the expression that Jetty and Vert.x need for an entry. */
  static String expression(Entries entries, String domain) {
    String literal = domain.replace(".", "\\.");
    return switch (entries) {
      case EXACT -> "https://" + literal;
      case WILDCARD -> "https://[a-z0-9.-]+\\." + literal;
      case REGEX -> "https://qa-[0-9a-z]+\\." + literal;
    };
  }

  @Override
  public void prepare(List<AskedRequest> all) {
    Completed<LightJettyRequest> made = new Completed<>(LightJettyRequest.class);
    for (AskedRequest one : all) {
      asked.add(one);
      LightJettyRequest request = made.make();
      request.method = one.method();
      one.otherHeaders().forEach(field -> request.headers.put(field.name(), field.value()));
      requests.add(request);
      refresh(requests.size() - 1);
    }
  }

  @Override
  public void refresh(int request) {
    for (AskedRequest.Field field : asked.get(request).freshHeaders()) {
      requests.get(request).headers.put(field.name(), field.value());
    }
  }

  @Override
  public Object response(int request) {
    response.getHeaders().clear();
    try {
      handler.handle(requests.get(request), response, Callback.NOOP);
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    }
    return response;
  }

  @Override
  public String allowOrigin() {
    return response.getHeaders().get(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN);
  }
}
