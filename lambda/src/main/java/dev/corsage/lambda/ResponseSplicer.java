package dev.corsage.lambda;

import dev.corsage.Decision;
import dev.corsage.Vary;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the headers of a decision among those of a handler's response, in one pass: what stays is
 * copied byte by byte and not decoded.
 *
 * <p>It does so for responses as nearly all functions write them: one object of headers, each with
 * a name of its own and a text. Every other response is left to {@link ResponseRewriter}.
 */
final class ResponseSplicer {
  private final byte[] response;
  private final JsonBytes json;
  private final Decision decision;

  /** Whether each header has a list of values. */
  private final boolean lists;

  private final JsonBuffer output;

  /** What of the response is copied already. */
  private int copied;

  private boolean hasStatusCode;
  private boolean hasHeaders;

  private ResponseSplicer(byte[] response, int length, EventShape shape, Decision decision) {
    this.response = response;
    this.decision = decision;
    json = new JsonBytes(response, 0, length);
    lists = shape.hasOnlyMultiValueHeaders();
    output = new JsonBuffer(length + JsonBuffer.USUAL / 2);
  }

  /**
   * Returns the response with the headers, or null if it is not as nearly all responses are.
   *
   * @param response has the response at its beginning
   * @throws IllegalArgumentException if it is not JSON
   */
  static JsonBuffer splice(byte[] response, int length, EventShape shape, Decision decision) {
    ResponseSplicer splicer = new ResponseSplicer(response, length, shape, decision);
    return splicer.json.isObject() && splicer.splice() ? splicer.output : null;
  }

  private boolean splice() {
    copied = json.position();
    json.enterObject();
    int end = json.position();
    while (json.nextKey()) {
      if (!readField()) {
        return false;
      }
      end = json.position();
    }
    json.end();
    if (!hasStatusCode) {
      return false;
    }
    output.write(response, copied, end - copied);
    if (!hasHeaders) {
      output.field(lists ? "multiValueHeaders" : "headers").write('{');
      writeDecision(List.of());
    }
    output.write('}');
    return true;
  }

  /** Reads the next field; returns false if it is not as usual. */
  private boolean readField() {
    switch (json.keyLength()) {
      case 4 -> {
        if (json.keyIs("body") && (json.isObject() || json.isArray())) {
          return false;
        }
      }
      case 7 -> {
        if (json.keyIs("headers")) {
          return !lists && spliceHeaders();
        }
        if (json.keyIs("cookies")) {
          return false;
        }
      }
      case 10 -> {
        if (json.keyIs("statusCode")) {
          if (json.peek() < '1' || json.peek() > '9') {
            return false;
          }
          hasStatusCode = true;
        }
      }
      case 17 -> {
        if (json.keyIs("multiValueHeaders")) {
          return lists && spliceHeaders();
        }
      }
      default -> {}
    }
    json.skip();
    return true;
  }

  private boolean spliceHeaders() {
    if (hasHeaders || !json.isObject()) {
      return false;
    }
    hasHeaders = true;
    int start = json.position() + 1;
    output.write(response, copied, start - copied);
    json.enterObject();
    List<String> vary = List.of();
    long names = 0;
    while (json.nextKey()) {
      // Two names that may be equal but for their case need a closer look.
      int key = json.keyPosition();
      long name = 1L << (json.keyLength() * 31 + (response[key + 1] | 0x20));
      if (!json.keyIsPlainName() || (names & name) != 0) {
        return false;
      }
      names |= name;
      if (json.keyIsIgnoringCase("vary")) {
        vary = readVary();
        if (vary == null) {
          return false;
        }
      } else {
        boolean replaced = decision.replaces(json.key());
        if (!skipValue()) {
          return false;
        }
        if (!replaced) {
          output.comma().write(response, key, json.position() - key);
        }
      }
    }
    copied = json.position();
    writeDecision(vary);
    return true;
  }

  /** Skips a text, or a list of texts; returns false before any other value. */
  private boolean skipValue() {
    if (!lists) {
      return json.skipPlainString();
    }
    if (!json.enterArray()) {
      return false;
    }
    while (json.nextElement()) {
      if (!json.skipPlainString()) {
        return false;
      }
    }
    return true;
  }

  private List<String> readVary() {
    int start = json.position();
    if (!skipValue()) {
      return null;
    }
    JsonBytes value = new JsonBytes(response, start, json.position());
    if (!value.enterArray()) {
      return List.of(value.stringOrNull());
    }
    List<String> lines = new ArrayList<>(1);
    while (value.nextElement()) {
      lines.add(value.stringOrNull());
    }
    return lines;
  }

  /** Writes the headers of the decision and the end of the object. */
  private void writeDecision(List<String> vary) {
    List<String> all = new ArrayList<>(vary);
    decision
        .headers()
        .forEach(
            (name, value) -> {
              if (name.equals("Vary")) {
                all.add(value);
              } else {
                write(name, value);
              }
            });
    String merged = all.size() == 1 && vary.isEmpty() ? all.get(0) : Vary.merge(all);
    if (merged != null) {
      write("Vary", merged);
    }
    output.write('}');
  }

  private void write(String name, String value) {
    output.field(name);
    if (lists) {
      output.write('[');
    }
    output.string(value);
    if (lists) {
      output.write(']');
    }
  }
}
