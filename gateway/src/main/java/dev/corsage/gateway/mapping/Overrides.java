package dev.corsage.gateway.mapping;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What templates have set in <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html">{@code
 * $context.requestOverride} and {@code $context.responseOverride}</a>. Immutable.
 */
public final class Overrides {
  /** Nothing is set. */
  public static final Overrides NONE = new Overrides(Map.of());

  private static final String REQUEST = "requestOverride";
  private static final String RESPONSE = "responseOverride";
  private static final String HEADER = "header";

  /** The maps that a template can set values in, as paths in the context. */
  private static final List<List<String>> MAPS =
      List.of(
          List.of(REQUEST, HEADER),
          List.of(REQUEST, "path"),
          List.of(REQUEST, "querystring"),
          List.of(RESPONSE),
          List.of(RESPONSE, HEADER));

  private final Map<List<String>, Map<String, Object>> values;

  private Overrides(Map<List<String>, Map<String, Object>> values) {
    this.values = values;
  }

  /**
   * Returns the status of the response; none if it is not set to a whole number from 100 to 599:
   * API Gateway ignores others.
   */
  public OptionalInt status() {
    Object status = values.getOrDefault(List.of(RESPONSE), Map.of()).get("status");
    return status instanceof Integer code && code >= 100 && code <= 599
        ? OptionalInt.of(code)
        : OptionalInt.empty();
  }

  /** Returns the headers of the response, in the order in which they were set. */
  public Map<String, List<String>> responseHeaders() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    values
        .getOrDefault(List.of(RESPONSE, HEADER), Map.of())
        .forEach(
            (name, value) ->
                headers.put(
                    name,
                    value instanceof List<?> several
                        ? several.stream().map(String.class::cast).toList()
                        : List.of((String) value)));
    return headers;
  }

  /** Puts the maps that a template can set values in into its context; returns them. */
  Map<List<String>, Map<String, Object>> addTo(Map<String, Object> context) {
    Map<List<String>, Map<String, Object>> live = new LinkedHashMap<>();
    context.put(REQUEST, new LinkedHashMap<String, Object>());
    for (List<String> path : MAPS) {
      WriteOnceMap map =
          new WriteOnceMap(String.join(".", path), values.getOrDefault(path, Map.of()));
      live.put(path, map);
      if (path.size() == 1) {
        context.put(path.get(0), map);
      } else {
        @SuppressWarnings("unchecked") // put there by this method
        Map<String, Object> parent = (Map<String, Object>) context.get(path.get(0));
        WriteOnceMap.begin(parent, path.get(1), map);
      }
    }
    return live;
  }

  /**
   * Returns what is in these maps after a template has run: while its budget counts, since the
   * values of headers become texts.
   */
  static Overrides of(Map<List<String>, Map<String, Object>> live) {
    Map<List<String>, Map<String, Object>> values = new LinkedHashMap<>();
    live.forEach(
        (path, map) -> {
          Map<String, Object> own = new LinkedHashMap<>(map);
          own.values().removeIf(WriteOnceMap.class::isInstance);
          if (path.equals(List.of(RESPONSE, HEADER))) {
            own.replaceAll((name, value) -> texts(value));
          }
          values.put(path, own);
        });
    return new Overrides(values);
  }

  private static Object texts(Object value) {
    return value instanceof Collection<?> several
        ? several.stream().map(Methods::printed).toList()
        : Methods.printed(value);
  }
}
