package dev.corsage.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveSizeTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "0, none",
        "47185919, none",
        "47185920, 45.0 MB are near the 50 MB",
        "52428800, 50.0 MB are near the 50 MB",
        "52533658, 50.1 MB are more than the 50 MB"
      })
  void isComparedWithWhatLambdaTakes(long bytes, String warning) {
    String said = ArchiveSize.warning(bytes).orElse("none");
    assertThat(said).startsWith(warning == null ? "none" : warning);
  }
}
