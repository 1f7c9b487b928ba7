package dev.corsage.cli;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.cli.options.TargetedRequest;
import dev.corsage.cli.terminal.Json;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.store.StoreException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Decides one line of {@code corsage decide}. */
final class LineDecider implements AutoCloseable {
  private static final int LIMITED_PAUSE_MILLIS = 20;

  private final String defaultDocument;

  private final Function<String, CorsDecider> parser;

  // Lines with the same policy often follow each other; the last one is kept.
  private String document;
  private CorsDecider policy;
  private InvalidPolicyException invalid;

  /**
   * Creates the decider.
   *
   * @param defaultDocument the policy of lines without one; null if every line must have its own
   */
  LineDecider(String defaultDocument) {
    this(defaultDocument, PolicyDocument::parse);
  }

  /**
   * Creates the decider.
   *
   * @param parser makes policies of documents, and throws what {@link PolicyDocument#parse} does
   */
  LineDecider(String defaultDocument, Function<String, CorsDecider> parser) {
    this.defaultDocument = defaultDocument;
    this.parser = parser;
  }

  /** Returns one line of JSON for a line; never fails because of the line. */
  String decide(String line) throws IOException {
    return Json.object(
        out -> {
          try {
            Line parsed = Line.parse(line);
            usePolicy(parsed.document == null ? defaultDocument : parsed.document);
            if (invalid != null) {
              Json.writeProblems(out, invalid.problems());
            } else {
              Json.writeDecision(out, decided(parsed.request));
            }
          } catch (JsonProcessingException unusable) {
            out.writeStringField("error", unusable.getOriginalMessage());
          }
        });
  }

  /** Waits where the policy limits its lookups: here, nobody else's requests come in between. */
  private Decision decided(HttpRequest request) throws IOException {
    Decision decision = policy.decide(request);
    while (isLimited(decision)) {
      try {
        Thread.sleep(LIMITED_PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted");
      }
      decision = policy.decide(request);
    }
    return decision;
  }

  private static boolean isLimited(Decision decision) {
    return decision.storeFailure().filter(f -> f.kind() == Kind.LIMITED).isPresent();
  }

  private void usePolicy(String wanted) throws JsonProcessingException {
    if (wanted == null) {
      throw unusable("The line has no policy, and there is no --policy");
    }
    if (wanted.equals(document)) {
      return;
    }
    close();
    document = wanted;
    invalid = null;
    try {
      policy = parser.apply(wanted);
    } catch (InvalidPolicyException problems) {
      invalid = problems;
    }
  }

  /** Closes the stores that the last policy names. */
  @Override
  public void close() {
    if (policy != null) {
      policy.close();
      policy = null;
    }
  }

  private static JsonProcessingException unusable(String message) {
    return new JsonParseException(null, message);
  }

  /** A line: the text of its policy, or null, and the request. */
  private record Line(String document, HttpRequest request) {
    /** Where the request was sent to, which chooses among several policies. */
    private static final Set<String> TARGET = Set.of("stage", "apiId", "domain", "path");

    static Line parse(String line) throws IOException {
      String document = null;
      HttpRequest request = null;
      try (JsonParser parser = Json.FACTORY.createParser(line)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw unusable("The line is not a JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          JsonToken value = parser.nextToken();
          if (key.equals("policy") && value != JsonToken.VALUE_NULL) {
            requireOnce(key, document);
            document = textOfValue(parser, line);
          } else if (key.equals("request")) {
            requireOnce(key, request);
            request = readRequest(parser);
          } else {
            parser.skipChildren();
          }
        }
        if (parser.nextToken() != null) {
          throw unusable("There is something after the object");
        }
      }
      if (request == null) {
        throw unusable("The line has no request");
      }
      return new Line(document, request);
    }

    private static String textOfValue(JsonParser parser, String line) throws IOException {
      int start = (int) parser.currentTokenLocation().getCharOffset();
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw unusable("The policy is not a JSON object");
      }
      parser.skipChildren();
      return line.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    private static HttpRequest readRequest(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw unusable("The request is not a JSON object");
      }
      String method = null;
      Map<String, List<String>> headers = null;
      Map<String, String> target = new HashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (key.equals("method") && value == JsonToken.VALUE_STRING) {
          requireOnce(key, method);
          method = parser.getText();
        } else if (key.equals("headers") && value != JsonToken.VALUE_NULL) {
          requireOnce(key, headers);
          headers = readHeaders(parser);
        } else if (TARGET.contains(key) && value == JsonToken.VALUE_STRING) {
          requireOnce(key, target.put(key, parser.getText()));
        } else {
          parser.skipChildren();
        }
      }
      if (method == null) {
        throw unusable("The request has no method");
      }
      return new TargetedRequest(
          HttpRequest.of(method, headers == null ? Map.of() : headers),
          target.get("stage"),
          target.get("apiId"),
          target.get("domain"),
          target.get("path"));
    }

    private static Map<String, List<String>> readHeaders(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw unusable("The headers are not a JSON object");
      }
      Map<String, List<String>> headers = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        List<String> lines = new ArrayList<>();
        if (parser.nextToken() == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            lines.add(readLine(parser, name));
          }
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
          lines.add(readLine(parser, name));
        }
        requireOnce(name, headers.put(name, lines));
      }
      return headers;
    }

    /** It is not known which of two is meant, so neither is used. */
    private static void requireOnce(String key, Object before) throws JsonProcessingException {
      if (before != null) {
        throw unusable("Duplicate field '" + key + "'");
      }
    }

    private static String readLine(JsonParser parser, String name) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw unusable("The header " + name + " is neither a string nor a list of strings");
      }
      String line = parser.getText();
      if (line.chars().anyMatch(c -> c > 0xff)) {
        throw unusable("The header " + name + " has a character that is not a byte");
      }
      return line;
    }
  }
}
