package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Reads a function's response as API Gateway reads it. */
final class ResponseReader {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Of the <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">output
   * of a Lambda proxy integration</a>.
   */
  private static final Set<String> FIELDS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  private final boolean v2;
  private final boolean strict;
  private final boolean multiValue;
  private final List<Field> single = new ArrayList<>();
  private final List<Field> multi = new ArrayList<>();
  private int status;
  private String body = "";
  private boolean base64;

  private ResponseReader(ApiType type) {
    // Load balancers read them only where multi-value headers are on.
    this(type, !type.isV2() && type != ApiType.ALB);
  }

  private ResponseReader(ApiType type, boolean multiValue) {
    v2 = type.isV2();
    // A REST API takes the fields of its format and no other, cookies neither: see
    // https://github.com/aws/aws-sam-cli/pull/1154.
    strict = type == ApiType.REST;
    this.multiValue = multiValue;
  }

  /**
   * Reads a response.
   *
   * @throws IOException if it is malformed, for which API Gateway responds with 502
   */
  static ApiResponse read(ApiType type, byte[] response) throws IOException {
    ResponseReader reader = new ResponseReader(type);
    try (JsonParser parser = JSON.createParser(response)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        reader.readFields(parser);
      } else if (parser.currentToken() == null) {
        throw new JsonParseException(parser, "The response is empty");
      } else {
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "There is something after the response");
      }
      if (reader.status != 0) {
        return new ApiResponse(reader.status, reader.headers(), reader.body());
      }
      if (!type.isV2()) {
        throw new JsonParseException(parser, "The response has no statusCode");
      }
    } catch (IllegalArgumentException notBase64) {
      throw new IOException("The body is not base64", notBase64);
    }
    // In payload format 2.0 any other JSON is the body of a 200.
    return new ApiResponse(200, List.of(new Field("content-type", "application/json")), response);
  }

  /**
   * Reads what a streamed response begins with.
   *
   * @param bytes what follows it
   * @throws IOException if it is malformed
   */
  static ApiResponse readPrelude(byte[] prelude, byte[] bytes) throws IOException {
    ResponseReader reader = new ResponseReader(ApiType.FUNCTION_URL, true);
    try (JsonParser parser = JSON.createParser(prelude)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "The prelude is not an object");
      }
      reader.readFields(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "There is something after the prelude");
      }
    }
    int status = reader.status == 0 ? 200 : reader.status;
    return new ApiResponse(status, reader.headers(), bytes);
  }

  private void readFields(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("statusCode") && value != JsonToken.VALUE_NULL) {
        status = readStatus(parser);
      } else if (name.equals("headers")) {
        readHeaders(parser, single);
      } else if (name.equals("multiValueHeaders") && multiValue) {
        readHeaders(parser, multi);
      } else if (name.equals("cookies") && v2) {
        readValues(parser, "set-cookie", single);
      } else if (name.equals("body") && value != JsonToken.VALUE_NULL) {
        body = readBody(parser);
      } else if (name.equals("isBase64Encoded") && value.isBoolean()) {
        base64 = parser.getBooleanValue();
      } else if (strict && !FIELDS.contains(name)) {
        throw new JsonParseException(parser, "A REST API knows no field " + name);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static int readStatus(JsonParser parser) throws IOException {
    if (parser.currentToken().isScalarValue() && parser.getText().matches("[2-5][0-9]{2}")) {
      return Integer.parseInt(parser.getText());
    }
    throw new JsonParseException(parser, "The statusCode is not the status of a response");
  }

  private static String readBody(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new JsonParseException(parser, "The body is not a string");
    }
    return parser.getText();
  }

  private static void readHeaders(JsonParser parser, List<Field> into) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(parser, "The headers are not an object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      readValues(parser, name, into);
    }
  }

  private static void readValues(JsonParser parser, String name, List<Field> into)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        readValues(parser, name, into);
      }
    } else if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    } else if (parser.currentToken().isScalarValue()) {
      if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        throw new JsonParseException(parser, "The name of a header is not a token");
      }
      into.add(new Field(name, parser.getText()));
    } else {
      throw new JsonParseException(parser, "The header " + name + " is not a string");
    }
  }

  /** Both kinds are merged; a pair that is in both is sent once. */
  private List<Field> headers() {
    List<Field> merged = new ArrayList<>(single);
    merged.removeIf(field -> multi.stream().anyMatch(other -> isSame(field, other)));
    merged.addAll(multi);
    return merged;
  }

  private byte[] body() {
    return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isSame(Field one, Field other) {
    return one.name().equalsIgnoreCase(other.name()) && one.value().equals(other.value());
  }
}
