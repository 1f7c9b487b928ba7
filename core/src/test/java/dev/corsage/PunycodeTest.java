package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
  /** The alphabets of the labels below, each by its first letter and its size. */
  private static final int[][] ALPHABETS = {
    {'a', 26}, {0x3b1, 17}, {0x430, 32}, {0x4e00, 5000}, {0x20000, 1000}
  };

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "xn--bcher-kva, bücher",
    "xn--tda, ü",
    "xn--a-eha, aü",
    "xn--a--yka, a-ü",
    "xn--wgv71a, 日本",
    "xn--hb9b, U+D7FF before the surrogates",
    "xn--0y0c, U+E000 behind them",
    "xn--dn32g, U+10FFFF"
  })
  void decodes(String label, String meaning) {
    assertThat(Punycode.decodes(label)).as(meaning).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "xn--, nothing encoded",
    "xn--a-, nothing behind the delimiter",
    "xn--abc-, nothing behind the delimiter",
    "xn--z, number without an end",
    "xn--bcher-kv, number without an end",
    "xn--bcher-k_a, no digit",
    "xn--ü, no digit",
    "xn--A, upper case",
    "xn--ib9b, U+D800 is a surrogate",
    "xn--zy0c, U+DFFF is a surrogate",
    "xn--en32g, U+110000 is no code point",
    "xn--w416146o, far beyond Unicode",
    "xn--x416146o, number above 31 bits",
    "xn--99999999999999999999, number above 63 bits"
  })
  void doesNotDecode(String label, String why) {
    assertThat(Punycode.decodes(label)).as(why).isFalse();
  }

  /** An encoder written by others (the JDK's) is the oracle. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void decodesWhatTheJdkEncodes(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 3000; n++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(8); length > 0; length--) {
        int[] alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
        name.appendCodePoint(alphabet[0] + random.nextInt(alphabet[1]));
      }
      String label = IDN.toASCII(name.toString(), IDN.ALLOW_UNASSIGNED);
      if (label.startsWith(Punycode.PREFIX)) {
        assertThat(Punycode.decodes(label)).as(name + " " + label).isTrue();
      }
    }
  }

  /** Whatever the JDK can decode must decode here; it is stricter, so not the other way round. */
  @Test
  void decodesWhatTheJdkDecodes() {
    Random random = new Random(4);
    String digits = "abcdefghijklmnopqrstuvwxyz0123456789-";
    int decoded = 0;
    for (int n = 0; n < 20_000; n++) {
      StringBuilder label = new StringBuilder(Punycode.PREFIX);
      for (int length = 1 + random.nextInt(6); length > 0; length--) {
        label.append(digits.charAt(random.nextInt(digits.length())));
      }
      String text = label.toString();
      if (!IDN.toUnicode(text, IDN.ALLOW_UNASSIGNED).equals(text)) {
        decoded++;
        assertThat(Punycode.decodes(text)).as(text).isTrue();
      }
    }
    assertThat(decoded).isGreaterThan(500);
  }
}
