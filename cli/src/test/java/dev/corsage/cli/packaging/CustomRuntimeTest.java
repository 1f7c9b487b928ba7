package dev.corsage.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the command of the bootstrap. */
class CustomRuntimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a$(touch pwned)b.jar",
        "a b.jar",
        "a:b.jar",
        "*.jar",
        "-cp.jar",
        ".jar",
        "a.jar\n",
        "a'.jar",
        "a\".jar",
        "a;b.jar",
        "a/b.jar",
        "../a.jar",
        "\u00e4.jar",
        "a.zip",
        ""
      })
  void aNameThatTheShellOrTheClassPathWouldReadIsRefused(String name) {
    assertThatThrownBy(() -> function(Map.of(name, Path.of("x.jar"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void jarsOfOursKeepTheirNamesAndOrder() {
    List<Path> jars =
        List.of(Path.of("x/corsage-core-0.1.0-SNAPSHOT.jar"), Path.of("y/a_b-1.2.3.jar"));
    Map<String, Path> named = CustomRuntime.Function.named(jars);
    assertThat(named.keySet()).containsExactly("corsage-core-0.1.0-SNAPSHOT.jar", "a_b-1.2.3.jar");
    assertThat(function(named).jars().values()).containsExactlyElementsOf(jars);
  }

  private static CustomRuntime.Function function(Map<String, Path> jars) {
    return new CustomRuntime.Function(jars, "Main", List.of(), "Handler", Map.of(), "java.base");
  }
}
