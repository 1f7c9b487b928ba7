package dev.corsage.gateway;

import dev.corsage.Decision;
import dev.corsage.gateway.RecordingStream.Failure;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
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
 * The user's own server, called as an HTTP proxy integration would; its responses, and the 502 for
 * a server that is not there, get their headers by the policy.
 */
final class Backend extends ProxyHandler.Reverse {
  private static final String VARY = "Vary";

  private final String authority;
  private final Duration timeout;

  Backend(URI server, Duration timeout) {
    super(request -> target(server, request.getHttpURI()));
    this.authority = server.getRawAuthority();
    this.timeout = timeout;
  }

  /** Tells whether the server would be this machine's port. */
  static boolean isAt(URI server, int port) {
    return server.getPort() == port
        && Set.of("localhost", "127.0.0.1", "[::1]").contains(server.getHost());
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    // The caller's own goes through.
    client.setUserAgentField(null);
  }

  @Override
  protected org.eclipse.jetty.client.Request newProxyToServerRequest(
      Request request, HttpURI target) {
    return super.newProxyToServerRequest(request, target)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request toServer) {
    super.addProxyHeaders(request, toServer);
    // As an integration of API Gateway does: the server is called by its own name.
    toServer.headers(headers -> headers.put(HttpHeader.HOST, authority));
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request toServer,
      org.eclipse.jetty.client.Response fromServer,
      Response response,
      Callback callback,
      Throwable failure) {
    boolean late = failure instanceof TimeoutException;
    request.setAttribute(
        RecordingStream.FAILURE,
        new Failure(
            late ? "backend-timed-out" : "backend-unreachable",
            "The backend gave no answer; the gateway's own carries the policy's headers.",
            true));
    super.onServerToProxyResponseFailure(
        request, toServer, fromServer, response, callback, failure);
  }

  private static HttpURI target(URI server, HttpURI requested) {
    String base = server.getRawPath() == null ? "" : server.getRawPath().replaceFirst("/$", "");
    return HttpURI.build()
        .scheme(server.getScheme())
        .authority(server.getRawAuthority())
        .path(base + escaped(requested.getPath()))
        .query(requested.getQuery() == null ? null : escaped(requested.getQuery()))
        .asImmutable();
  }

  /**
   * Percent-encodes what browsers send as it is ({@code a|b}, {@code {a}}) but {@code
   * java.net.URI}, which the client goes by, does not take.
   */
  static String escaped(String part) {
    StringBuilder escaped = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '%' ? isEscape(part, i) : isTakenByUri(c)) {
        escaped.append(c);
      } else {
        for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          escaped.append(String.format("%%%02X", b));
        }
      }
    }
    return escaped.toString();
  }

  private static boolean isEscape(String part, int at) {
    return at + 2 < part.length()
        && Character.digit(part.charAt(at + 1), 16) >= 0
        && Character.digit(part.charAt(at + 2), 16) >= 0;
  }

  private static boolean isTakenByUri(char c) {
    return c > 0x20 && c < 0x7f && "\"<>\\^`{|}[]#".indexOf(c) < 0;
  }

  /** Calls the server; the response carries the headers of the decision. */
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
  static HttpFields withCors(HttpFields responded, Map<String, String> decided) {
    HttpFields.Mutable fields = HttpFields.build();
    for (HttpField field : responded) {
      if (!field.getLowerCaseName().startsWith("access-control-")) {
        fields.add(field);
      }
    }
    Set<String> vary = new LinkedHashSet<>(responded.getCSV(HttpHeader.VARY, false));
    decided.forEach(
        (name, value) -> {
          if (name.equals(VARY)) {
            vary.addAll(List.of(value.split(", ", -1)));
          } else {
            fields.put(name, value);
          }
        });
    if (vary.contains("*")) {
      fields.put(VARY, "*");
    } else if (!vary.isEmpty()) {
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
        && server.getPort() <= 65_535
        && server.getRawUserInfo() == null
        && server.getRawQuery() == null
        && server.getRawFragment() == null;
  }
}
