package dev.corsage.gateway.template;

import dev.corsage.gateway.api.BuiltInCors;
import dev.corsage.gateway.api.Location;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the CORS configuration of an HTTP API or a function URL. */
final class BuiltInCorsReader {
  private static final List<String> KEYS =
      List.of(
          "AllowOrigins",
          "AllowMethods",
          "AllowHeaders",
          "ExposeHeaders",
          "MaxAge",
          "AllowCredentials");

  private BuiltInCorsReader() {}

  /** Reads one; keys are in upper camel case in properties, in lower camel case in OpenAPI. */
  static BuiltInCors read(Resources resources, Value cors, String property) {
    Location location = new Location(property, cors.line());
    resources.unresolved(cors, property);
    if (!(cors instanceof Value.Fields)) {
      // SAM: true is every origin, and a plain text is one.
      String origin = cors.isTrue() ? "*" : cors.text();
      return new BuiltInCors(
          cors.isKnown() ? List.of(origin) : List.of(),
          List.of(),
          List.of(),
          List.of(),
          "",
          false,
          cors.isKnown() ? Set.of() : Set.copyOf(KEYS),
          location);
    }
    return new BuiltInCors(
        either(cors, "AllowOrigins").texts(),
        either(cors, "AllowMethods").texts(),
        either(cors, "AllowHeaders").texts(),
        either(cors, "ExposeHeaders").texts(),
        either(cors, "MaxAge").text(),
        either(cors, "AllowCredentials").isTrue(),
        KEYS.stream()
            .filter(key -> !either(cors, key).isKnown())
            .collect(Collectors.toUnmodifiableSet()),
        location);
  }

  private static Value either(Value cors, String key) {
    Value upper = cors.at(key);
    String lower = key.substring(0, 1).toLowerCase(Locale.ROOT) + key.substring(1);
    return upper.isPresent() ? upper : cors.at(lower);
  }
}
