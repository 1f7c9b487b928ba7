package dev.corsage.gateway;

import dev.corsage.Decision;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The user's own server, called as an HTTP proxy integration would; its answers, and the 502 for a
 * server that is not there, get their headers by the policy.
 */
final class Backend extends ProxyHandler.Reverse {
  private static final String VARY = "Vary";

  Backend(URI server) {
    super(request -> target(server, request.getHttpURI()));
  }

  private static HttpURI target(URI server, HttpURI requested) {
    String base = server.getRawPath() == null ? "" : server.getRawPath().replaceFirst("/$", "");
    return HttpURI.build()
        .scheme(server.getScheme())
        .authority(server.getRawAuthority())
        .path(base + requested.getPath())
        .query(requested.getQuery())
        .asImmutable();
  }

  /** Calls the server; the answer carries the headers of the decision. */
  boolean handle(Request request, Response response, Callback callback, Decision decision) {
    request.addHttpStreamWrapper(stream -> new CorsStream(stream, decision));
    return handle(request, response, callback);
  }

  private static final class CorsStream extends HttpStream.Wrapper {
    private final Decision decision;

    CorsStream(HttpStream wrapped, Decision decision) {
      super(wrapped);
      this.decision = decision;
    }

    @Override
    public void send(
        MetaData.Request head,
        MetaData.Response response,
        boolean last,
        ByteBuffer content,
        Callback callback) {
      super.send(head, response == null ? null : complete(response), last, content, callback);
    }

    private MetaData.Response complete(MetaData.Response response) {
      return new MetaData.Response(
          response.getStatus(),
          response.getReason(),
          response.getHttpVersion(),
          withCors(response.getHttpFields(), decision.headers()),
          response.getContentLength(),
          response.getTrailersSupplier());
    }
  }

  /** The rules are those of the wrapper for functions: CORS is replaced, Vary is completed. */
  static HttpFields withCors(HttpFields answered, Map<String, String> decided) {
    HttpFields.Mutable fields = HttpFields.build();
    for (HttpField field : answered) {
      if (!field.getLowerCaseName().startsWith("access-control-")) {
        fields.add(field);
      }
    }
    Set<String> vary = new LinkedHashSet<>(answered.getCSV(HttpHeader.VARY, false));
    decided.forEach(
        (name, value) -> {
          if (name.equals(VARY)) {
            vary.addAll(Set.of(value.split(", ", -1)));
          } else {
            fields.put(name, value);
          }
        });
    if (!vary.isEmpty()) {
      Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      fields.put(VARY, String.join(", ", vary.stream().filter(seen::add).toList()));
    }
    return fields.asImmutable();
  }

  static boolean isUsable(URI server) {
    String scheme = server.getScheme();
    return scheme != null
        && Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
        && server.getHost() != null
        && server.getRawQuery() == null;
  }
}
