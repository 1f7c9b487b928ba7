package dev.corsage.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

class YamlPolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          origins: [https://a.example]            | {"origins": ["https://a.example"]}
          origins: ["https://a.example", 'b']   | {"origins": ["https://a.example", "b"]}
          maxAgeSeconds: 600                      | {"maxAgeSeconds": 600}
          maxAgeSeconds: 1e3                      | {"maxAgeSeconds": 1e3}
          maxAgeSeconds: "600"                    | {"maxAgeSeconds": "600"}
          maxAgeSeconds: 0x10                     | {"maxAgeSeconds": "0x10"}
          maxAgeSeconds: .inf                     | {"maxAgeSeconds": ".inf"}
          maxAgeSeconds:                          | {"maxAgeSeconds": null}
          credentials: true                       | {"credentials": true}
          credentials: True                       | {"credentials": "True"}
          credentials: yes                        | {"credentials": "yes"}
          credentials: "true"                     | {"credentials": "true"}
          credentials: !!bool yes                 | {"credentials": "yes"}
          a: !!bool true,"b":1                    | {"a": "true,\\"b\\":1"}
          origins: ["\\u0041\\t\\\\"]            | {"origins": ["A\\t\\\\"]}
          {"origins": [{"regex": "a"}]}           | {"origins": [{"regex": "a"}]}
          """)
  void saysTheSameInJson(String yaml, String json) throws IOException {
    assertThat(JSON.readTree(YamlPolicy.toJson(yaml))).isEqualTo(JSON.readTree(json));
  }

  @Test
  void keepsLinesAndColumns() {
    String yaml = "# a comment\nmaxAgeSeconds: 600\n\norigins:\n  - https://a.example\n";
    List<String> lines = YamlPolicy.toJson(yaml).lines().toList();

    assertThat(lines.get(1)).contains("\"maxAgeSeconds\":");
    assertThat(lines.get(3)).contains("\"origins\":");
    assertThat(lines.get(4)).startsWith("    \"https://a.example\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'origins: [', this is not YAML: line 1",
    "'a: b: c', this is not YAML: line 1",
    "'? [a]\n: b', this is not YAML: line 1: Non scalar key",
    "'a: 1\nb: !c%20 d', this is not YAML: line 2: Tag must not contain",
    "'a: 1\nb: !%ff d', this is not YAML: line 2",
    "'a: 1\nb: &c[d e', this is not YAML: line 2",
    "'a: !<> b', this is not YAML: line 1",
    "'a: &a [*a]', too deep",
  })
  void saysWhatIsNotADocument(String yaml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlPolicy.toJson(yaml.replace("\\n", "\n")))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 100_000})
  void isNotKilledByDepth(int depth) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlPolicy.toJson("[".repeat(depth) + "]".repeat(depth)))
        .withMessageContaining("too deep");
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(text -> (Object) text),
            Arbitraries.integers().map(number -> (Object) number),
            Arbitraries.of(true, false).map(value -> (Object) value));
    return Arbitraries.recursive(
        () -> scalars,
        value ->
            Arbitraries.oneOf(
                value.list().ofMaxSize(3).map(list -> (Object) list),
                Arbitraries.maps(Arbitraries.strings().alpha().ofLength(5), value)
                    .ofMaxSize(3)
                    .map(map -> (Object) map)),
        0,
        3);
  }

  /** SnakeYAML writes it, Jackson reads what came of it. */
  @Property(tries = 300)
  void readsBackWhatWasWritten(@ForAll("values") Object value) throws IOException {
    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(Map.of("value", value));
    assertThat(JSON.readValue(YamlPolicy.toJson(yaml), Map.class).get("value"))
        .isEqualTo(JSON.convertValue(value, Object.class));
  }
}
