package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.RouteTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the event of a request: <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">HTTP
 * API</a>, <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">REST
 * API</a>, <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">function
 * URL</a>, <a
 * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Application
 * Load Balancer</a>.
 */
final class EventWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String ACCOUNT = "123456789012";
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ApiType type;
  private final ApiRequest request;
  private final RouteTable.Match match;
  private final byte[] body;
  private final Instant now = Instant.now();
  private final JsonGenerator out;

  private EventWriter(
      ApiType type, ApiRequest request, RouteTable.Match match, byte[] body, JsonGenerator out) {
    this.type = type;
    this.request = request;
    this.match = match;
    this.body = body;
    this.out = out;
  }

  /** Returns the event of a request that takes a route. */
  static byte[] write(ApiType type, ApiRequest request, RouteTable.Match match, byte[] body)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 4096);
    try (JsonGenerator out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      EventWriter event = new EventWriter(type, request, match, body, out);
      out.writeStartObject();
      switch (type) {
        case HTTP_V2, FUNCTION_URL -> event.writeV2();
        case HTTP_V1, REST -> event.writeV1();
        case ALB -> event.writeAlb();
      }
      event.writeBody();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void writeV2() throws IOException {
    out.writeStringField("version", "2.0");
    out.writeStringField("routeKey", routeKey());
    out.writeStringField("rawPath", path());
    out.writeStringField("rawQueryString", request.query() == null ? "" : request.query());
    Map<String, List<String>> headers = headers();
    // Cookies have a field of their own in this format and are not among the headers.
    List<String> cookies = headers.remove("cookie");
    if (cookies != null) {
      out.writeArrayFieldStart("cookies");
      for (String line : cookies) {
        for (String cookie : line.split(";", -1)) {
          if (!cookie.isBlank()) {
            out.writeString(cookie.strip());
          }
        }
      }
      out.writeEndArray();
    }
    writeJoined("headers", headers);
    Map<String, List<String>> parameters = parameters();
    if (!parameters.isEmpty()) {
      writeJoined("queryStringParameters", parameters);
    }
    out.writeObjectFieldStart("requestContext");
    writeCommonContext();
    out.writeObjectFieldStart("http");
    out.writeStringField("method", request.method());
    out.writeStringField("path", path());
    out.writeStringField("protocol", request.protocol());
    out.writeStringField("sourceIp", request.sourceIp());
    out.writeStringField("userAgent", userAgent());
    out.writeEndObject();
    out.writeStringField("routeKey", routeKey());
    out.writeStringField("time", REQUEST_TIME.format(now));
    out.writeNumberField("timeEpoch", now.toEpochMilli());
    out.writeEndObject();
    if (type == ApiType.HTTP_V2) {
      writePathParameters();
      writeStageVariables();
    }
  }

  /** Function URLs have one route. */
  private String routeKey() {
    return type == ApiType.HTTP_V2 ? match.route().key() : "$default";
  }

  private void writeAlb() throws IOException {
    out.writeObjectFieldStart("requestContext");
    out.writeObjectFieldStart("elb");
    out.writeStringField(
        "targetGroupArn",
        "arn:aws:elasticloadbalancing:eu-west-1:"
            + ACCOUNT
            + ":targetgroup/corsage/0123456789abcdef");
    out.writeEndObject();
    out.writeEndObject();
    out.writeStringField("httpMethod", request.method());
    out.writeStringField("path", path());
    writeLast("queryStringParameters", encodedParameters());
    writeLast("headers", headers());
  }

  private void writeLast(String field, Map<String, List<String>> values) throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      List<String> lines = entry.getValue();
      out.writeStringField(entry.getKey(), lines.get(lines.size() - 1));
    }
    out.writeEndObject();
  }

  private void writeV1() throws IOException {
    if (type == ApiType.HTTP_V1) {
      out.writeStringField("version", "1.0");
    }
    out.writeStringField("resource", match.route().path());
    out.writeStringField("path", path());
    out.writeStringField("httpMethod", request.method());
    writeSingleAndMultiValue("headers", "multiValueHeaders", headers());
    writeSingleAndMultiValue(
        "queryStringParameters", "multiValueQueryStringParameters", parameters());
    out.writeObjectFieldStart("requestContext");
    writeCommonContext();
    out.writeStringField("httpMethod", request.method());
    out.writeObjectFieldStart("identity");
    out.writeStringField("sourceIp", request.sourceIp());
    out.writeStringField("userAgent", userAgent());
    out.writeEndObject();
    out.writeStringField("path", path());
    out.writeStringField("protocol", request.protocol());
    out.writeStringField("requestTime", REQUEST_TIME.format(now));
    out.writeNumberField("requestTimeEpoch", now.toEpochMilli());
    out.writeStringField("resourcePath", match.route().path());
    out.writeEndObject();
    writePathParameters();
    writeStageVariables();
  }

  private void writeCommonContext() throws IOException {
    out.writeStringField("accountId", ACCOUNT);
    out.writeStringField("apiId", ApiRequest.API_ID);
    out.writeStringField("domainName", request.domain());
    out.writeStringField("domainPrefix", ApiRequest.API_ID);
    out.writeStringField("requestId", UUID.randomUUID().toString());
    out.writeStringField("stage", request.stage());
  }

  private void writePathParameters() throws IOException {
    if (match.pathParameters().isEmpty()) {
      if (!type.isV2()) {
        out.writeNullField("pathParameters");
      }
      return;
    }
    out.writeObjectFieldStart("pathParameters");
    for (Map.Entry<String, String> parameter : match.pathParameters().entrySet()) {
      out.writeStringField(parameter.getKey(), asPassedOn(parameter.getValue()));
    }
    out.writeEndObject();
  }

  private void writeStageVariables() throws IOException {
    if (request.stageVariables().isEmpty()) {
      if (!type.isV2()) {
        out.writeNullField("stageVariables");
      }
      return;
    }
    out.writeObjectFieldStart("stageVariables");
    for (Map.Entry<String, String> variable : request.stageVariables().entrySet()) {
      out.writeStringField(variable.getKey(), variable.getValue());
    }
    out.writeEndObject();
  }

  /**
   * HTTP APIs decode paths, {@code rawPath} too (<a
   * href="https://github.com/fastify/aws-lambda-fastify/issues/169">as seen on AWS</a>); the other
   * kinds pass them on as they were sent.
   */
  private String asPassedOn(String path) {
    boolean httpApi = type == ApiType.HTTP_V1 || type == ApiType.HTTP_V2;
    // In a path a plus sign is a plus sign.
    return httpApi ? decode(path.replace("+", "%2B")) : path;
  }

  private String path() {
    return asPassedOn(request.path());
  }

  private String userAgent() {
    String userAgent = request.value("user-agent");
    return userAgent == null ? "" : userAgent;
  }

  /** REST APIs keep the case of names, the others do not; all add what a proxy adds. */
  private Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Field field : request.headers()) {
      headers.computeIfAbsent(name(field.name()), n -> new ArrayList<>(1)).add(field.value());
    }
    addHeader(headers, "X-Forwarded-For", request.sourceIp());
    addHeader(headers, "X-Forwarded-Port", Integer.toString(request.port()));
    addHeader(headers, "X-Forwarded-Proto", request.scheme());
    return headers;
  }

  private void addHeader(Map<String, List<String>> headers, String name, String value) {
    // What the client sent under this name, in any case, is replaced by what the gateway knows.
    headers.keySet().removeIf(name::equalsIgnoreCase);
    headers.put(name(name), List.of(value));
  }

  private String name(String name) {
    return type == ApiType.REST ? name : name.toLowerCase(Locale.ROOT);
  }

  private Map<String, List<String>> parameters() {
    Map<String, List<String>> decoded = new LinkedHashMap<>();
    encodedParameters()
        .forEach(
            (name, values) ->
                decoded
                    .computeIfAbsent(decode(name), n -> new ArrayList<>(1))
                    .addAll(values.stream().map(EventWriter::decode).toList()));
    return decoded;
  }

  /** Load balancers pass parameters on as they were sent. */
  private Map<String, List<String>> encodedParameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (request.query() != null) {
      for (String parameter : request.query().split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        if (!parameter.isEmpty()) {
          parameters.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
        }
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return text;
    }
  }

  private void writeJoined(String field, Map<String, List<String>> values) throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      out.writeStringField(entry.getKey(), String.join(",", entry.getValue()));
    }
    out.writeEndObject();
  }

  private void writeSingleAndMultiValue(
      String single, String multi, Map<String, List<String>> values) throws IOException {
    if (values.isEmpty()) {
      out.writeNullField(single);
      out.writeNullField(multi);
      return;
    }
    writeLast(single, values);
    out.writeObjectFieldStart(multi);
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      out.writeArrayFieldStart(entry.getKey());
      for (String line : entry.getValue()) {
        out.writeString(line);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private void writeBody() throws IOException {
    String text = body.length == 0 ? null : textBody();
    if (text == null && body.length > 0) {
      out.writeStringField("body", Base64.getEncoder().encodeToString(body));
      out.writeBooleanField("isBase64Encoded", true);
      return;
    }
    if (text != null || type == ApiType.ALB) {
      out.writeStringField("body", text == null ? "" : text);
    } else if (!type.isV2()) {
      out.writeNullField("body");
    }
    out.writeBooleanField("isBase64Encoded", false);
  }

  /** Returns the body as text, or null if it has to be encoded to arrive unchanged. */
  private String textBody() {
    String contentType = request.value("content-type");
    if (contentType == null || !isText(contentType) || request.value("content-encoding") != null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  private static boolean isText(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    return type.startsWith("text/")
        || type.endsWith("json")
        || type.endsWith("xml")
        || type.endsWith("javascript")
        || type.equals("application/x-www-form-urlencoded");
  }
}
