package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What CORS needs to know of the event of a Lambda proxy integration; the rest of the event is
 * skipped, not kept.
 *
 * <p>Events: <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">REST
 * API</a>, <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">HTTP
 * API</a>.
 */
final class Event implements HttpRequest {
  private static final String HOST = "host";
  private static final String FORWARDED_PROTO = "x-forwarded-proto";

  private String method;
  private Payload payload;
  private String path;
  private String rawPath;
  private String stage;
  private String apiId;
  private String domain;
  private final Map<String, List<String>> headers = new HashMap<>();
  private final Map<String, List<String>> multiValueHeaders = new HashMap<>();

  private Event() {}

  /**
   * Reads an event.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no JSON or the event of no proxy integration; the
   *     message says what is wrong
   */
  static Event read(JsonParser parser) throws IOException {
    Event event = new Event();
    try {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        event.readFields(parser);
      }
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(
          "This event is not valid JSON, from byte " + malformed.getLocation().getByteOffset());
    }
    if (event.method == null) {
      throw new IllegalArgumentException(
          "This event is none of an API Gateway proxy integration: it has neither httpMethod"
              + " (REST API, HTTP API payload format 1.0) nor requestContext.http.method (payload"
              + " format 2.0).");
    }
    return event;
  }

  private void readFields(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "httpMethod" -> {
          // The method of a payload 2.0 stands in its requestContext and decides, wherever it is.
          if (payload == null && value == JsonToken.VALUE_STRING) {
            method = parser.getText();
            payload = Payload.V1;
          }
        }
        case "path" -> path = textOrNull(parser);
        case "rawPath" -> rawPath = textOrNull(parser);
        case "headers" -> readHeaders(parser, headers);
        case "multiValueHeaders" -> readHeaders(parser, multiValueHeaders);
        case "requestContext" -> readRequestContext(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void readRequestContext(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "stage" -> stage = textOrNull(parser);
        case "apiId" -> apiId = textOrNull(parser);
        case "domainName" -> domain = textOrNull(parser);
        case "http" -> {
          if (value == JsonToken.START_OBJECT) {
            readHttp(parser);
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private static String textOrNull(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  private void readHttp(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isMethod = parser.currentName().equals("method");
      if (parser.nextToken() == JsonToken.VALUE_STRING && isMethod) {
        method = parser.getText();
        payload = Payload.V2;
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void readHeaders(JsonParser parser, Map<String, List<String>> into)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      // REST APIs hand names on in the client's case; HTTP APIs in lower case.
      String name = parser.currentName().toLowerCase(Locale.ROOT);
      parser.nextToken();
      if (isNeeded(name)) {
        readLines(parser, into.computeIfAbsent(name, n -> new ArrayList<>(1)));
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void readLines(JsonParser parser, List<String> lines) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        readLines(parser, lines);
      }
    } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
      lines.add(parser.getText());
    } else {
      parser.skipChildren();
    }
  }

  private static boolean isNeeded(String name) {
    return switch (name) {
      case "origin",
          "access-control-request-method",
          "access-control-request-headers",
          HOST,
          FORWARDED_PROTO ->
          true;
      default -> false;
    };
  }

  /** Returns the format that the answer must have. */
  Payload payload() {
    return payload;
  }

  @Override
  public String method() {
    return method;
  }

  /** {@inheritDoc} All lines are in multiValueHeaders, if there are any; else in headers. */
  @Override
  public List<String> header(String name) {
    List<String> lines = multiValueHeaders.getOrDefault(name, List.of());
    return lines.isEmpty() ? headers.getOrDefault(name, List.of()) : lines;
  }

  @Override
  public String stage() {
    return stage;
  }

  @Override
  public String apiId() {
    return apiId;
  }

  @Override
  public String domain() {
    return domain;
  }

  /**
   * {@inheritDoc} At the API's own endpoint the paths of an HTTP API begin with the stage, unless
   * that is {@code $default}.
   */
  @Override
  public String path() {
    if (payload == Payload.V1) {
      return path;
    }
    String prefix = "/" + stage;
    boolean hasStage =
        rawPath != null
            && domain != null
            && domain.contains(".execute-api.")
            && (rawPath.equals(prefix) || rawPath.startsWith(prefix + "/"));
    return hasStage ? rawPath.equals(prefix) ? "/" : rawPath.substring(prefix.length()) : rawPath;
  }

  @Override
  public String targetOrigin() {
    List<String> host = header(HOST);
    List<String> scheme = header(FORWARDED_PROTO);
    if (host.size() != 1 || scheme.size() > 1) {
      return null;
    }
    return (scheme.isEmpty() ? "https" : scheme.get(0)) + "://" + host.get(0);
  }
}
