package dev.corsage.lambda;

import java.io.ByteArrayOutputStream;
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
  private static final String VARY = "Vary";
  private static final String CORS_PREFIX = "access-control-";

  private final byte[] answer;
  private final EventShape shape;
  private final JsonBytes json;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final Map<String, List<String>> multiValueHeaders = new LinkedHashMap<>();
  private final Set<String> vary = new LinkedHashSet<>();
  private boolean hasStatusCode;

  private AnswerRewriter(byte[] answer, EventShape shape) {
    this.answer = answer;
    this.shape = shape;
    json = new JsonBytes(answer);
  }

  /**
   * Returns the answer with the headers: what it had of CORS itself is gone, its {@code Vary} is
   * completed, everything else is as it was.
   *
   * @throws IllegalArgumentException if it is no answer for this invoker; the message says why
   */
  static byte[] rewrite(byte[] answer, EventShape shape, Map<String, String> decided) {
    AnswerRewriter rewriter = new AnswerRewriter(answer, shape);
    byte[] rewritten = rewriter.copy(decided);
    if (rewriter.hasStatusCode) {
      return rewritten;
    }
    if (!shape.infersAnswers()) {
      throw new IllegalArgumentException("The answer has no statusCode");
    }
    return AnswerWriter.write(shape, 200, decided, new String(answer, StandardCharsets.UTF_8));
  }

  private byte[] copy(Map<String, String> decided) {
    ByteArrayOutputStream output = new ByteArrayOutputStream(answer.length + 512);
    output.write('{');
    if (json.enterObject()) {
      while (json.nextKey()) {
        if (json.keyIs("headers")) {
          readHeaders(headers);
        } else if (json.keyIs("multiValueHeaders")) {
          readHeaders(multiValueHeaders);
        } else {
          copyField(output);
        }
      }
    }
    json.end();
    output.writeBytes(writeHeaders(decided).getBytes(StandardCharsets.UTF_8));
    output.write('}');
    return output.toByteArray();
  }

  /** Copies the very bytes: numbers keep their digits, and a body of megabytes is not decoded. */
  private void copyField(ByteArrayOutputStream output) {
    boolean statusCode = json.keyIs("statusCode");
    int start = json.keyPosition();
    int value = json.position();
    json.skip();
    hasStatusCode |= statusCode && answer[value] != 'n';
    output.write(answer, start, json.position() - start);
    output.write(',');
  }

  private void readHeaders(Map<String, List<String>> into) {
    // Null, or the [] that some serializers make of an empty map, is as good as none.
    if (!json.enterObject()) {
      return;
    }
    while (json.nextKey()) {
      String name = json.key();
      List<String> values = new ArrayList<>(1);
      readValues(values);
      if (name.equalsIgnoreCase(VARY)) {
        values.forEach(this::addVary);
      } else if (!name.toLowerCase(Locale.ROOT).startsWith(CORS_PREFIX)) {
        into.computeIfAbsent(name, n -> new ArrayList<>(1)).addAll(values);
      }
    }
  }

  private void readValues(List<String> values) {
    if (json.enterArray()) {
      while (json.nextElement()) {
        readValues(values);
      }
      return;
    }
    // Numbers and booleans are taken as API Gateway takes them: by their text.
    String value = json.scalarOrNull();
    if (value != null) {
      values.add(value);
    }
  }

  private void addVary(String value) {
    for (String name : value.split(",", -1)) {
      if (!name.isBlank()) {
        vary.add(name.strip());
      }
    }
  }

  private String writeHeaders(Map<String, String> decided) {
    // Lines of their own cannot be joined where a header is no list: Set-Cookie.
    boolean multi = shape == EventShape.ALB_MULTI_VALUE;
    if (multi) {
      headers.forEach(multiValueHeaders::putIfAbsent);
      headers.clear();
    }
    Map<String, List<String>> ours = multi ? multiValueHeaders : headers;
    for (Map.Entry<String, String> header : decided.entrySet()) {
      if (header.getKey().equals(VARY)) {
        addVary(header.getValue());
      } else {
        ours.put(header.getKey(), List.of(header.getValue()));
      }
    }
    if (!vary.isEmpty()) {
      ours.put(VARY, List.of(mergedVary()));
    }
    StringBuilder out = new StringBuilder(512);
    if (!multi) {
      out.append("\"headers\":");
      writeSingle(out, headers);
    }
    if (!multiValueHeaders.isEmpty()) {
      out.append(multi ? "" : ",").append("\"multiValueHeaders\":");
      writeMultiple(out, multiValueHeaders);
    } else if (multi) {
      out.append("\"multiValueHeaders\":{}");
    }
    return out.toString();
  }

  private static void writeSingle(StringBuilder out, Map<String, List<String>> headers) {
    char separator = '{';
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (!header.getValue().isEmpty()) {
        out.append(separator);
        AnswerWriter.writeString(out, header.getKey());
        out.append(':');
        AnswerWriter.writeString(out, String.join(", ", header.getValue()));
        separator = ',';
      }
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static void writeMultiple(StringBuilder out, Map<String, List<String>> headers) {
    char separator = '{';
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      out.append(separator);
      AnswerWriter.writeString(out, header.getKey());
      out.append(":[");
      for (int i = 0; i < header.getValue().size(); i++) {
        out.append(i == 0 ? "" : ",");
        AnswerWriter.writeString(out, header.getValue().get(i));
      }
      out.append(']');
      separator = ',';
    }
    out.append('}');
  }

  private String mergedVary() {
    if (vary.contains("*")) {
      return "*";
    }
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    StringBuilder merged = new StringBuilder();
    for (String name : vary) {
      if (seen.add(name)) {
        merged.append(merged.length() == 0 ? "" : ", ").append(name);
      }
    }
    return merged.toString();
  }
}
