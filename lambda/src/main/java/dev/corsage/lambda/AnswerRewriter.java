package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts the headers of a decision onto the answer of somebody else's handler. */
final class AnswerRewriter {
  private static final String HEADERS = "headers";
  private static final String MULTI_VALUE_HEADERS = "multiValueHeaders";
  private static final String VARY = "Vary";
  private static final String CORS_PREFIX = "access-control-";

  private final byte[] answer;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final Map<String, List<String>> multiValueHeaders = new LinkedHashMap<>();
  private final Set<String> vary = new LinkedHashSet<>();
  private boolean hasStatusCode;

  private AnswerRewriter(byte[] answer) {
    this.answer = answer;
  }

  /**
   * Returns the answer with the headers: what it had of CORS itself is gone, its {@code Vary} is
   * completed, everything else is as it was.
   *
   * @throws IOException if API Gateway would not take the answer
   */
  static byte[] rewrite(byte[] answer, Payload payload, Map<String, String> decided)
      throws IOException {
    try (JsonParser parser = Json.FACTORY.createParser(answer)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonParseException(parser, "The answer is empty");
      }
      if (first == JsonToken.START_OBJECT) {
        AnswerRewriter rewriter = new AnswerRewriter(answer);
        byte[] rewritten = rewriter.copy(parser, decided);
        if (rewriter.hasStatusCode) {
          return rewritten;
        }
      } else {
        parser.skipChildren();
      }
      requireEnd(parser);
      if (payload == Payload.V1) {
        throw new JsonParseException(parser, "The answer has no statusCode");
      }
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream(answer.length + 512);
    Answer.write(output, 200, decided, new String(answer, StandardCharsets.UTF_8));
    return output.toByteArray();
  }

  private byte[] copy(JsonParser parser, Map<String, String> decided) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream(answer.length + 512);
    output.write('{');
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(HEADERS)) {
        readHeaders(parser, headers);
      } else if (name.equals(MULTI_VALUE_HEADERS)) {
        readHeaders(parser, multiValueHeaders);
      } else {
        hasStatusCode |= name.equals("statusCode") && value != JsonToken.VALUE_NULL;
        copyField(name, parser, output);
      }
    }
    requireEnd(parser);
    try (JsonGenerator out = Json.FACTORY.createGenerator(output, JsonEncoding.UTF8)) {
      // The fields are in the middle of an object that the generator knows nothing of.
      out.setRootValueSeparator(null);
      writeHeaders(out, decided);
    }
    output.write('}');
    return output.toByteArray();
  }

  /** Copies the very bytes: numbers keep their digits, and a body of megabytes is not decoded. */
  private void copyField(String name, JsonParser parser, ByteArrayOutputStream output)
      throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int end = (int) parser.currentLocation().getByteOffset();
    if (start < 0) {
      throw new JsonParseException(parser, "The answer is not in UTF-8");
    }
    output.write('"');
    output.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(name));
    output.write('"');
    output.write(':');
    output.write(answer, start, end - start);
    output.write(',');
  }

  private void readHeaders(JsonParser parser, Map<String, List<String>> into) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      // Null, or the [] that some serializers make of an empty map.
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      List<String> values = new ArrayList<>(1);
      parser.nextToken();
      readValues(parser, values);
      if (name.equalsIgnoreCase(VARY)) {
        values.forEach(this::addVary);
      } else if (!name.toLowerCase(Locale.ROOT).startsWith(CORS_PREFIX)) {
        into.computeIfAbsent(name, n -> new ArrayList<>(1)).addAll(values);
      }
    }
  }

  private static void readValues(JsonParser parser, List<String> values) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        readValues(parser, values);
      }
    } else if (parser.currentToken().isScalarValue()) {
      // Numbers and booleans are taken as API Gateway takes them: by their text.
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        values.add(parser.getText());
      }
    } else {
      parser.skipChildren();
    }
  }

  private void addVary(String value) {
    for (String name : value.split(",", -1)) {
      if (!name.isBlank()) {
        vary.add(name.strip());
      }
    }
  }

  private void writeHeaders(JsonGenerator out, Map<String, String> decided) throws IOException {
    out.writeRaw("\"" + HEADERS + "\":");
    out.writeStartObject();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (!header.getValue().isEmpty()) {
        out.writeStringField(header.getKey(), String.join(", ", header.getValue()));
      }
    }
    for (Map.Entry<String, String> header : decided.entrySet()) {
      if (header.getKey().equals(VARY)) {
        addVary(header.getValue());
      } else {
        out.writeStringField(header.getKey(), header.getValue());
      }
    }
    if (!vary.isEmpty()) {
      out.writeStringField(VARY, mergedVary());
    }
    out.writeEndObject();
    if (!multiValueHeaders.isEmpty()) {
      out.writeRaw(",\"" + MULTI_VALUE_HEADERS + "\":");
      out.writeStartObject();
      for (Map.Entry<String, List<String>> header : multiValueHeaders.entrySet()) {
        out.writeArrayFieldStart(header.getKey());
        for (String value : header.getValue()) {
          out.writeString(value);
        }
        out.writeEndArray();
      }
      out.writeEndObject();
    }
  }

  private String mergedVary() {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    return vary.contains("*") ? "*" : String.join(", ", vary.stream().filter(seen::add).toList());
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "There is something behind the answer");
    }
  }
}
