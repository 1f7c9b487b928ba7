package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "Origin                          | Origin",
        "Accept; Origin                  | Accept, Origin",
        "Accept,Origin ; Origin          | Accept, Origin",
        "origin; Origin                  | origin",
        "Accept-Encoding,, ,Accept; Origin | Accept-Encoding, Accept, Origin",
        "*; Origin                       | *",
        "Accept, *; Origin               | *",
        "' , '                           | none",
      })
  void merges(String lines, String merged) {
    assertThat(Vary.merge(List.of(lines.split(";", -1)))).isEqualTo(merged);
  }

  @Test
  void ofNoLinesThereIsNone() {
    assertThat(Vary.merge(List.of())).isNull();
  }
}
