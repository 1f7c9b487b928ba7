package dev.corsage.gateway;

import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Hands requests to a function.
 *
 * @param type decides the format of event and response
 */
record FunctionCall(ApiType type, EventRoute route, LocalFunction function) {
  /** API Gateway's quota for payloads. */
  private static final int MAX_BODY = 10 * 1024 * 1024;

  /** Returns the function's response, or what the gateway says if there is none. */
  ApiResponse response(Request request, ApiRequest head) {
    byte[] body;
    try {
      body = Content.Source.asInputStream(request).readNBytes(MAX_BODY + 1);
    } catch (IOException unreadable) {
      return new GatewayResponse(400, "body-unreadable", "Bad Request");
    }
    if (body.length > MAX_BODY) {
      return new GatewayResponse(413, "payload-too-large", "Request Entity Too Large");
    }
    byte[] response;
    try {
      response = function.invoke(EventWriter.write(type, head, route, body));
    } catch (FunctionException failed) {
      return failed.reason() == FunctionException.Cause.TIMED_OUT
          ? new GatewayResponse(504, "function-timed-out", "Endpoint request timed out")
          : new GatewayResponse(502, "function-failed", "Internal server error");
    } catch (IOException notStarted) {
      return new GatewayResponse(502, "function-failed", "Internal server error");
    }
    try {
      return FunctionResponse.read(type, response);
    } catch (IOException malformed) {
      return new GatewayResponse(502, "answer-malformed", "Internal server error");
    }
  }
}
