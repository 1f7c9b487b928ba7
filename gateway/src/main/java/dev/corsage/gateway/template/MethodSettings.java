package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Location;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The integration of a REST API's method, as it is written: mappings that AWS refuses among them.
 * Immutable.
 *
 * @param api the logical id of its API
 * @param method in upper case
 * @param type the type of the integration in upper case, such as {@code MOCK}
 * @param asText whether {@code CONVERT_TO_TEXT} is set for requests
 * @param responses the responses of the integration
 * @param location where the method is written: that of its route
 */
public record MethodSettings(
    String api,
    String method,
    String type,
    boolean asText,
    List<Response> responses,
    Location location) {

  /**
   * A response of an integration.
   *
   * @param status as it is written
   * @param headers the values of its headers, by the names as they are written
   * @param templates its mapping templates
   * @param declared the names of the headers that the method declares for this status, in lower
   *     case; null if that is not known
   * @param line where it is written
   */
  public record Response(
      String status,
      Map<String, Written> headers,
      List<Written> templates,
      Set<String> declared,
      int line) {

    /** Returns the value of a header, whatever the case of its name; null if it has none. */
    public Written header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }

    /** Tells whether a header is, or may be, set by a mapping template. */
    public boolean isOverridden(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      return templates.stream()
          .anyMatch(
              template ->
                  !template.isKnown() || template.text().toLowerCase(Locale.ROOT).contains(lower));
    }
  }

  /** Tells whether it is a mock integration. */
  public boolean isMock() {
    return type.equals("MOCK");
  }
}
