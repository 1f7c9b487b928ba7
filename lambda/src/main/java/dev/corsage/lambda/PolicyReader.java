package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.PolicyCode;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the JSON object of one policy into settings. */
final class PolicyReader {
  private static final List<String> KEYS =
      List.of(
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
          "timingAllowOrigin",
          "resourcePolicy",
          "tolerateInsecureOrigins",
          "toleratePublicSuffixes",
          "tolerateNullOrigin",
          "privateNetwork");

  private final ValueReader values;
  private final JsonParser parser;
  private final PolicySettings.Builder settings;
  private final Map<String, String> environment;

  PolicyReader(ValueReader values, Map<String, String> environment) {
    this.values = values;
    parser = values.parser();
    settings = values.settings();
    this.environment = environment;
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
    if (values.isNull() && KEYS.contains(key)) {
      return;
    }
    switch (key) {
      case "origins" -> readOrigins();
      case "allowList" -> new AllowListReader(values, environment).read();
      case "methods" -> values.readStrings(Key.METHODS);
      case "requestHeaders" -> values.readStrings(Key.REQUEST_HEADERS);
      case "exposedHeaders" -> values.readStrings(Key.EXPOSED_HEADERS);
      case "credentials" -> values.readBoolean(Key.CREDENTIALS);
      case "maxAgeSeconds" ->
          values.readInteger(
              Key.MAX_AGE_SECONDS, PolicyCode.MAX_AGE_TYPE, PolicyCode.MAX_AGE_RANGE);
      case "preflightStatus" ->
          values.readInteger(
              Key.PREFLIGHT_STATUS, PolicyCode.PREFLIGHT_STATUS, PolicyCode.PREFLIGHT_STATUS);
      case "refused" -> readRefused();
      case "blockRefusedOrigins" -> values.readBoolean(Key.BLOCK_REFUSED_ORIGINS);
      case "timingAllowOrigin" -> values.readBoolean(Key.TIMING_ALLOW_ORIGIN);
      case "resourcePolicy" -> values.readString(Key.RESOURCE_POLICY);
      case "tolerateInsecureOrigins" -> values.readBoolean(Key.TOLERATE_INSECURE_ORIGINS);
      case "toleratePublicSuffixes" -> values.readBoolean(Key.TOLERATE_PUBLIC_SUFFIXES);
      case "tolerateNullOrigin" -> values.readBoolean(Key.TOLERATE_NULL_ORIGIN);
      case "privateNetwork" -> readPrivateNetwork();
      default -> values.unknownKey(field(Secrets.masked(key)), Misspellings.remedy(key, KEYS));
    }
  }

  private String field(String key) {
    return settings.field(key);
  }

  /**
   * Other engines have this key; authors who know it from there should learn that it does nothing.
   */
  private void readPrivateNetwork() throws IOException {
    String field = field("privateNetwork");
    if (!values.token().isBoolean()) {
      values.wrongType(field, "true or false");
    } else if (parser.getBooleanValue()) {
      settings.problem(Problem.of(ConfigurationCode.PRIVATE_NETWORK_WITHDRAWN, field, "true"));
    }
  }

  private void readOrigins() throws IOException {
    if (values.token() != JsonToken.START_ARRAY) {
      values.wrongType(Key.ORIGINS, "a list");
      return;
    }
    List<String> origins = new ArrayList<>();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      String field = settings.field(Key.ORIGINS) + "[" + i + "]";
      if (values.token() == JsonToken.VALUE_STRING) {
        origins.add(parser.getText());
      } else if (values.token() == JsonToken.START_OBJECT) {
        readExpression(field, origins);
      } else {
        values.wrongType(field, "a string or an object {\"regex\": \"…\"}");
      }
    }
    settings.set(Key.ORIGINS, origins);
  }

  private void readExpression(String field, List<String> origins) throws IOException {
    boolean empty = true;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (!key.equals("regex")) {
        values.unknownKey(field + "." + Secrets.masked(key), "Write the key regex and no other.");
      } else if (values.token() == JsonToken.VALUE_STRING) {
        origins.add("/" + parser.getText() + "/");
      } else {
        values.wrongType(field + ".regex", "a string");
      }
      empty = false;
    }
    if (empty) {
      values.report(
          ConfigurationCode.FIELD_TYPE,
          field,
          "The entry has no key regex.",
          "Write {\"regex\": \"…\"}.");
    }
  }

  private void readRefused() throws IOException {
    if (values.token() != JsonToken.START_OBJECT) {
      values.wrongType(field("refused"), "an object such as {\"status\": 403}");
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      boolean known = key.equals("status") || key.equals("origin");
      if (!known) {
        values.unknownKey(field("refused." + Secrets.masked(key)), "Write status or origin.");
      } else if (!values.isNull() && key.equals("status")) {
        values.readInteger(
            Key.REFUSED_STATUS, PolicyCode.REFUSED_STATUS, PolicyCode.REFUSED_STATUS);
      } else if (!values.isNull()) {
        values.readString(Key.REFUSED_ORIGIN);
      }
    }
  }
}
