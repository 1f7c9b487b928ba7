package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cors(handler)} in each language does what {@code Cors} in Java does. */
@Tag("once")
class LambdaWrapperTest {
  /**
   * A language of wrappers.
   *
   * @param read reads a result without what the language writes in a way of its own
   */
  private record Language(Target target, Interpreter interpreter, UnaryOperator<JsonNode> read) {
    String source(String policy) {
      return new Case("wrapper", policy, List.of()).generate(target).files().get(0).content();
    }
  }

  private static List<Language> languages;

  @BeforeAll
  static void start() throws IOException {
    languages =
        List.of(
            new Language(new JavaScript(), Interpreter.node(), LambdaWrapperTest::withWholeNumbers),
            new Language(new Python(), Interpreter.python(), LambdaWrapperTest::withBodyRead));
  }

  @AfterAll
  static void stop() throws IOException {
    for (Language language : languages) {
      language.interpreter.close();
    }
  }

  /** An event, and what the handler returns for it, one after the other. */
  private record Exchange(String event, List<String> responses) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"origins":["https://app.test","https://example.com"],"methods":["PUT"],
         "requestHeaders":["x-a"],"exposedHeaders":["etag"],"credentials":true,
         "blockRefusedOrigins":true}
        """,
        """
        {"origins":["https://*.test"],"methods":["*"],"requestHeaders":["*"],"maxAgeSeconds":60,
         "refused":{"status":200},"preflightStatus":200,
         "timingAllowOrigin":true,"resourcePolicy":"same-site"}
        """,
        """
        {"origins":["*"],"exposedHeaders":["*"]}
        """,
        """
        {"origins":["https://app.test","https://example.com","https://*.example.com"]}
        """
      })
  void everyResponseToEveryEvent(String policy) throws IOException {
    List<String> responses = Exchanges.responses();
    List<Exchange> exchanges =
        Exchanges.events().stream().map(event -> new Exchange(event, responses)).toList();
    int compared = 0;
    for (int i = 0; i < exchanges.size(); i += 50) {
      compared += compare(policy, exchanges.subList(i, Math.min(i + 50, exchanges.size())));
    }
    System.out.printf("wrappers: %d exchanges%n", compared);
    assertThat(compared).isGreaterThan(30_000);
  }

  @Test
  void generatedPoliciesAndRequests() throws IOException {
    List<String> responses = Exchanges.responses();
    int compared = 0;
    for (Case made : Cases.generated(2, 40)) {
      List<Exchange> exchanges = new ArrayList<>();
      for (int i = 0; i < made.requests().size(); i++) {
        Case.Request request = made.requests().get(i);
        for (String event :
            Exchanges.events(i % 2 == 0 ? request : Exchanges.inLowerCase(request))) {
          String response = responses.get(exchanges.size() % responses.size());
          exchanges.add(new Exchange(event, Collections.singletonList(response)));
        }
      }
      compared += compare(made.document(), exchanges);
    }
    System.out.printf("wrappers: %d exchanges of generated policies%n", compared);
    assertThat(compared).isGreaterThan(20_000);
  }

  /** Compares each language with Java, and returns how many exchanges there were. */
  private static int compare(String policy, List<Exchange> exchanges) throws IOException {
    List<JsonNode> expected = new ArrayList<>();
    try (JavaWrapper java = new JavaWrapper(policy)) {
      for (Exchange exchange : exchanges) {
        for (String response : exchange.responses) {
          expected.add(java.exchange(exchange.event, response));
        }
      }
    }
    for (Language language : languages) {
      List<JsonNode> results =
          language.interpreter.run("wrap", language.source(policy), Map.of("exchanges", exchanges));
      assertThat(results).hasSameSizeAs(expected);
      for (int i = 0; i < results.size(); i++) {
        JsonNode wanted = language.read.apply(expected.get(i).deepCopy());
        JsonNode result = language.read.apply(results.get(i));
        if (!result.equals(wanted)) {
          assertThat(result).as(describe(language, policy, exchanges, i)).isEqualTo(wanted);
        }
      }
    }
    return expected.size();
  }

  private static String describe(
      Language language, String policy, List<Exchange> exchanges, int index) {
    int rest = index;
    for (Exchange exchange : exchanges) {
      if (rest < exchange.responses.size()) {
        return "%s: policy %s%nevent %s%nhandler returns %s"
            .formatted(
                language.target.name(), policy, exchange.event, exchange.responses.get(rest));
      }
      rest -= exchange.responses.size();
    }
    throw new IndexOutOfBoundsException(index);
  }

  /** JavaScript has one kind of number, and writes 200.0 as 200. */
  private static JsonNode withWholeNumbers(JsonNode json) {
    if (json instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(withWholeNumbers(field.getValue())));
    } else if (json instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withWholeNumbers(array.get(i)));
      }
    } else if (json.isDouble() && json.doubleValue() == json.intValue()) {
      return IntNode.valueOf(json.intValue());
    }
    return json;
  }

  /** Where the body is the JSON of what was returned, Python writes spaces in it. */
  private static JsonNode withBodyRead(JsonNode result) {
    JsonNode response = result.path("response");
    if (response.at("/headers/Content-Type").asText().equals("application/json")
        && response.path("body").isTextual()) {
      try {
        JsonNode body = Cases.JSON.readTree(response.get("body").textValue());
        ((ObjectNode) response).set("body", body);
      } catch (JsonProcessingException invalid) {
        throw new IllegalStateException(result.toString(), invalid);
      }
    }
    return result;
  }
}
