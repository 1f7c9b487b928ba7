package dev.corsage.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsage.CorsDecider;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.PolicyDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/** The wrapper in Java around handlers that return what they are given: the model of the others. */
final class JavaWrapper implements AutoCloseable {
  /** Refusals are lines in the log, which are nothing to read here. */
  private static final Context CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              JavaWrapper.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (proxy, method, arguments) ->
                  method.getReturnType() == LambdaLogger.class ? new SilentLogger() : null);

  private final CorsDecider decider;

  JavaWrapper(String document) throws IOException {
    decider = PolicyDocument.parse(document);
  }

  /**
   * Returns the response to an event, how often the handler was called, and whether it was with the
   * event.
   *
   * @param response what the handler returns; null if it throws
   */
  JsonNode exchange(String event, String response) throws IOException {
    int[] calls = {0};
    boolean[] passed = {false};
    RequestStreamHandler handler =
        (input, output, context) -> {
          calls[0]++;
          passed[0] = Arrays.equals(input.readAllBytes(), event.getBytes(UTF_8));
          if (response == null) {
            throw new IllegalStateException("of the handler");
          }
          output.write(response.getBytes(UTF_8));
        };
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ObjectNode result = Cases.JSON.createObjectNode();
    try {
      Cors.wrap(decider, handler)
          .handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, CONTEXT);
      result.set("response", Cases.JSON.readTree(output.toByteArray()));
    } catch (IllegalStateException thrown) {
      result.put("thrown", thrown.getMessage());
    }
    return result.put("calls", calls[0]).put("passed", passed[0]);
  }

  @Override
  public void close() {
    decider.close();
  }

  private static final class SilentLogger implements LambdaLogger {
    @Override
    public void log(String message) {}

    @Override
    public void log(byte[] message) {}
  }
}
