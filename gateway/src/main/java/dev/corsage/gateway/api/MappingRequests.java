package dev.corsage.gateway.api;

import dev.corsage.gateway.mapping.MappingInput;
import dev.corsage.gateway.mapping.Overrides;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What mapping templates can read of a request. */
final class MappingRequests {
  private static final String ACCOUNT = "123456789012";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private MappingRequests() {}

  static MappingInput input(
      MappedIntegration integration, RouteTable.Match match, ApiRequest request) {
    // Of several lines with a name, the last is the single value, as in events.
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach(field -> headers.put(field.name(), field.value()));
    return new MappingInput(
        "",
        match.pathParameters(),
        query(request.query()),
        headers,
        context(match, request),
        integration.settings().stageVariables(),
        Overrides.NONE);
  }

  private static Map<String, String> query(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        String[] parts = parameter.split("=", 2);
        if (!parameter.isEmpty()) {
          parameters.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
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

  private static Map<String, Object> context(RouteTable.Match match, ApiRequest request) {
    Instant now = Instant.now();
    String id = UUID.randomUUID().toString();
    String userAgent = request.value("user-agent");
    String apiKey = request.value("x-api-key");
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("accountId", ACCOUNT);
    context.put("apiId", ApiRequest.API_ID);
    context.put("authorizer", Map.of());
    context.put("domainName", request.domain());
    context.put("domainPrefix", ApiRequest.API_ID);
    context.put("error", Map.of());
    context.put("extendedRequestId", id);
    context.put("httpMethod", request.method());
    context.put(
        "identity",
        Map.of(
            "sourceIp", request.sourceIp(),
            "userAgent", userAgent == null ? "" : userAgent,
            "apiKey", apiKey == null ? "" : apiKey));
    context.put("path", "/" + request.stage() + request.path());
    context.put("protocol", request.protocol());
    context.put("requestId", id);
    context.put("requestTime", TIME.format(now));
    context.put("requestTimeEpoch", now.toEpochMilli());
    context.put("resourcePath", match.route().path());
    context.put("stage", request.stage());
    return context;
  }
}
