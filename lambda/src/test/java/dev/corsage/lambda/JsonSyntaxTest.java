package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {
  private static final int LONGEST = 3 * Long.BYTES + 1;

  /** Bytes at the edges of what is told apart, and one in their midst. */
  @ParameterizedTest
  @ValueSource(bytes = {' ', '!', '#', 'a', '[', ']', '~', 0x7f})
  void plainCharactersEndAtTheFirstOtherByte(byte filling) {
    for (int length = 0; length <= LONGEST; length++) {
      byte[] text = new byte[length];
      Arrays.fill(text, filling);
      assertThat(JsonSyntax.plain(text, 0, length)).isEqualTo(length);
      for (int at = 0; at < length; at++) {
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
          text[at] = (byte) b;
          assertThat(JsonSyntax.plain(text, 0, length))
              .as("%s among %s, %s at %s", length, filling, b, at)
              .isEqualTo(isPlain(b) ? length : at);
        }
        text[at] = filling;
      }
    }
  }

  private static boolean isPlain(int b) {
    return b >= 0x20 && b != '"' && b != '\\';
  }

  /** What is before the first position and behind the limit is not looked at. */
  @Test
  void othersAroundThemAreNotRead() {
    byte[] text = new byte[LONGEST];
    for (int start = 0; start < LONGEST; start++) {
      for (int limit = start; limit <= LONGEST; limit++) {
        Arrays.fill(text, (byte) '"');
        Arrays.fill(text, start, limit, (byte) 'a');
        assertThat(JsonSyntax.plain(text, start, limit)).isEqualTo(limit);
      }
    }
  }

  /** A borrow of one byte goes into the next one: that must not make it another character. */
  @Test
  void twoOthersEndAtTheFirst() {
    byte[] text = new byte[2 * Long.BYTES];
    for (int first = 0; first < text.length; first++) {
      for (int second = first + 1; second < text.length; second++) {
        for (byte other : new byte[] {0, '\n', '"', '\\', -1, -128}) {
          Arrays.fill(text, (byte) ' ');
          text[first] = other;
          text[second] = '"';
          assertThat(JsonSyntax.plain(text, 0, text.length)).isEqualTo(first);
        }
      }
    }
  }
}
