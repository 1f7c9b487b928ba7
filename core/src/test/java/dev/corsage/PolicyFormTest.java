package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFormTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          https:\\/\\/([a-z0-9-]+\\.)*example\\.com(:\\d+)?                       ; true
          https:\\/\\/(www\\.)?[a-z0-9-]+\\.example\\.com                         ; true
          https:\\/\\/(dev|d[a-z]v|test)\\.example\\.com                          ; true
          https:\\/\\/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.example\\.com          ; true
          https:\\/\\/(a|b|ab){1,3}\\.example\\.com                               ; true
          https:\\/\\/.*\\.example\\.com                                          ; true
          https:\\/\\/(a+)+\\.example\\.com                                       ; false
          https:\\/\\/(a|a)*\\.example\\.com                                      ; false
          https:\\/\\/(a|[a-z])*\\.example\\.com                                  ; false
          https:\\/\\/([a-z]*)*\\.example\\.com                                   ; false
          https:\\/\\/([a-z]+-?)+\\.example\\.com                                 ; false
          https:\\/\\/.*-.*\\.example\\.com                                       ; false
          https:\\/\\/[a-z]*[a-z]*[a-z]*\\.example\\.com                          ; false
          https:\\/\\/(a?){30}a{30}\\.example\\.com                               ; false
          https:\\/\\/(a?)*\\.example\\.com                                       ; false
          """)
  void tellsWhatABacktrackingEngineChokesOn(String expression, boolean linear) {
    assertThat(BacktrackingCost.isLinear(expression)).isEqualTo(linear);
  }

  @Test
  void sortsTheEntries() {
    PolicyForm form =
        form(
            "https://example.com",
            "https://*.example.com",
            "http://localhost:*",
            "https://qa-*.example.com:8443");

    assertThat(form.exactOrigins()).containsExactly("https://example.com");
    assertThat(form.suffixes())
        .extracting(PolicyForm.Suffix::scheme, PolicyForm.Suffix::host, PolicyForm.Suffix::port)
        .containsExactly(
            tuple("https", ".example.com", PolicyForm.NO_PORT),
            tuple("http", "localhost", PolicyForm.ANY_PORT));
    assertThat(form.expressions())
        .extracting(PolicyForm.Expression::text)
        .containsExactly("https://qa-(?:[0-9a-z-])+[.]example[.]com:8443");
    assertThat(form.expressionAutomaton().matches("https://qa-1.example.com:8443")).isTrue();
    assertThat(form.expressionAutomaton().matches("https://example.com")).isFalse();
    assertThat(form.without(List.of())).isSameAs(form);
    assertThat(form.without(form.entries().subList(0, 1)).exactOrigins()).isEmpty();
  }

  @Test
  void hasTheHeadersOfThePolicy() {
    PolicyForm form =
        PolicyForm.of(
            CorsPolicy.builder()
                .origins("https://example.com")
                .methods("PUT")
                .requestHeaders("X-A")
                .exposedHeaders("ETag")
                .maxAgeSeconds(-1)
                .settings(path -> path));

    assertThat(form.preflightHeaders())
        .containsExactly(
            Map.entry("Access-Control-Allow-Methods", "PUT"),
            Map.entry("Access-Control-Allow-Headers", "x-a"),
            Map.entry("Access-Control-Max-Age", "0"),
            Map.entry(
                "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"));
    assertThat(form.actualHeaders()).containsKeys("Access-Control-Expose-Headers", "Vary");
    assertThat(form.refusedActualHeaders()).containsExactly(Map.entry("Vary", "Origin"));
  }

  @Test
  void refusesWhatDoesNotBuild() {
    assertThatThrownBy(() -> form("https://example.com/"))
        .isInstanceOf(InvalidPolicyException.class);
  }

  @Test
  void givesUpWhereATableWouldBeTooLarge() {
    // To tell whether the fourteenth character from the end is an a takes 2^14 states.
    assertThat(AutomatonCompiler.compile(List.of("https:\\/\\/[a-z]*a[a-z]{16}\\.test"))).isNull();
  }

  @Test
  void aThousandExpressionsMakeOneTable() {
    List<String> expressions =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "https:\\/\\/pr-[0-9]+\\.site-" + i + "\\.example\\.com")
            .toList();
    OriginAutomaton automaton = AutomatonCompiler.compile(expressions);

    assertThat(automaton.states()).isLessThan(3_000);
    assertThat(automaton.matches("https://pr-7.site-999.example.com")).isTrue();
    assertThat(automaton.matches("https://pr-7.site-1000.example.com")).isFalse();
  }

  private static PolicyForm form(String... origins) {
    return PolicyForm.of(CorsPolicy.builder().origins(origins).settings(path -> path));
  }
}
