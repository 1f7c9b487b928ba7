package dev.corsage.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corsage.gateway.api.MappedIntegration.Endpoint;
import dev.corsage.gateway.api.MappedIntegration.Header;
import dev.corsage.gateway.api.MappedIntegration.IntegrationResponse;
import dev.corsage.gateway.api.MappedIntegration.Passthrough;
import dev.corsage.gateway.mapping.MappingException;
import dev.corsage.gateway.mapping.MappingInput;
import dev.corsage.gateway.mapping.MappingResult;
import dev.corsage.gateway.mapping.MappingTemplate;
import dev.corsage.gateway.mapping.Overrides;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Runs integrations that map: the request's payload through a template to the endpoint, what it
 * responds through the integration response that is selected. Safe for use by many threads.
 *
 * <p>Endpoints that are not functions of the template are not called: they would respond with 200
 * and an empty JSON object.
 */
final class IntegrationMapper {
  private static final String JSON = "application/json";
  private static final String ELSEWHERE = "{}";
  private static final String STATUS = "$input.json('$.statusCode')";
  private static final String ERROR = "$input.path('$.errorMessage')";
  private static final int MAX_ERROR = 1_000;

  private final Map<String, ? extends Integration> functions;
  private final Map<String, MappingTemplate> compiled = new ConcurrentHashMap<>();

  IntegrationMapper(Map<String, ? extends Integration> functions) {
    this.functions = functions;
  }

  /**
   * Returns the response to a request.
   *
   * @throws IntegrationException if API Gateway itself responds
   */
  ApiResponse respond(
      MappedIntegration integration, RouteTable.Match match, ApiRequest request, byte[] body)
      throws IntegrationException {
    MappingInput input = MappingRequests.input(integration, match, request);
    MappingResult mapped = mapRequest(integration, request, body, input);
    String payload;
    String selector;
    if (integration.endpoint() == Endpoint.MOCK) {
      payload = "";
      selector = mockStatus(mapped.body());
    } else {
      payload = call(integration, mapped.body());
      String error =
          integration.endpoint() == Endpoint.LAMBDA ? evaluateOr("", ERROR, payload) : "";
      selector = error.isEmpty() ? "200" : error;
    }
    IntegrationResponse response = select(integration.responses(), selector);
    return mapResponse(integration, response, request, input.with(payload, mapped.overrides()));
  }

  private MappingResult mapRequest(
      MappedIntegration integration, ApiRequest request, byte[] body, MappingInput input)
      throws IntegrationException {
    String mediaType = mediaType(request.value("content-type"));
    String template = template(integration.requestTemplates(), mediaType);
    boolean binary = integration.settings().isBinary(mediaType);
    if (template == null) {
      boolean passes =
          integration.passthrough() == Passthrough.WHEN_NO_MATCH
              || (integration.passthrough() == Passthrough.WHEN_NO_TEMPLATES
                  && integration.requestTemplates().isEmpty());
      if (!passes) {
        throw new IntegrationException(GatewayReason.UNSUPPORTED_MEDIA_TYPE);
      }
      return new MappingResult(text(body, binary && integration.convertsToText()), Overrides.NONE);
    }
    if (binary && !integration.convertsToText()) {
      // "Unable to transform request": https://github.com/clebert/aws-simple/issues/167
      throw new IntegrationException(GatewayReason.BINARY_PAYLOAD);
    }
    return evaluate(template, input.with(text(body, binary), Overrides.NONE));
  }

  /** Binary data becomes text as base64. */
  private static String text(byte[] body, boolean base64) {
    return base64 ? Base64.getEncoder().encodeToString(body) : new String(body, UTF_8);
  }

  /** Returns the status that the mapped request of a mock asks for. */
  private String mockStatus(String payload) throws IntegrationException {
    String status = evaluateOr("", STATUS, payload);
    if (!status.matches("-?[0-9]+")) {
      // "It should be an integer that is defined in the request template", says the log on AWS.
      throw new IntegrationException(GatewayReason.MOCK_WITHOUT_STATUS);
    }
    return status;
  }

  private String call(MappedIntegration integration, String payload) throws IntegrationException {
    Integration function =
        integration.functionId() == null ? null : functions.get(integration.functionId());
    // A function gets an empty object where there is no payload.
    String event = payload.isBlank() ? "{}" : payload;
    return function == null ? ELSEWHERE : new String(function.invoke(event.getBytes(UTF_8)), UTF_8);
  }

  private static IntegrationResponse select(List<IntegrationResponse> responses, String selector)
      throws IntegrationException {
    String bounded = selector.substring(0, Math.min(selector.length(), MAX_ERROR));
    for (IntegrationResponse response : responses) {
      if (!response.pattern().isEmpty() && matches(response.pattern(), bounded)) {
        return response;
      }
    }
    return responses.stream()
        .filter(response -> response.pattern().isEmpty())
        .findFirst()
        .orElseThrow(() -> new IntegrationException(GatewayReason.NO_INTEGRATION_RESPONSE));
  }

