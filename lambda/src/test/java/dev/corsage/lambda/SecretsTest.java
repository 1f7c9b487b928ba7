package dev.corsage.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No password is in what is said of a policy, wherever it was put: a password in every reference,
 * in every variable, and in every key and value of a document.
 */
class SecretsTest {
  /** What a password is looked for by, for one that is cut at a character must not be printed. */
  private static final String HEAD = "q7Head";

  private static final String TAIL = "z9Tail";

  /** Everything that separates something in references, lists, URLs or JSON. */
  private static final List<String> BETWEEN =
      List.of(
          "", "@", "/", ",", "#", "?", "&", "\"", "'", "\\", " ", "%", "=", ":", ";", "\n", "{");

  /** What people write with a password in it: {@code {P}} is where it is. */
  private static final List<String> WRITTEN = lines("secret-references.txt");

  /** A document in which {@code §} is what was written, as the text of a JSON string. */
  private static final List<String> DOCUMENTS = lines("secret-documents.txt");

  private static List<String> lines(String resource) {
    try (InputStream in = SecretsTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Stream<String> passwords() {
    return BETWEEN.stream().map(between -> HEAD + between + TAIL);
  }

  private static List<String> written(String password) {
    return WRITTEN.stream().map(text -> text.replace("{P}", password)).toList();
  }

  private static void assertNoSecret(Map<String, String> environment) {
    assertNoSecret(environment, EnvironmentPolicy.problems(environment));
    try {
      EnvironmentPolicy.read(environment).close();
    } catch (InvalidPolicyException refused) {
      assertNoSecret(environment, refused.problems());
      assertThat(refused.getMessage()).as("%s", environment).doesNotContain(HEAD, TAIL);
    }
  }

  private static void assertNoSecret(Object from, List<Problem> problems) {
    for (Problem problem : problems) {
      // The parts, as --json prints them, and all of it as a log does.
      assertThat(
              String.join(
                  "\n",
                  problem.field(),
                  problem.value(),
                  problem.message(),
                  problem.fix(),
                  problem.toString()))
          .as("%s", from)
          .doesNotContain(HEAD, TAIL);
    }
  }

  @ParameterizedTest
  @MethodSource("passwords")
  void noVariableGivesAPasswordAway(String password) {
    List<String> names = new ArrayList<>(EnvironmentPolicy.variables());
    names.addAll(List.of("ALLOW_LISTS", "ALOWED_ORIGINS", "CORS_POLICYS", "CORSAGE_LOGS"));
    List<UnaryOperator<String>> places =
        List.of(
            text -> text,
            text -> "https://a.example, " + text,
            text -> text + " https://a.example");
    for (String text : written(password)) {
      for (String name : names) {
        for (UnaryOperator<String> place : places) {
          assertNoSecret(Map.of(name, place.apply(text)));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ALLOWED_ORIGINS", "https://a.example");
        environment.put(name, " " + text + "\n");
        assertNoSecret(environment);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("passwords")
  void noDocumentGivesAPasswordAway(String password) {
    for (String text : written(password)) {
      String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(text));
      for (String document : DOCUMENTS) {
        String json = document.replace("§", quoted);
        assertNoSecret(json, PolicyDocument.problems(json));
        assertNoSecret(Map.of("CORS_POLICY", json));
      }
    }
  }

  /** Here nothing shows that the value is one, but the name of the key. */
  @Test
  void theValueOfAKeyThatSpeaksOfASecretIsNotShown() {
    for (String key :
        List.of("password", "redisPassword", "authToken", "api_key", "clientSecret")) {
      for (String document :
          List.of(
              "{\"%s\": \"§\"}",
              "{\"allowList\": {\"store\": \"test:a\", \"%s\": \"§\"}}",
              "{\"refused\": {\"%s\": \"§\"}}",
              "{\"policies\": [{\"%s\": \"§\", \"policy\": {\"%s\": \"§\"}}]}")) {
        String json = document.replace("%s", key).replace("§", HEAD + TAIL);
        List<Problem> problems = PolicyDocument.problems(json);

        assertNoSecret(json, problems);
        assertThat(problems)
            .filteredOn(problem -> problem.code() == ConfigurationCode.UNKNOWN_KEY)
            .isNotEmpty()
            .allMatch(problem -> problem.field().endsWith(key) && problem.value().isEmpty());
      }
    }
  }

  /** Cases from the field, each an environment. */
  @Test
  void casesOfTheField() throws IOException {
    List<String> passwords = passwords().toList();
    for (String row : lines("secrets.ndjson")) {
      for (String password : passwords) {
        Map<String, String> environment = environment(row, password);
        List<Problem> problems = EnvironmentPolicy.problems(environment);

        assertThat(problems).as(row).isNotEmpty();
        assertNoSecret(environment);
      }
    }
  }

  private static Map<String, String> environment(String row, String password) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    try (JsonParser parser = SharedJson.FACTORY.createParser(row)) {
      parser.nextToken();
      assertThat(parser.nextFieldName()).isEqualTo("environment");
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        String value = parser.nextTextValue();
        boolean json = value.startsWith("{");
        environment.put(
            name,
            value.replace(
                "{P}",
                json
                    ? new String(JsonStringEncoder.getInstance().quoteAsString(password))
                    : password));
      }
    }
    return environment;
  }
}
