package dev.corsage.generate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.PolicyDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code cors(handler)} of the module does what {@code Cors} of Java does, exchange by exchange.
 */
class LambdaWrapperTest {
  /** An event, and what the handler returns; null if it throws. */
  private record Exchange(String event, String returns) {}

  /** Refusals are lines in the log, which are nothing to read here. */
  private static final Context QUIET =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (proxy, method, arguments) ->
                  method.getReturnType() == LambdaLogger.class ? new Quiet() : null);

  private static final class Quiet implements LambdaLogger {
    @Override
    public void log(String message) {}

    @Override
    public void log(byte[] message) {}
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"origins":["https://app.test"],"methods":["PUT"],"requestHeaders":["x-a"],
         "exposedHeaders":["etag"],"credentials":true,"blockRefusedOrigins":true}
        """,
        """
        {"origins":["https://*.test"],"methods":["*"],"requestHeaders":["*"],"maxAgeSeconds":60,
         "refused":{"status":200},"preflightStatus":200}
        """,
        """
        {"origins":["*"],"exposedHeaders":["*"]}
        """
      })
  void wrapsAsTheJavaWrapperDoes(String policy) throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    for (String event : LambdaExchanges.events()) {
      for (String response : LambdaExchanges.RESPONSES) {
        exchanges.add(new Exchange(event, response));
      }
      exchanges.add(new Exchange(event, null));
    }
    Case given = new Case("wrapper", policy, List.of());
    String source = given.generate(new JavaScript()).files().get(0).content();
    List<JsonNode> wrapped;
    try (Node node = Node.start()) {
      wrapped =
          Comparison.list(
              node.run(
                  "wrap",
                  source,
                  "exchanges",
                  exchanges.stream().map(LambdaWrapperTest::json).toList()));
    }

    for (int i = 0; i < exchanges.size(); i++) {
      Exchange exchange = exchanges.get(i);
      assertThat(wrapped.get(i)).as("%s", exchange).isEqualTo(byJava(policy, exchange));
    }
    System.out.printf("javascript: %d exchanges with a wrapped handler%n", exchanges.size());
    assertThat(exchanges).hasSizeGreaterThan(15_000);
  }

  private static Map<String, Object> json(Exchange exchange) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("event", exchange.event);
    json.put("returns", exchange.returns);
    return json;
  }

  private static JsonNode byJava(String policy, Exchange exchange) throws IOException {
    ObjectNode result = Cases.JSON.createObjectNode().put("called", false);
    RequestStreamHandler handler =
        (input, output, context) -> {
          result.put("called", new String(input.readAllBytes(), UTF_8).equals(exchange.event));
          if (exchange.returns == null) {
            throw new IllegalStateException("of the test");
          }
          output.write(exchange.returns.getBytes(UTF_8));
        };
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      Cors.wrap(PolicyDocument.parse(policy), handler)
          .handleRequest(new ByteArrayInputStream(exchange.event.getBytes(UTF_8)), output, QUIET);
    } catch (IllegalStateException thrown) {
      return result.put("thrown", true);
    }
    return result.set("response", Cases.JSON.readTree(output.toByteArray()));
  }
}
