package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Labels as the JDK encodes them, and their neighbours. */
class PunycodePropertyTest {

  @Property(tries = 2_000)
  void whatTheJdkEncodesDecodes(@ForAll("words") String word) {
    String label = encoded(word);
    Assume.that(label.startsWith(Punycode.PREFIX));

    assertThat(Punycode.decodes(label)).isTrue();
    assertThat(OriginPattern.parse("https://" + label + ".test")).isNotNull();
  }

  @Property(tries = 2_000)
  void encodesAsTheJdkDoes(@ForAll("words") String word) {
    String label = encoded(word);
    Assume.that(label.startsWith(Punycode.PREFIX));

    assertThat(Punycode.PREFIX + Punycode.encode(IDN.toUnicode(label))).isEqualTo(label);
  }

  /** The JDK leaves as it is what it cannot decode, or would encode otherwise. */
  @Property(tries = 5_000)
  void whatTheJdkDecodesDecodes(@ForAll("labels") String label) {
    boolean decodable = !IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED).equals(label);

    assertThat(Punycode.decodes(label)).isIn(true, decodable);
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings()
        .withChars("ab-1\u00e4\u00f6\u00e9\u00e6\u03b1\u03c9\u0436\u044f\u05d0\u4e2d\u6587\u3042")
        .ofMinLength(1)
        .ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> labels() {
    Arbitrary<String> tails =
        Arbitraries.strings().withChars("abkvz019-").ofMinLength(1).ofMaxLength(8);
    return Arbitraries.oneOf(tails, words().map(word -> encoded(word).replaceFirst("^xn--", "")))
        .map(tail -> Punycode.PREFIX + tail);
  }

  private static String encoded(String word) {
    try {
      return IDN.toASCII(word, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notConvertible) {
      return "";
    }
  }
}
