package dev.corsage.gateway.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code $input}, see <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference">the
 * reference</a>.
 */
final class InputVariable {
  /** In the order in which a parameter is looked for. */
  private static final List<String> PLACES = List.of("path", "querystring", "header");

  private final String body;
  private final Map<String, Map<String, Object>> parameters = new LinkedHashMap<>();

  InputVariable(MappingInput input) {
    body = input.body();
    parameters.put("path", new LinkedHashMap<>(input.path()));
    parameters.put("querystring", new LinkedHashMap<>(input.querystring()));
    parameters.put("header", new LinkedHashMap<>(input.header()));
  }

  String body() {
    return body;
  }

  /** Returns what a JSONPath finds in the payload. */
  Object path(String path) {
    return Json.find(Json.read(body), path);
  }

  /** Returns the same as a JSON text. */
  String json(String path) {
    return Json.write(path(path));
  }

  Map<String, Map<String, Object>> params() {
    return parameters;
  }

  Object params(String name) {
    return PLACES.stream()
        .map(place -> parameters.get(place).get(name))
        .filter(value -> value != null)
        .findFirst()
        .orElse("");
  }
}
