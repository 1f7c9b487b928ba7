package dev.corsage;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The headers of a decision, directly in the arrays of its policy: {@link #forEach} and {@link
 * #get} copy nothing and create no object.
 */
final class HeaderMap extends AbstractMap<String, String> {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final String allowOrigin;
  private final String[] others;

  /**
   * Creates the map.
   *
   * @param allowOrigin the value of {@code Access-Control-Allow-Origin}, or null for none
   * @param others names and values alternating; what has the value null is not there, and what has
   *     an empty one ({@link PolicyHeaders#SAME_AS_ORIGIN}) has that of allowOrigin
   */
  HeaderMap(String allowOrigin, String[] others) {
    this.allowOrigin = allowOrigin;
    this.others = others;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> action) {
    if (allowOrigin != null) {
      action.accept(ALLOW_ORIGIN, allowOrigin);
    }
    for (int i = 0; i < others.length; i += 2) {
      if (others[i + 1] != null) {
        action.accept(others[i], value(i));
      }
    }
  }

  @Override
  public String get(Object name) {
    if (ALLOW_ORIGIN.equals(name)) {
      return allowOrigin;
    }
    for (int i = 0; i < others.length; i += 2) {
      if (others[i].equals(name)) {
        return value(i);
      }
    }
    return null;
  }

  private String value(int i) {
    String value = others[i + 1];
    return value != null && value.isEmpty() ? allowOrigin : value;
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public int size() {
    int size = allowOrigin == null ? 0 : 1;
    for (int i = 1; i < others.length; i += 2) {
      size += others[i] == null ? 0 : 1;
    }
    return size;
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    Map<String, String> copy = new LinkedHashMap<>();
    forEach(copy::put);
    return Collections.unmodifiableMap(copy).entrySet();
  }
}
