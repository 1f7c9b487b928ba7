package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A handler's response to an event, and what it logged. */
record HandlerResponse(String json, String log) {

  static HandlerResponse by(RequestStreamHandler handler, String event) {
    return by(handler, event, new FakeContext());
  }

  static HandlerResponse by(RequestStreamHandler handler, String event, FakeContext context) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HandlerResponse(output.toString(StandardCharsets.UTF_8), context.log());
  }

  /** Returns a handler that responds with this, whatever the event. */
  static RequestStreamHandler with(String json) {
    return (input, output, context) -> output.write(json.getBytes(StandardCharsets.UTF_8));
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> fields() {
    return (Map<String, Object>) JsonValue.read(json);
  }

  int status() {
    return (Integer) fields().get("statusCode");
  }

  String body() {
    return (String) fields().get("body");
  }

  /** Returns the headers in alphabetical order; the case of their names is part of the test. */
  @SuppressWarnings("unchecked")
  Map<String, String> headers() {
    return new TreeMap<>((Map<String, String>) fields().get("headers"));
  }
}
