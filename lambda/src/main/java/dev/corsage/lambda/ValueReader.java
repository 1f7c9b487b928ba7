package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the value that a JSON parser is at into settings. A value that cannot be read is skipped;
 * the settings then say why.
 */
record ValueReader(JsonParser parser, PolicySettings.Builder settings) {
  JsonToken token() {
    return parser.currentToken();
  }

  boolean isNull() {
    return token() == JsonToken.VALUE_NULL;
  }

  void readBoolean(Key<Boolean> key) throws IOException {
    if (token().isBoolean()) {
      settings.set(key, parser.getBooleanValue());
    } else {
      wrongType(key, "true or false");
    }
  }

  void readString(Key<String> key) throws IOException {
    if (token() == JsonToken.VALUE_STRING) {
      settings.set(key, parser.getText());
    } else {
      wrongType(key, "a string");
    }
  }

  /** Reads a number; the codes are those of another type, and of a number that is far too large. */
  void readInteger(Key<Integer> key, ProblemCode type, ProblemCode range) throws IOException {
    Integer number = integer(settings.field(key), type, range);
    if (number == null) {
      settings.unreadable(key);
    } else {
      settings.set(key, number);
    }
  }

  /** Returns the number, or null if it cannot be read: then that is reported. */
  Integer integer(String field, ProblemCode type, ProblemCode range) throws IOException {
    if (token() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() == JsonParser.NumberType.INT) {
      return parser.getIntValue();
    }
    if (token() == JsonToken.VALUE_NUMBER_INT) {
      report(range, field, range.meaning(), range.remedy());
    } else {
      wrongType(field, type, "a whole number");
    }
    return null;
  }

  void readStrings(Key<List<String>> key) throws IOException {
    if (token() != JsonToken.START_ARRAY) {
      wrongType(key, "a list");
      return;
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (token() == JsonToken.VALUE_STRING) {
        values.add(parser.getText());
      } else {
        wrongType(settings.field(key) + "[" + i + "]", "a string");
      }
    }
    settings.set(key, values);
  }

  void wrongType(Key<?> key, String wanted) throws IOException {
    settings.unreadable(key);
    wrongType(settings.field(key), wanted);
  }

  void wrongType(String field, String wanted) throws IOException {
    wrongType(field, ConfigurationCode.FIELD_TYPE, wanted);
  }

  void wrongType(String field, ProblemCode code, String wanted) throws IOException {
    report(code, field, "Expected " + wanted + ".", "Write " + wanted + ".");
  }

  /** Reports a key that does not exist. Its value is not shown if the name speaks of a secret. */
  void unknownKey(String field, String fix) throws IOException {
    settings.problem(
        Problem.of(
            ConfigurationCode.UNKNOWN_KEY,
            field,
            Misspellings.isOfSecret(field) ? "" : value(),
            ConfigurationCode.UNKNOWN_KEY.meaning(),
            fix));
    parser.skipChildren();
  }

  /** Reports a value that cannot be used, and skips it. */
  void report(ProblemCode code, String field, String message, String fix) throws IOException {
    String value = value();
    settings.problem(
        Problem.misplaced(field, value)
            .orElseGet(() -> Problem.of(code, field, value, message, fix)));
    parser.skipChildren();
  }

  /** Returns the text of a value that has one; empty for objects and lists. */
  private String value() throws IOException {
    return token() != null && token().isScalarValue() ? parser.getText() : "";
  }
}
