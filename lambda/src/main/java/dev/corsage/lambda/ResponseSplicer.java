package dev.corsage.lambda;

import dev.corsage.Decision;
import dev.corsage.Vary;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts the headers of a decision among those of a handler's response, in one pass: the object of
 * headers is written anew, and what is before and behind it is sent as it is.
 *
 * <p>It does so for responses as nearly all functions write them: one object of headers, each with
 * a name of its own and a text. Every other response is left to {@link ResponseRewriter}.
 */
final class ResponseSplicer implements ReadyResponse {
  private final byte[] response;
  private final int length;
  private final JsonBytes json;
  private final Decision decision;

  /** Whether each header has a list of values. */
  private final boolean lists;

  /** The object of headers. */
  private final JsonBuffer headers = new JsonBuffer(JsonBuffer.USUAL / 4);

  /** What stands in its place in the response. */
  private int start;

  private int end;

  private boolean hasStatusCode;
  private boolean hasHeaders;

  private ResponseSplicer(byte[] response, int length, EventShape shape, Decision decision) {
    this.response = response;
    this.decision = decision;
    this.length = length;
    json = new JsonBytes(response, 0, length);
    lists = shape.hasOnlyMultiValueHeaders();
  }

  /**
   * Returns the response with the headers, or null if it is not as nearly all responses are.
   *
   * @param response has the response at its beginning
   * @throws IllegalArgumentException if it is not JSON
   */
  static ResponseSplicer splice(byte[] response, int length, EventShape shape, Decision decision) {
    ResponseSplicer splicer = new ResponseSplicer(response, length, shape, decision);
    return splicer.json.isObject() && splicer.splice() ? splicer : null;
  }

  @Override
  public void writeTo(OutputStream output) throws IOException {
    output.write(response, 0, start);
    headers.writeTo(output);
    output.write(response, end, length - end);
  }

  private boolean splice() {
    json.enterObject();
    int last = json.position();
    while (json.nextKey()) {
      if (!readField()) {
        return false;
      }
      last = json.position();
    }
    json.end();
    if (hasStatusCode && !hasHeaders) {
      start = last;
      end = last;
      headers.ascii(lists ? ",\"multiValueHeaders\":{" : ",\"headers\":{");
      writeDecision(List.of());
    }
    return hasStatusCode;
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
    start = json.position();
    headers.write('{');
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
          headers.comma().write(response, key, json.position() - key);
        }
      }
    }
    end = json.position();
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

  /**
   * Writes the headers of the decision and the end of the object.
   *
   * @param vary the lines of the response's own {@code Vary}
   */
  private void writeDecision(List<String> vary) {
    Map<String, String> own = decision.headers();
    own.forEach(
        (name, value) -> {
          if (vary.isEmpty() || !name.equals("Vary")) {
            write(name, value);
          }
        });
    if (!vary.isEmpty()) {
      List<String> all = new ArrayList<>(vary);
      if (own.containsKey("Vary")) {
        all.add(own.get("Vary"));
      }
      String merged = Vary.merge(all);
      if (merged != null) {
        write("Vary", merged);
      }
    }
    headers.write('}');
  }

  private void write(String name, String value) {
    headers.field(name);
    if (lists) {
      headers.write('[');
    }
    headers.string(value);
    if (lists) {
      headers.write(']');
    }
  }
}
