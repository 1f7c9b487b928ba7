package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshSuffixesTest {
  private static final String LIST =
      """
      // Some licence
      // VERSION: 2026-12-24_07-00-00_UTC
      // COMMIT: 0
      // ===BEGIN ICANN DOMAINS===

      // ck : https://example.org/
      *.ck
      !www.ck
      com
      公司.cn
      Straße.test\tand a remark
      // ===END ICANN DOMAINS===
      // ===BEGIN PRIVATE DOMAINS===
      // GitHub
      github.io
      // ===END PRIVATE DOMAINS===
      """;

  @Test
  void makesTheResource() {
    assertThat(RefreshSuffixes.refresh(LIST, "").lines())
        .satisfies(lines -> assertThat(lines.get(0)).contains("as of 2026-12-24;"))
        .filteredOn(line -> !line.startsWith("#"))
        .containsExactly("ck.*", "ck.www!", "cn.xn--55qx5d", "com", "io.github", "test.strasse");
  }

  @Test
  void madeAgainItIsTheSame() {
    String once = RefreshSuffixes.refresh(LIST, "");
    assertThat(RefreshSuffixes.refresh(LIST, once)).isEqualTo(once);
  }

  @ParameterizedTest
  @CsvSource({
    "// VERSION, // VERSI, there is no line",
    "// ===END PRIVATE, // ===E, is missing",
    "// ===BEGIN ICANN, // ===B, is missing",
    "github.io, git*.io, is no rule",
    "github.io, !, is no rule",
  })
  void refusesWhatIsNotTheList(String part, String broken, String message) {
    assertThatThrownBy(() -> RefreshSuffixes.refresh(LIST.replace(part, broken), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** Half a download must not make a suffix of half the world a name. */
  @Test
  void refusesMuchLessThanThereWas() throws IOException {
    String shipped;
    try (InputStream in = PublicSuffixes.class.getResourceAsStream("public-suffixes.txt")) {
      shipped = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
    assertThatThrownBy(() -> RefreshSuffixes.refresh(LIST, shipped))
        .hasMessageContaining("6 rules where there were ");
    assertThat(shipped).startsWith(RefreshSuffixes.refresh(LIST, "").substring(0, 76));
  }
}
