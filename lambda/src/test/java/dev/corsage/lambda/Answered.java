package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What a handler answered to an event, and what it logged. */
record Answered(String json, String log) {

  static Answered by(RequestStreamHandler handler, String event) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    StringBuilder log = new StringBuilder();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, context(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answered(output.toString(StandardCharsets.UTF_8), log.toString());
  }

  /** Returns a handler that answers this, whatever the event. */
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

  /** A context that has a logger and nothing else. */
  private static Context context(StringBuilder log) {
    LambdaLogger logger =
        new LambdaLogger() {
          @Override
          public void log(String message) {
            log.append(message);
          }

          @Override
          public void log(byte[] message) {
            log.append(new String(message, StandardCharsets.UTF_8));
          }
        };
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getLogger")) {
                return logger;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
