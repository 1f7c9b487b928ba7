package dev.corsage.bench;

import dev.corsage.bench.AskedRequest.Field;
import dev.corsage.bench.Case.Entries;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
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
final class JettySubject extends Subject<JettySubject.LightRequest> {
  private final Completed<LightRequest> requests = new Completed<>(LightRequest.class);
  private final LightResponse response = new Completed<>(LightResponse.class).make();
  private final CrossOriginHandler handler = new CrossOriginHandler();

  /** The parts of a request that the handler reads; the fields are Jetty's own. */
  abstract static class LightRequest implements Request {
    private final HttpFields.Mutable headers = HttpFields.build();
    private String method;

    @Override
    public String getMethod() {
      return method;
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }

  /** The parts of a response that the handler writes; the fields are Jetty's own. */
  abstract static class LightResponse implements Response {
    private final HttpFields.Mutable headers = HttpFields.build();

    @Override
    public HttpFields.Mutable getHeaders() {
      return headers;
    }
  }

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
  LightRequest request(String method) {
    LightRequest request = requests.make();
    request.method = method;
    return request;
  }

  @Override
  void set(LightRequest request, Field header) {
    request.headers.put(header.name(), header.value());
  }

  @Override
  Object respond(LightRequest request) {
    response.getHeaders().clear();
    try {
      handler.handle(request, response, Callback.NOOP);
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    }
    return response;
  }

  @Override
  String allowOrigin() {
    return response.getHeaders().get(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN);
  }
}
