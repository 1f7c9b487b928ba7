package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The module for Python decides as the engine does, run by Python. */
@Tag("once")
class PythonTest {
  private static final Target TARGET = new Python();

  private static Interpreter python;

  @BeforeAll
  static void start() throws IOException {
    python = Interpreter.python();
  }

  @AfterAll
  static void end() throws IOException {
    python.close();
  }

  private static Comparison compare(List<Case> cases) throws Exception {
    Comparison comparison = new Comparison(TARGET, PythonTest::decide).compare(cases);
    assertThat(comparison.refused()).isEmpty();
    return comparison;
  }

  private static List<JsonNode> decide(Generated generated, Case given) throws IOException {
    return python.decide(code(generated), given.requests());
  }

  private static String code(Generated generated) {
    assertThat(generated.exact()).isTrue();
    return generated.files().get(0).content();
  }

  @Test
  void decidesAsTheEngine() throws Exception {
    Comparison generated = compare(Cases.generated(1, 1_000));
    assertThat(generated.policies()).isGreaterThan(200);
    assertThat(generated.requests()).isGreaterThan(12_000);

    Comparison corpora = compare(Cases.corpora());
    System.out.printf(
        "python: %d × %d generated, %d × %d of the corpora%n",
        generated.policies(), generated.requests(), corpora.policies(), corpora.requests());
  }

  /** Names of methods and headers may have signs of every language; they stay data. */
  @Test
  void theCodeIsTheSameForEveryPolicy() throws IOException {
    String first = null;
    for (Case made : Cases.generated(3, 300)) {
      String code = code(made.generate(TARGET)).replaceFirst("# Policy SHA-256: .*", "");
      int start = code.indexOf("r'''{");
      int end = code.indexOf("}'''", start);
      String data = code.substring(start + 4, end + 1);
      String rest = code.substring(0, start) + code.substring(end + 4);
      first = first == null ? rest : first;

      assertThat(data).matches("[ -~\\n]+").doesNotContain("'", "`", "$", "#");
      assertThat(rest).isEqualTo(first);
      assertThat(code(made.generate(TARGET))).isEqualTo(code(made.generate(TARGET)));
    }
  }

  @Test
  void tenThousandOriginsAreLookedUpByHash() throws Exception {
    List<String> origins =
        IntStream.range(0, 10_000).mapToObj(i -> "https://s" + i + ".test").toList();
    String document = "{\"origins\":[\"" + String.join("\",\"", origins) + "\"]}";
    List<Case.Request> requests =
        Stream.of("https://s0.test", "https://s9999.test", "https://s10000.test")
            .map(origin -> new Case.Request("GET", Map.of("Origin", List.of(origin))))
            .toList();

    Case made = new Case("many", document, requests);
    long start = System.nanoTime();
    made.generate(TARGET);
    System.out.printf("python: 10,000 origins in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    compare(List.of(made));
  }
}
