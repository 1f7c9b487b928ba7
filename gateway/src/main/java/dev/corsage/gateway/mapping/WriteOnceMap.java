package dev.corsage.gateway.mapping;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A map whose keys can be set once, in any case: "If you try to override the same parameter
 * multiple times, API Gateway returns a 5XX response" (see {@link Overrides}).
 */
final class WriteOnceMap extends LinkedHashMap<String, Object> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Set<String> written = new HashSet<>();

  /**
   * Creates a map.
   *
   * @param name its place in the context
   * @param before what an earlier template has set, which can be set again
   */
  WriteOnceMap(String name, Map<String, Object> before) {
    super(before);
    this.name = name;
  }

  /** Puts a value into a map of this kind, or another, where a template can still set it. */
  static void begin(Map<String, Object> map, String key, Object value) {
    if (map instanceof WriteOnceMap once) {
      once.begin(key, value);
    } else {
      map.put(key, value);
    }
  }

  private void begin(String key, Object value) {
    super.put(key, value);
  }

  @Override
  public Object put(String key, Object value) {
    if (!written.add(key.toLowerCase(Locale.ROOT))) {
      throw new TemplateFault("$context." + name + "." + key + " is set twice");
    }
    keySet().removeIf(key::equalsIgnoreCase);
    return super.put(key, value);
  }
}
