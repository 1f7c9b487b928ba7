package dev.corsage.lambda;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the headers of a decision on the JSON of a handler's response. */
final class ResponseRewriter {
  private final byte[] response;
  private final JsonBytes json;
  private final ResponseHeaders headers;
  private final ByteArrayOutputStream output;
  private boolean hasStatusCode;

  private ResponseRewriter(byte[] response, EventShape shape) {
    this.response = response;
    json = new JsonBytes(response);
    headers = new ResponseHeaders(shape);
    output = new ByteArrayOutputStream(response.length + 512);
  }

  /**
   * Returns the response with the headers; everything else is as it was.
   *
   * @throws MalformedResponseException if the invoker would not accept the response
   */
  static byte[] rewrite(byte[] response, EventShape shape, Map<String, String> decided)
      throws MalformedResponseException {
    ResponseRewriter rewriter = new ResponseRewriter(response, shape);
    rewriter.copy(decided);
    if (rewriter.hasStatusCode) {
      return rewriter.output.toByteArray();
    }
    if (!shape.infersResponses()) {
      throw new MalformedResponseException("The response has no statusCode");
    }
    String body = new String(response, StandardCharsets.UTF_8);
    return ResponseWriter.write(shape, OwnResponse.json(200, decided, body));
  }

  /**
   * Returns the metadata of a streamed response with the headers; without a status it is 200.
   *
   * @throws MalformedResponseException if it is not the metadata of a response
   */
  static byte[] rewriteMetadata(byte[] metadata, EventShape shape, Map<String, String> decided)
      throws MalformedResponseException {
    ResponseRewriter rewriter = new ResponseRewriter(metadata, shape);
    if (!rewriter.json.isObject()) {
      throw new MalformedResponseException(
          "What is before the first zero byte is not the metadata of a response");
    }
    rewriter.copy(decided);
    byte[] rewritten = rewriter.output.toByteArray();
    if (rewriter.hasStatusCode) {
      return rewritten;
    }
    ByteArrayOutputStream completed = new ByteArrayOutputStream(rewritten.length + 32);
    completed.writeBytes("{\"statusCode\":200,".getBytes(StandardCharsets.UTF_8));
    completed.write(rewritten, 1, rewritten.length - 1);
    return completed.toByteArray();
  }

  private void copy(Map<String, String> decided) throws MalformedResponseException {
    output.write('{');
    try {
      if (json.enterObject()) {
        copyFields();
      }
      json.end();
    } catch (IllegalArgumentException notJson) {
      throw new MalformedResponseException(notJson.getMessage());
    }
    headers.complete(decided);
    StringBuilder written = new StringBuilder(512);
    ResponseWriter.writeHeaders(written, headers);
    output.writeBytes(written.toString().getBytes(StandardCharsets.UTF_8));
    output.write('}');
  }

  private void copyFields() throws MalformedResponseException {
    while (json.nextKey()) {
      if (json.keyIs("headers")) {
        readHeaders(false);
      } else if (json.keyIs("multiValueHeaders")) {
        readHeaders(true);
      } else if (json.keyIs("statusCode")) {
        copyStatusCode();
      } else {
        int start = json.keyPosition();
        json.skip();
        copyFrom(start);
      }
    }
  }

  /** Copies the bytes: numbers keep their digits, and a body of megabytes is not decoded. */
  private void copyFrom(int start) {
    output.write(response, start, json.position() - start);
    output.write(',');
  }

  private void copyStatusCode() throws MalformedResponseException {
    int start = json.keyPosition();
    int value = json.position();
    String status = json.scalarOrNull();
    if (response[value] == 'n') {
      // Null means none.
      return;
    }
    if ("0".equals(status)) {
      throw new MalformedResponseException("The statusCode is 0");
    }
    hasStatusCode = true;
    copyFrom(start);
  }

  private void readHeaders(boolean multi) {
    // Null, or the [] that some serializers make of an empty map, means none.
    if (!json.enterObject()) {
      return;
    }
    while (json.nextKey()) {
      String name = json.key();
      List<String> values = new ArrayList<>(1);
      readValues(values);
      if (multi) {
        headers.addMultiValue(name, values);
      } else {
        headers.add(name, values);
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
    // API Gateway takes the text of numbers and booleans.
    String value = json.scalarOrNull();
    if (value != null) {
      values.add(value);
    }
  }
}
