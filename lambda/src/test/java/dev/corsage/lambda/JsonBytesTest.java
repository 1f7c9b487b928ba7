package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of events beside a general one, which knows JSON as well and takes no short cuts. */
class JsonBytesTest {
  private static final String[] VALID = {
    "{}",
    " [ ] ",
    "{\"a\":1}",
    "[1,-0,0.5,1e9,-1.5E-7,12345678901234567890]",
    "[true,false,null]",
    "{\"a\":{\"b\":[{\"c\":\"d\"}]},\"e\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\"}",
    "{\"ö€🌹\":\"ö€🌹\",\"x\":[[],{}]}",
    "\"text\"",
    "\t\r\n5 ",
    "{\"\":\"\",\"a b\":\" \"}",
    "{\"body\":\"{\\\"a\\\":1}\",\"isBase64Encoded\":false}",
  };

  @Test
  void takesWhatJacksonTakes() {
    for (String json : VALID) {
      assertThat(isRead(bytes(json))).as(json).isTrue();
    }
  }

  /** Every byte changed, removed or added at every place: both must say the same. */
  @Test
  void agreesWithJacksonOnBrokenJson() {
    Random random = new Random(7);
    byte[] others = bytes("{}[]:,\"\\ 0-+.eEtrufalsn\n\u0000x");
    for (String json : VALID) {
      byte[] valid = bytes(json);
      for (int at = 0; at <= valid.length; at++) {
        for (byte other : others) {
          agree(spliced(valid, at, 0, other));
          if (at < valid.length) {
            agree(spliced(valid, at, 1, other));
          }
        }
        agree(spliced(valid, at, 1));
        agree(spliced(valid, at, valid.length - at));
        agree(spliced(valid, at, 1, (byte) (0x80 + random.nextInt(0x80))));
      }
    }
  }

  private static void agree(byte[] json) {
    assertThat(isRead(json)).as(new String(json, StandardCharsets.UTF_8)).isEqualTo(isJson(json));
  }

  private static byte[] spliced(byte[] json, int at, int removed, byte... added) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(json, 0, Math.min(at, json.length));
    spliced.writeBytes(added);
    int rest = Math.min(json.length, at + removed);
    spliced.write(json, rest, json.length - rest);
    return spliced.toByteArray();
  }

  private static boolean isRead(byte[] json) {
    try {
      JsonBytes reader = new JsonBytes(json);
      reader.skip();
      reader.end();
      return true;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static boolean isJson(byte[] json) {
    try (JsonParser parser = SharedJson.FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        return false;
      }
      do {
        if (parser.currentToken().isScalarValue()) {
          // Strings and numbers are read when they are asked for.
          parser.getText();
        }
      } while (parser.nextToken() != null);
      return !hasSeveralValues(json) && !looksLikeAnotherEncoding(json);
    } catch (IOException malformed) {
      return false;
    }
  }

  /** Jackson reads one value after the other; here there is one. */
  private static boolean hasSeveralValues(byte[] json) throws IOException {
    try (JsonParser parser = SharedJson.FACTORY.createParser(json)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() != null;
    }
  }

  /** Jackson finds out by zero bytes that it is UTF-16; here it is UTF-8. */
  private static boolean looksLikeAnotherEncoding(byte[] json) {
    for (byte b : json) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      textBlock =
          """
          {"a":"b"},             b
          {"\\u0061":"b"},       b
          {"x":1;"a":"b"},       !
          {"x":[1;2];"a":"b"},   !
          {"A":"b"},             -
          {"a":5},               -
          {"a":{"a":"b"}},       -
          {"a":"\\ud83c\\udf39\\n\\/"}, 🌹\\n/
          """)
  void readsTheStringOfAKey(String json, String expected) {
    // A semicolon stands for a comma, which the table uses itself.
    JsonBytes reader = new JsonBytes(bytes(json.replace(';', ',')));
    String found = null;
    reader.enterObject();
    while (reader.nextKey()) {
      if (reader.keyIs("a")) {
        found = reader.stringOrNull();
      } else {
        reader.skip();
      }
    }
    reader.end();
    assertThat(found == null ? "-" : found.replace("\n", "\\n"))
        .isEqualTo(expected.equals("!") ? "b" : expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"ORIGIN\":1}", "{\"Origin\":1}", "{\"\\u004frigin\":1}"})
  void keysAreComparedWithoutCase(String json) {
    JsonBytes reader = new JsonBytes(bytes(json));
    reader.enterObject();
    assertThat(reader.nextKey()).isTrue();
    assertThat(reader.keyIsIgnoringCase("origin")).isTrue();
    assertThat(reader.keyIsIgnoringCase("origim")).isFalse();
    assertThat(reader.keyIs("origin")).isFalse();
  }

  /** KELVIN SIGN is no k, though Unicode's case folding says so. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"\u212aey\":1}", "{\"\\u212aey\":1}"})
  void onlyAsciiLettersHaveCases(String json) {
    JsonBytes reader = new JsonBytes(bytes(json));
    reader.enterObject();
    assertThat(reader.nextKey()).isTrue();
    assertThat(reader.keyIsIgnoringCase("key")).isFalse();
  }

  @Test
  void nestingIsBounded() {
    assertThat(isRead(bytes("[".repeat(512) + "]".repeat(512)))).isTrue();
    for (String open : new String[] {"[", "{\"a\":"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new JsonBytes(bytes(open.repeat(3_000_000))).skip())
          .withMessageContaining("nested too deep");
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
