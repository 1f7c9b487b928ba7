package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cases of the differential tests are worth trying: of every kind there are some. */
@Tag("once")
class CasesTest {
  @Test
  void everyKindOfDecisionIsThere() throws IOException {
    List<Case> cases = Cases.generated(1, 300);
    List<Map<String, Object>> decisions =
        cases.stream().flatMap(made -> made.expected().stream()).toList();

    assertThat(cases).hasSizeGreaterThan(60);
    assertThat(decisions)
        .extracting(decision -> decision.get("reason"))
        .contains(
            "no-origin",
            "same-origin",
            "allowed",
            "origin-not-allowed",
            "origin-malformed",
            "origin-null",
            "method-not-allowed",
            "header-not-allowed");
  }
}
