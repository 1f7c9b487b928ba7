package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicies;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicyScope;
import dev.corsage.Problem;
import dev.corsage.store.CacheSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@link CorsPolicy}, or several by place, from a JSON document.
 *
 * <p>The keys of a policy are those of the builder: {@code origins}, {@code methods}, {@code
 * requestHeaders}, {@code exposedHeaders}, {@code credentials}, {@code maxAgeSeconds}, {@code
 * preflightStatus}, {@code refused} (an object with {@code status}, {@code origin} or both), {@code
 * blockRefusedOrigins}, {@code tolerateInsecureOrigins}, {@code toleratePublicSuffixes}, {@code
 * tolerateNullOrigin}; and {@code allowList}, the reference of a store that has more origins, or an
 * object with that reference as {@code store} and any of {@code allowedTtlSeconds}, {@code
 * refusedTtlSeconds}, {@code staleIfErrorSeconds}, {@code timeoutMillis} and {@code cachedOrigins}
 * ({@link CacheSettings}). {@code origins} or {@code allowList} is required. A value of {@code
 * null} is as good as none; a key that is not known, or is there twice, is an error: a misspelt key
 * must not be lost.
 *
 * <p>A document of several {@linkplain CorsPolicies policies by place} has one key, {@code
 * policies}: a list of objects with {@code policy} and any of {@code stage}, {@code apiId}, {@code
 * domain} and {@code path}. Either may have {@code $schema}, which editors use and nobody else.
 */
public final class PolicyDocument {
  private final JsonParser parser;
  private final Map<String, String> environment;
  private final PolicyReader reader;

  /** Null until the document says that it has several. */
  private CorsPolicies.Builder policies;

  private boolean single;

  private PolicyDocument(JsonParser parser, Map<String, String> environment) {
    this.parser = parser;
    this.environment = environment;
    reader = new PolicyReader(parser, environment);
  }

  /**
   * Returns the policy, or the policies by place, that a document writes.
   *
   * @param json the document; not null
   * @throws InvalidPolicyException if it is no JSON object or does not build; it names every
   *     problem at once
   */
  public static CorsDecider parse(String json) {
    return parse(json, System.getenv());
  }

  static CorsDecider parse(String json, Map<String, String> environment) {
    PolicyDocument document = read(json, environment);
    return document.policies == null ? document.reader.policy().build() : document.policies.build();
  }

  /**
   * Returns everything that is to be said of a document, whatever its severity; empty if it is in
   * order. Never fails because of the document.
   *
   * @param json the document; not null
   */
  public static List<Problem> problems(String json) {
    return problems(json, System.getenv());
  }

  static List<Problem> problems(String json, Map<String, String> environment) {
    try {
      PolicyDocument document = read(json, environment);
      return document.policies == null
          ? document.reader.policy().problems()
          : document.policies.problems();
    } catch (InvalidPolicyException malformed) {
      return malformed.problems();
    }
  }

  private static PolicyDocument read(String json, Map<String, String> environment) {
    // Some editors begin a file with a byte order mark.
    String text = json.startsWith("\ufeff") ? json.substring(1) : json;
    try (JsonParser parser = Json.FACTORY.createParser(text)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      PolicyDocument document = new PolicyDocument(parser, environment);
      document.read();
      return document;
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
      throw new InvalidPolicyException(
          List.of(
              problem(
                  "DOCUMENT_TYPE", "document", "Expected an object.", "Write an object: {…}.")));
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      readKey(parser.currentName());
    }
    if (parser.nextToken() != null) {
      reader.wrongType("DOCUMENT_TYPE", "document", "one object and nothing behind it");
    }
    if (policies != null && single) {
      policies.problem(
          problem(
              "POLICIES_MIXED",
              "policies",
              "A document has one policy or several by place, not both.",
              "Put the keys of the policy into an entry of its own."));
    }
  }

  private void readKey(String key) throws IOException {
    JsonToken value = parser.nextToken();
    if (key.equals("$schema")) {
      if (value != JsonToken.VALUE_STRING) {
        reader.wrongType("FIELD_TYPE", key, "a string");
      }
    } else if (key.equals("policies") && value != JsonToken.VALUE_NULL) {
      readPolicies(value);
    } else if (!key.equals("policies")) {
      single = true;
      reader.readField(key);
    }
  }

  private void readPolicies(JsonToken value) throws IOException {
    policies = CorsPolicies.builder();
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      policies.problem(problem("FIELD_TYPE", "policies", "Expected a list.", "Write a list."));
      return;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      readEntry("policies[" + i + "]");
    }
  }

  private void readEntry(String field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      policies.problem(
          problem("FIELD_TYPE", field, "Expected an object.", "Write {\"policy\": {…}}."));
      return;
    }
    PolicyScope place = PolicyScope.anywhere();
    PolicyReader policy = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("policy") && value == JsonToken.START_OBJECT) {
        policy = new PolicyReader(parser, environment);
        policy.readObject();
      } else if (value != JsonToken.VALUE_NULL || key.equals("policy")) {
        place = readPlace(field, place, key, value);
      }
    }
    if (policy == null) {
      policies.problem(
          problem(
              "POLICY_MISSING",
              field + ".policy",
              "There is no policy for this place.",
              "Write one, such as {\"origins\": [\"https://app.example.com\"]}."));
    } else {
      policies.policy(place, policy.policy());
    }
  }

  private PolicyScope readPlace(String field, PolicyScope place, String key, JsonToken value)
      throws IOException {
    boolean known = List.of("stage", "apiId", "domain", "path").contains(key);
    if (!known || value != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      String wanted = known ? "a string" : "an object";
      policies.problem(
          known || key.equals("policy")
              ? problem(
                  "FIELD_TYPE",
                  field + "." + key,
                  "Expected " + wanted + ".",
                  "Write " + wanted + ".")
              : problem(
                  "UNKNOWN_KEY",
                  field + "." + key,
                  "There is no such key.",
                  "Write policy, stage, apiId, domain or path."));
      return place;
    }
    String text = parser.getText();
    return switch (key) {
      case "stage" -> place.stage(text);
      case "apiId" -> place.apiId(text);
      case "domain" -> place.domain(text);
      default -> place.path(text);
    };
  }

  private static Problem problem(String code, String field, String message, String fix) {
    return new Problem(code, Problem.Severity.ERROR, field, "", message, fix);
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
      out.writeStringField("severity", problem.severity().toString());
      out.writeStringField("field", problem.field());
      out.writeStringField("value", problem.value());
      out.writeStringField("message", problem.message());
      out.writeStringField("fix", problem.fix());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
