package dev.corsage.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.gateway.ApiRequest.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A function's response, read as its invoker reads it.
 *
 * @param status from 200 to 599
 * @param headers in the order of the response; names as they are there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FunctionResponse(int status, List<Field> headers, byte[] body) implements ApiResponse {
  private static final JsonFactory JSON = new JsonFactory();

  /** Of the connection, not of the message: the gateway makes its own. */
  private static final Set<String> CONNECTION_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * Reads a response.
   *
   * @throws IOException if it is malformed, for which API Gateway answers 502
   */
  static FunctionResponse read(ApiType type, byte[] response) throws IOException {
    Reader reader = new Reader(type);
    try (JsonParser parser = JSON.createParser(response)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        reader.readFields(parser);
      } else if (parser.currentToken() == null) {
        throw new JsonParseException(parser, "The answer is empty");
      } else {
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "There is something behind the answer");
      }
      if (reader.status != 0) {
        return new FunctionResponse(reader.status, reader.headers(), reader.body());
      }
      if (!type.isV2()) {
        throw new JsonParseException(parser, "The answer has no statusCode");
      }
    } catch (IllegalArgumentException notBase64) {
      throw new IOException("The body is not base64", notBase64);
    }
    // Payload format 2.0 takes any other JSON for the body of a 200.
    return new FunctionResponse(
        200, List.of(new Field("content-type", "application/json")), response);
  }

  @Override
  public void send(Request request, Response response, Callback callback) {
    response.setStatus(status);
    HttpFields.Mutable fields = response.getHeaders();
    for (Field field : headers) {
      if (!CONNECTION_HEADERS.contains(field.name().toLowerCase(Locale.ROOT))) {
        fields.add(field.name(), field.value());
      }
    }
    boolean bodiless = status == 204 || status == 304;
    response.write(true, ByteBuffer.wrap(bodiless ? new byte[0] : body), callback);
  }

  private static final class Reader {
    private final boolean v2;
    private final boolean multiValue;
    private final List<Field> single = new ArrayList<>();
    private final List<Field> multi = new ArrayList<>();
    private int status;
    private String body = "";
    private boolean base64;

    Reader(ApiType type) {
      v2 = type.isV2();
      // Load balancers read them only where multi-value headers are on.
      multiValue = !v2 && type != ApiType.ALB;
    }

    void readFields(JsonParser parser) throws IOException {
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
        } else {
          parser.skipChildren();
        }
      }
    }

    private static int readStatus(JsonParser parser) throws IOException {
      if (parser.currentToken().isScalarValue() && parser.getText().matches("[2-5][0-9]{2}")) {
        return Integer.parseInt(parser.getText());
      }
      throw new JsonParseException(parser, "The statusCode is no status of an answer");
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
          throw new JsonParseException(parser, "A header has a name that headers do not have");
        }
        into.add(new Field(name, parser.getText()));
      } else {
        throw new JsonParseException(parser, "The header " + name + " is not a string");
      }
    }

    /** Both kinds are merged; a pair that is in both goes out once. */
    List<Field> headers() {
      List<Field> merged = new ArrayList<>(single);
      merged.removeIf(field -> multi.stream().anyMatch(field::isSameAs));
      merged.addAll(multi);
      return merged;
    }

    byte[] body() {
      return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
    }
  }
}
