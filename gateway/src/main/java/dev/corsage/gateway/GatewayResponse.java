package dev.corsage.gateway;

import dev.corsage.gateway.RecordingStream.Failure;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A response in the gateway's own name: without CORS headers, as on AWS, but for those that a REST
 * API's gateway responses have.
 *
 * @param reason a stable code, such as {@code function-failed}
 * @param message without characters that JSON escapes
 * @param headers further ones
 */
record GatewayResponse(int status, String reason, String message, Map<String, String> headers)
    implements ApiResponse {

  GatewayResponse(int status, String reason, String message) {
    this(status, reason, message, Map.of());
  }

  @Override
  public void send(Request request, Response response, Callback callback) {
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
    headers.forEach((name, value) -> response.getHeaders().put(name, value));
    Content.Sink.write(response, true, "{\"message\":\"" + message + "\"}", callback);
  }
}
