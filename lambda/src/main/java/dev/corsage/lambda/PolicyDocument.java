package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Reads a {@link CorsPolicy} from its JSON document.
 *
 * <p>The keys are those of the builder: {@code origins}, {@code methods}, {@code requestHeaders},
 * {@code exposedHeaders}, {@code credentials}, {@code maxAgeSeconds}, {@code preflightStatus},
 * {@code refused} (an object with {@code status}, {@code origin} or both), {@code
 * blockRefusedOrigins}, {@code tolerateInsecureOrigins}, {@code toleratePublicSuffixes}, {@code
 * tolerateNullOrigin}. {@code origins} is required. A value of {@code null} is as good as none; a
 * key that is not known, or is there twice, is an error: a misspelt key must not be lost.
 */
public final class PolicyDocument {
  private static final Set<String> KEYS =
      Set.of(
          "origins",
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

  private final CorsPolicy.Builder policy = CorsPolicy.builder();
  private final JsonParser parser;

  private PolicyDocument(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Returns the policy that a document writes.
   *
   * @param json the document; not null
   * @throws InvalidPolicyException if it is no JSON object or the policy does not build; it names
   *     every problem at once
   */
  public static CorsPolicy parse(String json) {
    // Some editors begin a file with a byte order mark.
    String text = json.startsWith("\ufeff") ? json.substring(1) : json;
    try (JsonParser parser = Json.FACTORY.createParser(text)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      PolicyDocument document = new PolicyDocument(parser);
      document.read();
      return document.policy.build();
    } catch (JsonProcessingException malformed) {
      throw new InvalidPolicyException(List.of(syntaxProblem(malformed)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Problem syntaxProblem(JsonProcessingException malformed) {
    JsonLocation location = malformed.getLocation();
    String place =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new Problem(
        "DOCUMENT_SYNTAX",
        Problem.Severity.ERROR,
        "document",
        "",
        "The document is not valid JSON" + place + ".",
        "Correct it there; a key that is there twice is not valid either.");
  }

  private void read() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      wrongType("DOCUMENT_TYPE", "document", "an object");
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
      if (!isNull || !KEYS.contains(key)) {
        readField(key);
      }
    }
    if (parser.nextToken() != null) {
      wrongType("DOCUMENT_TYPE", "document", "one object and nothing behind it");
    }
  }

  private void readField(String key) throws IOException {
    switch (key) {
      case "origins" -> readOrigins();
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

  private void readInteger(String field, String typeCode, String rangeCode, IntConsumer setter)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      wrongType(typeCode, field, "a whole number");
    } else if (parser.getNumberType() == JsonParser.NumberType.INT) {
      setter.accept(parser.getIntValue());
    } else {
      wrongType(rangeCode, field, "a smaller number");
    }
  }

  private void wrongType(String code, String field, String wanted) throws IOException {
    report(code, field, "Expected " + wanted + ".", "Write " + wanted + ".");
    parser.skipChildren();
  }

  private void report(String code, String field, String message, String fix) throws IOException {
    boolean scalar = parser.currentToken() != null && parser.currentToken().isScalarValue();
    String value = scalar ? parser.getText() : "";
    policy.problem(new Problem(code, Problem.Severity.ERROR, field, value, message, fix));
  }

  /**
   * Writes problems as the JSON array that {@code corsage decide} prints.
   *
   * @throws IOException if the generator's target cannot be written
   */
  public static void writeProblems(JsonGenerator out, List<Problem> problems) throws IOException {
    out.writeStartArray();
    for (Problem problem : problems) {
      out.writeStartObject();
      out.writeStringField("code", problem.code());
      out.writeStringField("severity", problem.isError() ? "error" : "warning");
      out.writeStringField("field", problem.field());
      out.writeStringField("value", problem.value());
      out.writeStringField("message", problem.message());
      out.writeStringField("fix", problem.fix());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
