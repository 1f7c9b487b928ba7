package dev.corsage.generate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsDecider;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.PolicyDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wrapper in Java around a handler that responds as an exchange says: the model of the others.
 */
final class JavaWrapper {
  private static final Context CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              JavaWrapper.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (proxy, method, arguments) ->
                  method.getName().equals("getLogger") ? new SilentLogger() : null);

  private JavaWrapper() {}

  /** Returns the response of each exchange, how often the handler was called, and with what. */
  static List<Map<String, Object>> run(Case made, List<Map<String, Object>> exchanges)
      throws IOException {
    List<Map<String, Object>> results = new ArrayList<>();
    try (Decider decider = new Decider(PolicyDocument.parse(made.document()))) {
      for (Map<String, Object> exchange : exchanges) {
        results.add(run(decider.decider, exchange));
      }
    }
    return results;
  }

  private static Map<String, Object> run(CorsDecider decider, Map<String, Object> exchange)
      throws IOException {
    byte[] event = Cases.JSON.writeValueAsBytes(exchange.get("event"));
    int[] calls = {0};
    boolean[] passed = {false};
    RequestStreamHandler handler =
        (input, output, context) -> {
          calls[0]++;
          passed[0] = Arrays.equals(input.readAllBytes(), event);
          if (exchange.containsKey("raises")) {
            throw new IllegalStateException((String) exchange.get("raises"));
          }
          output.write(Cases.JSON.writeValueAsBytes(exchange.get("response")));
        };
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Map<String, Object> result = new LinkedHashMap<>();
    try {
      Cors.wrap(decider, handler).handleRequest(new ByteArrayInputStream(event), output, CONTEXT);
      result.put("response", Cases.JSON.readValue(output.toByteArray(), Object.class));
    } catch (IllegalStateException thrown) {
      result.put("thrown", thrown.getMessage());
    }
    result.put("calls", calls[0]);
    result.put("passed", passed[0]);
    return result;
  }

  private record Decider(CorsDecider decider) implements AutoCloseable {
    @Override
    public void close() {
      decider.close();
    }
  }

  private static final class SilentLogger implements LambdaLogger {
    @Override
    public void log(String message) {}

    @Override
    public void log(byte[] message) {}
  }
}
