package dev.corsage.gateway;

import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Hands requests to a function.
 *
 * @param type decides the format of event and answer
 */
record FunctionCall(ApiType type, EventRoute route, LocalFunction function) {
  /** API Gateway's quota for payloads. */
  private static final int MAX_BODY = 10 * 1024 * 1024;

  /** Returns the function's answer, or what the gateway says if there is none. */
  ApiAnswer answer(Request request, ApiRequest head) {
    byte[] body;
    try {
      body = Content.Source.asInputStream(request).readNBytes(MAX_BODY + 1);
    } catch (IOException unreadable) {
      return new OwnAnswer(400, "body-unreadable", "Bad Request");
    }
    if (body.length > MAX_BODY) {
      return new OwnAnswer(413, "payload-too-large", "Request Entity Too Large");
    }
    byte[] answer;
    try {
      answer = function.invoke(EventWriter.write(type, head, route, body));
    } catch (FunctionException failed) {
      return failed.reason() == FunctionException.Cause.TIMED_OUT
          ? new OwnAnswer(504, "function-timed-out", "Endpoint request timed out")
          : new OwnAnswer(502, "function-failed", "Internal server error");
    } catch (IOException notStarted) {
      return new OwnAnswer(502, "function-failed", "Internal server error");
    }
    try {
      return FunctionAnswer.read(type, answer);
    } catch (IOException malformed) {
      return new OwnAnswer(502, "answer-malformed", "Internal server error");
    }
  }
}
