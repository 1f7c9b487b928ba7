package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.gateway.ApiRequest.Field;
import dev.corsage.gateway.RecordingStream.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The routes of the API: {@code OPTIONS} goes to the preflight function, everything else to the
 * function of the demo or to the backend.
 */
final class ApiHandler extends Handler.Wrapper {
  /** API Gateway's quota for payloads. */
  private static final int MAX_BODY = 10 * 1024 * 1024;

  /** Of the connection, not of the message: the gateway makes its own. */
  private static final Set<String> CONNECTION_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final ApiType type;
  private final CorsDecider policy;
  private final LocalFunction preflight;
  private final LocalFunction integration;
  private final Backend backend;
  private final Consumer<Exchange> recorder;

  /** Creates the routes; exactly one of integration and backend is not null. */
  ApiHandler(
      ApiType type,
      CorsDecider policy,
      LocalFunction preflight,
      LocalFunction integration,
      Backend backend,
      Consumer<Exchange> recorder) {
    super(backend);
    this.type = type;
    this.policy = policy;
    this.preflight = preflight;
    this.integration = integration;
    this.backend = backend;
    this.recorder = recorder;
  }

  /** Functions are waited for; without this the selector's own thread might do so. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getHttpURI().getPath() == null) {
      // CONNECT, and OPTIONS * in some clients: there is no path that could have a route.
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return true;
    }
    ApiRequest head = head(request);
    Decision decision = policy.decide(head);
    LocalFunction function = head.method().equals("OPTIONS") ? preflight : integration;
    String target = function == null ? "backend" : function.name();
    request.addHttpStreamWrapper(
        stream -> new RecordingStream(stream, request, head, decision, target, recorder));
    if (function != null) {
      answer(function, request, head, response, callback);
    } else if (decision.status().isPresent()) {
      response.setStatus(decision.status().getAsInt());
      decision.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      response.write(true, null, callback);
    } else {
      backend.handle(request, response, callback, decision);
    }
    return true;
  }

  private static ApiRequest head(Request request) {
    List<Field> headers =
        request.getHeaders().stream()
            .map(
                field ->
                    new Field(field.getName(), field.getValue() == null ? "" : field.getValue()))
            .toList();
    return new ApiRequest(
        request.getMethod(),
        request.getHttpURI().getPath(),
        request.getHttpURI().getQuery(),
        headers,
        request.getConnectionMetaData().getProtocol(),
        Request.getRemoteAddr(request),
        Request.getLocalPort(request));
  }

  private void answer(
      LocalFunction function,
      Request request,
      ApiRequest head,
      Response response,
      Callback callback)
      throws IOException {
    byte[] body;
    try {
      body = Content.Source.asInputStream(request).readNBytes(MAX_BODY + 1);
    } catch (IOException unreadable) {
      fail(request, response, callback, 400, "body-unreadable", "Bad Request");
      return;
    }
    if (body.length > MAX_BODY) {
      fail(request, response, callback, 413, "payload-too-large", "Request Entity Too Large");
      return;
    }
    byte[] answer;
    try {
      answer = function.invoke(EventWriter.write(type, head, body));
    } catch (FunctionException failed) {
      if (failed.reason() == FunctionException.Cause.TIMED_OUT) {
        fail(request, response, callback, 504, "function-timed-out", "Endpoint request timed out");
      } else {
        fail(request, response, callback, 502, "function-failed", "Internal server error");
      }
      return;
    } catch (IOException notStarted) {
      fail(request, response, callback, 502, "function-failed", "Internal server error");
      return;
    }
    try {
      send(FunctionAnswer.read(type, answer), response, callback);
    } catch (IOException malformed) {
      fail(request, response, callback, 502, "answer-malformed", "Internal server error");
    }
  }

  private static void send(FunctionAnswer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    for (Field field : answer.headers()) {
      if (!CONNECTION_HEADERS.contains(field.name().toLowerCase(Locale.ROOT))) {
        headers.add(field.name(), field.value());
      }
    }
    boolean bodiless = answer.status() == 204 || answer.status() == 304;
    response.write(true, ByteBuffer.wrap(bodiless ? new byte[0] : answer.body()), callback);
  }

  /** Answers in the gateway's own name: without CORS headers, as on AWS. */
  private static void fail(
      Request request,
      Response response,
      Callback callback,
      int status,
      String reason,
      String message) {
    request.setAttribute(
        RecordingStream.FAILURE,
        new Failure(
            reason,
            "The gateway itself answered ("
                + message
                + "); like AWS's, its answers carry no CORS headers.",
            false));
    response.reset();
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(response, true, "{\"message\":\"" + message + "\"}", callback);
  }
}
