package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the events of a connection to a <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html">WebSocket
 * API</a>.
 *
 * @param id of the connection
 * @param handshake the request that opened it
 * @param opened when that was
 */
record ConnectionEvent(String id, ApiRequest handshake, Instant opened) {
  private static final JsonFactory JSON = new JsonFactory();

  static ConnectionEvent of(ApiRequest handshake) {
    return new ConnectionEvent(
        UUID.randomUUID().toString().replace("-", "").substring(0, 16), handshake, Instant.now());
  }

  byte[] connect() throws IOException {
    return write("$connect", "CONNECT", null, true);
  }

  byte[] disconnect() throws IOException {
    return write("$disconnect", "DISCONNECT", null, true);
  }

  byte[] message(String route, String body) throws IOException {
    return write(route, "MESSAGE", body, false);
  }

  private byte[] write(String route, String type, String body, boolean withHeaders)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      out.writeStartObject();
      if (withHeaders) {
        writeBoth(out, "headers", "multiValueHeaders", headers());
      }
      if (type.equals("CONNECT") && handshake.query() != null) {
        writeBoth(out, "queryStringParameters", "multiValueQueryStringParameters", parameters());
      }
      out.writeObjectFieldStart("requestContext");
      out.writeStringField("routeKey", route);
      out.writeStringField("eventType", type);
      out.writeStringField("messageDirection", "IN");
      out.writeStringField("connectionId", id);
      out.writeNumberField("connectedAt", opened.toEpochMilli());
      out.writeStringField("requestId", UUID.randomUUID().toString());
      out.writeNumberField("requestTimeEpoch", Instant.now().toEpochMilli());
      out.writeStringField("apiId", ApiRequest.API_ID);
      out.writeStringField("domainName", handshake.domain());
      out.writeStringField("stage", handshake.stage());
      if (body != null) {
        out.writeStringField("messageId", UUID.randomUUID().toString());
      }
      out.writeObjectFieldStart("identity");
      out.writeStringField("sourceIp", handshake.sourceIp());
      String userAgent = handshake.value("user-agent");
      out.writeStringField("userAgent", userAgent == null ? "" : userAgent);
      out.writeEndObject();
      out.writeEndObject();
      if (body != null) {
        out.writeStringField("body", body);
      }
      out.writeBooleanField("isBase64Encoded", false);
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Field field : handshake.headers()) {
      headers.computeIfAbsent(field.name(), n -> new ArrayList<>(1)).add(field.value());
    }
    headers.put("X-Forwarded-For", List.of(handshake.sourceIp()));
    headers.put("X-Forwarded-Port", List.of(Integer.toString(handshake.port())));
    headers.put("X-Forwarded-Proto", List.of(handshake.scheme()));
    return headers;
  }

  private Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String parameter : handshake.query().split("&", -1)) {
      String[] sides = parameter.split("=", 2);
      parameters
          .computeIfAbsent(decoded(sides[0]), n -> new ArrayList<>(1))
          .add(sides.length < 2 ? "" : decoded(sides[1]));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return text;
    }
  }

  private static void writeBoth(
      JsonGenerator out, String single, String multi, Map<String, List<String>> values)
      throws IOException {
    out.writeObjectFieldStart(single);
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue().get(entry.getValue().size() - 1));
    }
    out.writeEndObject();
    out.writeObjectFieldStart(multi);
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      out.writeArrayFieldStart(entry.getKey());
      for (String value : entry.getValue()) {
        out.writeString(value);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }
}
