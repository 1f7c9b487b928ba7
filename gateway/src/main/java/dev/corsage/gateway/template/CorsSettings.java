package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Location;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The CORS settings of an API or a function URL, as they are written: with keys and values that AWS
 * refuses or ignores. Immutable.
 *
 * @param place where they stand, which decides what is allowed in them
 * @param bySam whether AWS SAM reads them first
 * @param values by their keys; a scalar is a list with one element
 * @param isMapping whether they are a mapping; otherwise {@link #scalar} is all of them
 * @param scalar the settings if they are one value; null for a mapping
 */
public record CorsSettings(
    Place place,
    boolean bySam,
    Map<String, List<Written>> values,
    boolean isMapping,
    Written scalar,
    Location location) {

  /** Where CORS settings can stand. */
  public enum Place {
    /** {@code CorsConfiguration} of an HTTP API. */
    HTTP_API("HTTP APIs"),
    /** {@code x-amazon-apigateway-cors} in the OpenAPI document of an HTTP API. */
    DOCUMENT("HTTP APIs"),
    /** {@code Cors} of a function URL. */
    FUNCTION_URL("Function URLs"),
    /** {@code Cors} of SAM's REST APIs, of which SAM makes mock integrations. */
    REST_API("REST APIs");

    private final String plural;

    Place(String plural) {
      this.plural = plural;
    }

    /** Returns what has such settings, at the beginning of a sentence. */
    public String plural() {
      return plural;
    }
  }

  /** Returns the values of a key, written as in properties: {@code AllowOrigins}. */
  public List<Written> get(String key) {
    String lower = key.substring(0, 1).toLowerCase(Locale.ROOT) + key.substring(1);
    return values.getOrDefault(key, values.getOrDefault(lower, List.of()));
  }

  /** Tells whether a key is the known value true. */
  public boolean isTrue(String key) {
    List<Written> value = get(key);
    return value.size() == 1 && value.get(0).text().equalsIgnoreCase("true");
  }
}
