package dev.corsage.gateway.template;

import dev.corsage.gateway.api.BuiltInCors;
import dev.corsage.gateway.api.Location;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What SAM makes of the property <a
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html">{@code
 * Cors}</a> of a REST API, a mock integration for the OPTIONS of each path, and of <a
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html">{@code
 * CorsConfiguration}</a> of an HTTP API.
 */
final class SamCors {
  private static final String EVERY_ORIGIN = "'*'";
  private static final String EVERY_METHOD = "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT";
  private static final Set<String> REST_KEYS =
      Set.of("AllowMethods", "AllowHeaders", "AllowOrigin", "MaxAge", "AllowCredentials");
  private static final Set<String> HTTP_KEYS =
      Set.of(
          "AllowMethods",
          "AllowHeaders",
          "AllowOrigins",
          "MaxAge",
          "ExposeHeaders",
          "AllowCredentials");

  private final Resources resources;
  private final ApiDraft draft;
  private final Value properties;
  private final Operations operations;

  SamCors(Resources resources, ApiDraft draft, Value properties, Operations operations) {
    this.resources = resources;
    this.draft = draft;
    this.properties = properties;
    this.operations = operations;
  }

  /** What the property has replaces what the document has, key by key. */
  void configure() {
    Value cors = properties.at("CorsConfiguration");
    if (!SamApi.isSet(cors)) {
      return;
    }
    String where = draft.id + ".CorsConfiguration";
    checkKeys(cors, HTTP_KEYS, where);
    if (cors instanceof Value.Text && !cors.isTrue()) {
      refuse(
          cors,
          where,
          "It is a text, and SAM takes true or a mapping.",
          "Write AllowOrigins below it, with a list of origins.");
    }
    BuiltInCors own = BuiltInCorsReader.read(resources, cors, where);
    BuiltInCors document = draft.cors;
    draft.cors = document == null ? own : own.over(document);
  }

  /** Adds an OPTIONS to each path that has none. */
  void addPreflights(SamApi api) {
    Value cors = properties.at("Cors");
    if (!SamApi.isSet(cors)) {
      return;
    }
    String where = draft.id + ".Cors";
    checkKeys(cors, REST_KEYS, where);
    Map<String, Value> headers = headers(cors);
    if (cors instanceof Value.Items || cors.isTrue()) {
      refuse(
          cors,
          where,
          "It is neither an origin nor a mapping.",
          "Write \"'https://app.example.com'\", or AllowOrigin below it.");
    }
    // /path and /path/ are one resource.
    Set<String> resourcePaths = new HashSet<>();
    for (String path : List.copyOf(operations.paths())) {
      boolean first = resourcePaths.add(path.equals("/") ? path : path.replaceFirst("/+$", ""));
      if (first && operations.get(path, Operations.OPTIONS) == null) {
        Map<String, Value> own = new LinkedHashMap<>(headers);
        own.computeIfAbsent("Access-Control-Allow-Methods", name -> methods(path, cors.line()));
        operations.put(
            path,
            Operations.OPTIONS,
            api.operation(
                SamDefinitions.preflight(own, cors.line()), new Location(where, cors.line())));
      }
    }
  }

  /** Returns the values of the headers; without an origin it is every origin. */
  private static Map<String, Value> headers(Value cors) {
    int line = cors.line();
    Map<String, Value> headers = new LinkedHashMap<>();
    Value origin = cors.fields().isEmpty() ? cors : cors.at("AllowOrigin");
    headers.put(
        "Access-Control-Allow-Origin",
        origin.isPresent() ? origin : SamDefinitions.text(EVERY_ORIGIN, line));
    for (String name : List.of("Headers", "Methods")) {
      Value value = cors.at("Allow" + name);
      if (SamApi.isSet(value)) {
        headers.put("Access-Control-Allow-" + name, value);
      }
    }
    Value maxAge = cors.at("MaxAge");
    if (maxAge.isPresent()) {
      headers.put("Access-Control-Max-Age", maxAge);
    }
    Value credentials = cors.at("AllowCredentials");
    if (credentials.isTrue()) {
      headers.put("Access-Control-Allow-Credentials", SamDefinitions.text("'true'", line));
    } else if (!credentials.isKnown()) {
      headers.put("Access-Control-Allow-Credentials", credentials);
    }
    return headers;
  }

  /** SAM takes all that a path has for methods, also {@code parameters}. */
  private Value methods(String path, int line) {
    Set<String> names = operations.names(path);
    names.add(Operations.OPTIONS);
    return SamDefinitions.text(
        "'"
            + (operations.get(path, Operations.ANY) == null
                ? String.join(",", names)
                : EVERY_METHOD)
            + "'",
        line);
  }

  private void checkKeys(Value cors, Set<String> known, String where) {
    cors.fields()
        .forEach(
            (name, value) -> {
              if (!known.contains(name)) {
                resources.refuse(
                    new Location(where + "." + name, value.line()),
                    name,
                    "SAM does not know this key.",
                    "The keys are " + String.join(", ", known.stream().sorted().toList()) + ".");
              }
            });
  }

  private void refuse(Value value, String where, String reason, String fix) {
    resources.refuse(new Location(where, value.line()), value.text(), reason, fix);
  }
}
