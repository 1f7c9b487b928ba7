package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits of a well-formed origin, each one character on either side of it. */
class OriginLengthTest {
  private static final String LABEL_63 = "a".repeat(63);

  record Row(String name, String origin, boolean wellFormed) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> limits() {
    return List.of(
        new Row("label of 63", "https://" + LABEL_63 + ".example", true),
        new Row("label of 64", "https://a" + LABEL_63 + ".example", false),
        new Row("last label of 63", "https://example." + LABEL_63, true),
        new Row("last label of 64", "https://example.a" + LABEL_63, false),
        new Row("host of 253", "https://" + host(253), true),
        new Row("host of 254", "https://" + host(254), false),
        new Row("host of 253 and a dot", "https://" + host(253) + ".", true),
        new Row("host of 254 and a dot", "https://" + host(254) + ".", false),
        new Row("host of 253 and a port", "https://" + host(253) + ":65535", true),
        new Row("name of 253 in an app", "app://" + host(253), true),
        new Row("name of 254 in an app", "app://" + host(254), false),
        new Row("scheme of 64", "s".repeat(64) + "://host", true),
        new Row("scheme of 65", "s".repeat(65) + "://host", false),
        new Row("everything", "s".repeat(64) + "://" + host(253) + ".:65535", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void has(Row row) {
    assertThat(Origin.parse(row.origin).isPresent()).isEqualTo(row.wellFormed);
  }

  static Stream<String> hostile() {
    int size = 64 * 1024;
    return Stream.of("a", ".", ":", "[", "]", "-", "1", "/", "https://", "a.", "\u0000", "0x")
        .flatMap(
            part -> {
              String many = part.repeat(size / part.length());
              return Stream.of(many, "https://" + many, "https://[" + many + "]");
            });
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void sixtyFourKibibytesAreMalformed(String text) {
    assertThat(Origin.parse(text)).isEmpty();
  }

  @Test
  void sixtyFourKibibytesAreOnNoListButTheStar() {
    String hostile = "https://" + "a".repeat(64 * 1024) + ".example.com";

    assertThat(set("https://*.example.com").contains(hostile)).isFalse();
    assertThat(set("*").contains(hostile)).isTrue();
  }

  private static OriginSet set(String pattern) {
    return new OriginSet(List.of(OriginPattern.parse(pattern)));
  }

  /** Returns a host of labels of 63 characters, the last one shorter. */
  private static String host(int length) {
    String labels = (LABEL_63 + ".").repeat(4);
    return labels.substring(0, length - 1) + "a";
  }
}
