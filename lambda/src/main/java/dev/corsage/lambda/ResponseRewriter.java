package dev.corsage.lambda;

import dev.corsage.Decision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the headers of a decision on the JSON of a handler's response, whatever it looks like. What
 * {@link ResponseSplicer} cannot do with a copy of the bytes is done here.
 */
final class ResponseRewriter {
  private final byte[] response;
  private final JsonBytes json;
  private final ResponseHeaders headers;
  private final JsonBuffer output;
  private boolean hasStatusCode;

  /** Why the invoker would not accept the response, if it is one; null if it would. */
  private String malformed;

  private ResponseRewriter(byte[] response, int length, EventShape shape, Decision decision) {
    this.response = response;
    json = new JsonBytes(response, 0, length);
    headers = new ResponseHeaders(shape, decision);
    output = new JsonBuffer(length + JsonBuffer.USUAL);
  }

  /**
   * Returns the response with the headers; everything else is as it was.
   *
   * @param response has the response at its beginning, until it is sent
   * @param decision what the headers are of
   * @param dropped takes the names of headers that are dropped because they are not valid HTTP, if
   *     there are any
   * @throws MalformedResponseException if the invoker would not accept the response
   */
  static ReadyResponse rewrite(
      byte[] response,
      int length,
      EventShape shape,
      Decision decision,
      Consumer<Collection<String>> dropped)
      throws MalformedResponseException {
    try {
      ReadyResponse spliced = ResponseSplicer.splice(response, length, shape, decision);
      return spliced == null ? rewriteWhole(response, length, shape, decision, dropped) : spliced;
    } catch (IllegalArgumentException notJson) {
      throw new MalformedResponseException(notJson.getMessage());
    }
  }

  /** Does the same for any response. */
  static JsonBuffer rewriteWhole(
      byte[] response,
      int length,
      EventShape shape,
      Decision decision,
      Consumer<Collection<String>> dropped)
      throws MalformedResponseException {
    ResponseRewriter rewriter = new ResponseRewriter(response, length, shape, decision);
    rewriter.read();
    if (rewriter.hasStatusCode) {
      return rewriter.complete(dropped);
    }
    if (!shape.infersResponses()) {
      throw new MalformedResponseException("The response has no statusCode");
    }
    String body = new String(response, 0, length, StandardCharsets.UTF_8);
    return ResponseWriter.write(shape, OwnResponse.json(200, decision.headers(), body));
  }

  /**
   * Returns the metadata of a streamed response with the headers; without a status it is 200.
   *
   * @throws MalformedResponseException if it is not the metadata of a response
   */
  static JsonBuffer rewriteMetadata(
      byte[] metadata,
      int length,
      EventShape shape,
      Decision decision,
      Consumer<Collection<String>> dropped)
      throws MalformedResponseException {
    ResponseRewriter rewriter = new ResponseRewriter(metadata, length, shape, decision);
    if (!rewriter.json.isObject()) {
      throw new MalformedResponseException(
          "What is before the first zero byte is not the metadata of a response");
    }
    rewriter.read();
    JsonBuffer rewritten = rewriter.complete(dropped);
    if (rewriter.hasStatusCode) {
      return rewritten;
    }
    JsonBuffer completed = new JsonBuffer(rewritten.length() + 32);
    completed.ascii("{\"statusCode\":200,").write(rewritten.array(), 1, rewritten.length() - 1);
    return completed;
  }

  /** Copies all fields but the headers. */
  private void read() throws MalformedResponseException {
    output.write('{');
    try {
      if (json.enterObject()) {
        copyFields();
      }
      json.end();
    } catch (IllegalArgumentException notJson) {
      throw new MalformedResponseException(notJson.getMessage());
    }
  }

  private JsonBuffer complete(Consumer<Collection<String>> dropped)
      throws MalformedResponseException {
    if (malformed != null) {
      throw new MalformedResponseException(malformed);
    }
    headers.complete();
    if (!headers.dropped().isEmpty()) {
      dropped.accept(headers.dropped());
    }
    ResponseWriter.writeHeaders(output, headers);
    output.write('}');
    return output;
  }

  private void copyFields() {
    while (json.nextKey()) {
      if (json.keyIs("headers")) {
        readHeaders("headers");
      } else if (json.keyIs("multiValueHeaders")) {
        readHeaders("multiValueHeaders");
      } else if (json.keyIs("cookies")) {
        headers.addCookies(readValues("cookies"));
      } else if (json.keyIs("statusCode")) {
        copyStatusCode();
      } else if (json.keyIs("body")) {
        copyBody();
      } else {
        int start = json.keyPosition();
        json.skip();
        copyFrom(start);
      }
    }
  }

  /** Copies the bytes: numbers keep their digits, and a body of megabytes is not decoded. */
  private void copyFrom(int start) {
    output.comma().write(response, start, json.position() - start);
  }

  private void copyStatusCode() {
    int start = json.keyPosition();
    int value = json.position();
    if (json.isNull()) {
      // Null means none.
      json.skip();
      return;
    }
    String status = json.scalarOrNull();
    if (!isStatus(status, response[value] == '"')) {
      malformed = "The statusCode is not that of a response";
    }
    hasStatusCode = true;
    copyFrom(start);
  }

  /** Event classes have 0 for a status that is not set; some serializers write 200.0. */
  private static boolean isStatus(String status, boolean quoted) {
    if (status == null || status.isEmpty() || status.charAt(0) < '1' || status.charAt(0) > '9') {
      return false;
    }
    return !quoted || status.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void copyBody() {
    int start = json.keyPosition();
    if (json.isObject() || json.isArray()) {
      malformed = "The body is not a string; write JSON as a string";
    }
    json.skip();
    copyFrom(start);
  }

  private void readHeaders(String field) {
    if (!json.isObject()) {
      skipNothing(field);
      return;
    }
    json.enterObject();
    while (json.nextKey()) {
      String name = json.key();
      if (json.isObject()) {
        malformed = "A value in " + field + " is an object";
      }
      List<String> values = readValues(field);
      if (field.equals("headers")) {
        headers.add(name, values);
      } else {
        headers.addMultiValue(name, values);
      }
    }
  }

  /** Skips null, or the [] that some serializers make of an empty map, which both mean none. */
  private void skipNothing(String field) {
    boolean nothing = json.isNull();
    if (json.enterArray()) {
      nothing = true;
      while (json.nextElement()) {
        nothing = false;
        json.skip();
      }
    } else {
      json.skip();
    }
    if (!nothing) {
      malformed = "The field " + field + " is not an object";
    }
  }

  /** Reads one value, or those of a list. */
  private List<String> readValues(String field) {
    List<String> values = new ArrayList<>(1);
    if (!json.enterArray()) {
      readValue(values);
      return values;
    }
    while (json.nextElement()) {
      if (json.isObject() || json.isArray()) {
        malformed = "A list in " + field + " has an object or a list in it";
      }
      readValue(values);
    }
    return values;
  }

  private void readValue(List<String> values) {
    // API Gateway takes the text of numbers and booleans.
    String value = json.scalarOrNull();
    if (value != null) {
      values.add(value);
    }
  }
}
