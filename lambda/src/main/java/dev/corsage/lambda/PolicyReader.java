package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.CorsPolicy;
import dev.corsage.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Reads the JSON object of one policy into a builder; what is wrong is reported to it. */
final class PolicyReader {
  private static final Set<String> KEYS =
      Set.of(
          "origins",
          "allowList",
          "methods",
          "requestHeaders",
          "exposedHeaders",
          "credentials",
          "maxAgeSeconds",
          "preflightStatus",
          "refused",
          "blockRefusedOrigins",
          "tolerateInsecureOrigins",
          "toleratePublicSuffixes",
          "tolerateNullOrigin",
          "privateNetwork");

  private final JsonParser parser;
  private final Map<String, String> environment;
  private final CorsPolicy.Builder policy = CorsPolicy.builder();

  PolicyReader(JsonParser parser, Map<String, String> environment) {
    this.parser = parser;
    this.environment = environment;
  }

  CorsPolicy.Builder policy() {
    return policy;
  }

  /** Reads the object that the parser is at the beginning of. */
  void readObject() throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      readField(key);
    }
  }

  /** Reads the value that the parser is at. */
  void readField(String key) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL && KEYS.contains(key)) {
      return;
    }
    switch (key) {
      case "origins" -> readOrigins();
      case "allowList" -> new AllowListReader(policy, environment).read(parser, this);
      case "methods" -> readStrings(key, policy::methods);
      case "requestHeaders" -> readStrings(key, policy::requestHeaders);
      case "exposedHeaders" -> readStrings(key, policy::exposedHeaders);
      case "credentials" -> readBoolean(key, policy::credentials);
      case "maxAgeSeconds" ->
          readInteger(key, "MAX_AGE_TYPE", "MAX_AGE_RANGE", policy::maxAgeSeconds);
      case "preflightStatus" ->
          readInteger(key, "PREFLIGHT_STATUS", "PREFLIGHT_STATUS", policy::preflightStatus);
      case "refused" -> readRefused();
      case "blockRefusedOrigins" -> readBoolean(key, policy::blockRefusedOrigins);
      case "tolerateInsecureOrigins" -> readBoolean(key, policy::tolerateInsecureOrigins);
      case "toleratePublicSuffixes" -> readBoolean(key, policy::toleratePublicSuffixes);
      case "tolerateNullOrigin" -> readBoolean(key, policy::tolerateNullOrigin);
      case "privateNetwork" -> readBoolean(key, this::reportPrivateNetwork);
      default -> {
        report(
            "UNKNOWN_KEY",
            key,
            "There is no such key.",
            "Look for a misspelling; the keys are in the documentation of the policy document.");
        parser.skipChildren();
      }
    }
  }

  /** Other engines have this key; whoever brings it along should hear that it does nothing. */
  private void reportPrivateNetwork(boolean wanted) {
    if (wanted) {
      policy.problem(
          new Problem(
              "PRIVATE_NETWORK_WITHDRAWN",
              Problem.Severity.WARNING,
              "privateNetwork",
              "true",
              "Private Network Access was withdrawn; browsers ask the user now, not the server.",
              "Remove the key."));
    }
  }

  private void readOrigins() throws IOException {
    if (!isArray("origins")) {
      return;
    }
    List<String> origins = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        origins.add(parser.getText());
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        readRegex(origins);
      } else {
        wrongType("FIELD_TYPE", "origins", "a list of strings and {\"regex\": \"…\"} objects");
      }
    }
    policy.origins(origins);
  }

  private void readRegex(List<String> origins) throws IOException {
    boolean found = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (!key.equals("regex")) {
        report("UNKNOWN_KEY", "origins", "An entry has the key regex and no other.", "Remove it.");
        parser.skipChildren();
      } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
        origins.add("/" + parser.getText() + "/");
      } else {
        wrongType("FIELD_TYPE", "origins", "a string for the key regex");
      }
      found = true;
    }
    if (!found) {
      report("FIELD_TYPE", "origins", "An entry has no key regex.", "Write {\"regex\": \"…\"}.");
    }
  }

  private void readRefused() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      wrongType("FIELD_TYPE", "refused", "an object such as {\"status\": 403}");
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
      if (isNull && (key.equals("status") || key.equals("origin"))) {
        continue;
      }
      if (key.equals("status")) {
        readInteger("refused.status", "REFUSED_STATUS", "REFUSED_STATUS", policy::refusedStatus);
      } else if (key.equals("origin") && parser.currentToken() == JsonToken.VALUE_STRING) {
        policy.refusedOrigin(parser.getText());
      } else if (key.equals("origin")) {
        wrongType("FIELD_TYPE", "refused.origin", "a string");
      } else {
        report("UNKNOWN_KEY", "refused." + key, "There is no such key.", "Write status or origin.");
        parser.skipChildren();
      }
    }
  }

  private void readStrings(String field, Consumer<List<String>> setter) throws IOException {
    if (!isArray(field)) {
      return;
    }
    List<String> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        values.add(parser.getText());
      } else {
        wrongType("FIELD_TYPE", field, "a list of strings");
      }
    }
    setter.accept(values);
  }

  private boolean isArray(String field) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return true;
    }
    wrongType("FIELD_TYPE", field, "a list");
    return false;
  }

  private void readBoolean(String field, Consumer<Boolean> setter) throws IOException {
    if (parser.currentToken().isBoolean()) {
      setter.accept(parser.getBooleanValue());
    } else {
      wrongType("FIELD_TYPE", field, "true or false");
    }
  }

  void readInteger(String field, String typeCode, String rangeCode, IntConsumer setter)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      wrongType(typeCode, field, "a whole number");
    } else if (parser.getNumberType() == JsonParser.NumberType.INT) {
      setter.accept(parser.getIntValue());
    } else {
      wrongType(rangeCode, field, "a smaller number");
    }
  }

  void wrongType(String code, String field, String wanted) throws IOException {
    report(code, field, "Expected " + wanted + ".", "Write " + wanted + ".");
    parser.skipChildren();
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  void report(String code, String field, String message, String fix) throws IOException {
    boolean scalar = parser.currentToken() != null && parser.currentToken().isScalarValue();
    String value = scalar ? Secrets.removed(parser.getText()) : "";
    policy.problem(new Problem(code, Problem.Severity.ERROR, field, value, message, fix));
  }
}