  private static boolean matches(String pattern, String selector) {
    try {
      return Pattern.compile(pattern).matcher(selector).matches();
    } catch (PatternSyntaxException malformed) {
      return false;
    }
  }

  private ApiResponse mapResponse(
      MappedIntegration integration,
      IntegrationResponse response,
      ApiRequest request,
      MappingInput input)
      throws IntegrationException {
    String accepted = mediaType(request.value("accept"));
    String template = template(response.templates(), accepted);
    String mediaType = accepted;
    if (template == null) {
      // API Gateway falls back to application/json, then to any.
      mediaType = response.templates().containsKey(JSON) ? JSON : first(response.templates());
      template = response.templates().getOrDefault(mediaType, "");
    }
    MappingResult mapped = new MappingResult(input.body(), input.overrides());
    if (!template.isEmpty()) {
      if (integration.settings().isBinary(accepted) && !response.convertsToText()) {
        throw new IntegrationException(GatewayReason.BINARY_PAYLOAD);
      }
      mapped = evaluate(template, input);
    }
    Map<String, Field> headers = new LinkedHashMap<>();
    for (Header header : response.headers()) {
      String value = header.isUsable() ? value(header.value().text(), input) : null;
      if (value != null) {
        headers.put(header.name(), new Field(header.name(), value));
      }
    }
    List<Field> fields = new ArrayList<>();
    Map<String, List<String>> overrides = mapped.overrides().responseHeaders();
    overrides.forEach(
        (name, values) -> {
          headers.keySet().removeIf(name::equalsIgnoreCase);
          values.forEach(value -> fields.add(new Field(name, value)));
        });
    fields.addAll(0, headers.values());
    fields.removeIf(field -> !isSendable(field));
    if (fields.stream().noneMatch(field -> field.name().equalsIgnoreCase("content-type"))) {
      fields.add(new Field("Content-Type", mediaType));
    }
    int status = mapped.overrides().status().orElse(response.status());
    return new ApiResponse(
        status < 200 ? response.status() : status, fields, mapped.body().getBytes(UTF_8));
  }

  private static String first(Map<String, String> templates) {
    return templates.keySet().stream().findFirst().orElse(JSON);
  }

  /** What only a deployment knows is not sent, nor what could be taken for another header. */
  private static boolean isSendable(Field field) {
    return !field.value().contains(MappedIntegration.UNKNOWN)
        && field.name().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        && field.value().chars().noneMatch(c -> c < ' ' && c != '\t');
  }

  /**
   * Returns the value of a header, see <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html">parameter
   * mapping</a>; null if it has none. No endpoint responds with headers here.
   */
  private String value(String expression, MappingInput input) {
    if (expression.length() >= 2 && expression.startsWith("'") && expression.endsWith("'")) {
      return expression.substring(1, expression.length() - 1);
    }
    String value = "";
    if (expression.equals("integration.response.body")) {
      value = input.body();
    } else if (expression.matches("integration\\.response\\.body\\.[\\w.@*\\[\\]-]+")) {
      String path = expression.substring("integration.response.body.".length());
      value = evaluateOr("", "$input.path('$." + path + "')", input.body());
    } else if (expression.startsWith("stageVariables.")) {
      value = input.stageVariables().getOrDefault(expression.substring(15), "");
    } else if (expression.matches("context\\.[\\w.-]+")) {
      value = evaluateOr("", "$" + expression, input);
    }
    return value.isEmpty() ? null : value;
  }

  /** Without a type, application/json is meant. */
  private static String mediaType(String header) {
    String type = header == null ? "" : header.split("[,;]", 2)[0].strip();
    return type.isEmpty() ? JSON : type.toLowerCase(Locale.ROOT);
  }

  private static String template(Map<String, String> templates, String mediaType) {
    return templates.entrySet().stream()
        .filter(template -> template.getKey().equalsIgnoreCase(mediaType))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private MappingResult evaluate(String template, MappingInput input) throws IntegrationException {
    try {
      MappingTemplate ready = compiled.get(template);
      if (ready == null) {
        ready = MappingTemplate.compile(template);
        compiled.put(template, ready);
      }
      return ready.evaluate(input);
    } catch (MappingException failed) {
      throw new IntegrationException(GatewayReason.MAPPING_FAILED);
    }
  }

  private String evaluateOr(String other, String template, String payload) {
    return evaluateOr(
        other, template, MappingInput.ofHeaders(Map.of()).with(payload, Overrides.NONE));
  }

  private String evaluateOr(String other, String template, MappingInput input) {
    try {
      return evaluate(template, input).body();
    } catch (IntegrationException failed) {
      return other;
    }
  }
}
