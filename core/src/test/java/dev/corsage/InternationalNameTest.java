package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as Chromium, Firefox and Safari write them in location.origin. */
class InternationalNameTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "bücher.example, xn--bcher-kva.example",
    "Bücher.EXAMPLE, xn--bcher-kva.example",
    "faß.de, xn--fa-hia.de",
    "STRAßE.de, xn--strae-oqa.de",
    "βόλος.com, xn--nxasmm1c.com",
    "日本語.jp, xn--wgv71a119e.jp",
    "例え。テスト, xn--r8jz45g.xn--zckzah",
    "ｅｘａｍｐｌｅ.com, example.com",
    "*.bücher.example, *.xn--bcher-kva.example",
    "app.example.com, app.example.com"
  })
  void isWrittenAsBrowsersDo(String name, String ascii) {
    assertThat(InternationalName.toAscii(name)).isEqualTo(ascii);
  }

  /** A wrong name would be somebody else's. */
  @ParameterizedTest
  @ValueSource(strings = {"STRAẞE.de", "a\u200db.example", "\ud83d\ude00.example"})
  void whatIsNotCertainIsLeftAsItIs(String name) {
    assertThat(InternationalName.toAscii(name)).isEqualTo(name);
  }
}
