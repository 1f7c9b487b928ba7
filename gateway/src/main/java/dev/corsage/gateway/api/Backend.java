package dev.corsage.gateway.api;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.Vary;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * Calls a server as an HTTP proxy integration does. Where the target has a policy, its responses,
 * and the 502 for a server that does not respond, get the policy's headers.
 */
final class Backend extends ProxyHandler.Reverse {
  private static final String VARY = "Vary";

  private final CorsDecider policy;
  private final String authority;
  private final Duration timeout;

  Backend(Target.Backend target, Duration timeout) {
    super(request -> target(target.server(), request.getHttpURI()));
    this.policy = target.policy();
    this.authority = target.server().getRawAuthority();
    this.timeout = timeout;
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    // The caller's own is passed on.
    client.setUserAgentField(null);
    // What API Gateway accepts, and what is added on the way: Jetty's own limit is 8 KB.
    client.setMaxRequestHeadersSize(2 * Loopback.MAX_REQUEST_HEADERS);
    client.setMaxResponseHeadersSize(2 * Loopback.MAX_REQUEST_HEADERS);
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
    // As an integration of API Gateway does: the Host header names the server.
    toServer.headers(headers -> headers.put(HttpHeader.HOST, authority));
  }

  /** In place of Jetty's page of HTML: what failed, and what to do. */
  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request toServer,
      org.eclipse.jetty.client.Response fromServer,
      Response response,
      Callback callback,
      Throwable failure) {
    GatewayReason reason =
        failure instanceof TimeoutException
            ? GatewayReason.BACKEND_TIMED_OUT
            : GatewayReason.BACKEND_UNREACHABLE;
    RecordingStream.setReason(request, reason);
    if (response.isCommitted()) {
      // The client has the head already: only a broken connection can tell it.
      callback.failed(failure);
      return;
    }
    response.reset();
    List<Field> headers = List.of(new Field("Content-Type", "application/json"));
    byte[] body =
        ("{\"message\":\"" + reason.message() + "\",\"hint\":\"" + reason.explanation() + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    new ApiResponse(reason.status(), headers, body).send(request, response, callback);
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
   * Percent-encodes what browsers send as it is ({@code a|b}, {@code {a}}) and {@code
   * java.net.URI}, which the HTTP client uses, does not accept.
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

  CorsDecider policy() {
    return policy;
  }

  /** Calls the server, unless the policy blocks the request. */
  void handle(Request request, Response response, Callback callback, ApiRequest head) {
    if (policy != null) {
      Decision decision = policy.decide(head);
      if (decision.status().isPresent()) {
        response.setStatus(decision.status().getAsInt());
        decision.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(true, null, callback);
        return;
      }
      request.addHttpStreamWrapper(stream -> new CorsStream(stream, decision));
    }
    handle(request, response, callback);
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
          withCors(response.getHttpFields(), decision),
          response.getContentLength(),
          response.getTrailersSupplier());
    }
  }

  /** As the wrapper of functions does: CORS headers are replaced, Vary is merged. */
  static HttpFields withCors(HttpFields responded, Decision decision) {
    HttpFields.Mutable fields = HttpFields.build();
    for (HttpField field : responded) {
      if (!decision.replaces(field.getName())) {
        fields.add(field);
      }
    }
    List<String> vary = new ArrayList<>(responded.getValuesList(HttpHeader.VARY));
    decision
        .headers()
        .forEach(
            (name, value) -> {
              if (name.equals(VARY)) {
                vary.add(value);
              } else {
                fields.put(name, value);
              }
            });
    String merged = Vary.merge(vary);
    if (merged != null) {
      fields.put(VARY, merged);
    }
    return fields.asImmutable();
  }
}
