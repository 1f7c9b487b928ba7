package dev.corsage.lambda;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Puts the headers of a decision onto the response of somebody else's handler. */
final class ResponseRewriter {
  private final byte[] response;
  private final EventShape shape;
  private final JsonBytes json;
  private final ResponseHeaders headers = new ResponseHeaders();
  private boolean hasStatusCode;

  private ResponseRewriter(byte[] response, EventShape shape) {
    this.response = response;
    this.shape = shape;
    json = new JsonBytes(response);
  }

  /**
   * Returns the response with the headers: what it had of CORS itself is gone, its {@code Vary} is
   * completed, everything else is as it was.
   *
   * @throws IllegalArgumentException if it is no response for this invoker; the message says why
   */
  static byte[] rewrite(byte[] response, EventShape shape, Map<String, String> decided) {
    ResponseRewriter rewriter = new ResponseRewriter(response, shape);
    byte[] rewritten = rewriter.copy(decided);
    if (rewriter.hasStatusCode) {
      return rewritten;
    }
    if (!shape.infersResponses()) {
      throw new IllegalArgumentException("The answer has no statusCode");
    }
    return ResponseWriter.write(shape, 200, decided, new String(response, StandardCharsets.UTF_8));
  }

  /**
   * Returns the metadata of a streamed response with the headers; a status that it does not name is
   * 200.
   *
   * @throws IllegalArgumentException if it is no such metadata; the message says why
   */
  static byte[] rewritePrelude(byte[] prelude, EventShape shape, Map<String, String> decided) {
    ResponseRewriter rewriter = new ResponseRewriter(prelude, shape);
    if (rewriter.json.position() == prelude.length || prelude[rewriter.json.position()] != '{') {
      throw new IllegalArgumentException("What is before the first zero byte is no metadata");
    }
    byte[] rewritten = rewriter.copy(decided);
    if (rewriter.hasStatusCode) {
      return rewritten;
    }
    byte[] status = "{\"statusCode\":200,".getBytes(StandardCharsets.UTF_8);
    byte[] completed = Arrays.copyOf(status, status.length + rewritten.length - 1);
    System.arraycopy(rewritten, 1, completed, status.length, rewritten.length - 1);
    return completed;
  }

  private byte[] copy(Map<String, String> decided) {
    ByteArrayOutputStream output = new ByteArrayOutputStream(response.length + 512);
    output.write('{');
    if (json.enterObject()) {
      while (json.nextKey()) {
        if (json.keyIs("headers")) {
          readHeaders(false);
        } else if (json.keyIs("multiValueHeaders")) {
          readHeaders(true);
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
    if (statusCode && response[value] == 'n') {
      // Null, as good as none.
      return;
    }
    hasStatusCode |= statusCode;
    output.write(response, start, json.position() - start);
    output.write(',');
  }

  private void readHeaders(boolean multi) {
    // Null, or the [] that some serializers make of an empty map, is as good as none.
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
    // Numbers and booleans are taken as API Gateway takes them: by their text.
    String value = json.scalarOrNull();
    if (value != null) {
      values.add(value);
    }
  }

  private String writeHeaders(Map<String, String> decided) {
    boolean multi = shape.hasOnlyMultiValueHeaders();
    headers.complete(decided, multi);
    Map<String, List<String>> multiValueHeaders = headers.multiple();
    StringBuilder out = new StringBuilder(512);
    if (!multi) {
      out.append("\"headers\":");
      writeSingle(out, headers.single());
    }
    if (!multiValueHeaders.isEmpty()) {
      out.append(multi ? "" : ",").append("\"multiValueHeaders\":");
      writeMultiple(out, multiValueHeaders);
    } else if (multi) {
      out.append("\"multiValueHeaders\":{}");
    }
    return out.toString();
  }

  private static void writeSingle(StringBuilder out, Map<String, String> headers) {
    char separator = '{';
    for (Map.Entry<String, String> header : headers.entrySet()) {
      out.append(separator);
      ResponseWriter.writeString(out, header.getKey());
      out.append(':');
      ResponseWriter.writeString(out, header.getValue());
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static void writeMultiple(StringBuilder out, Map<String, List<String>> headers) {
    char separator = '{';
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      out.append(separator);
      ResponseWriter.writeString(out, header.getKey());
      out.append(":[");
      for (int i = 0; i < header.getValue().size(); i++) {
        out.append(i == 0 ? "" : ",");
        ResponseWriter.writeString(out, header.getValue().get(i));
      }
      out.append(']');
      separator = ',';
    }
    out.append('}');
  }
}
