package dev.corsage;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The headers of a decision, directly in the arrays of its policy: nothing is copied, and {@link
 * #forEach} creates no object at all.
 */
final class HeaderMap extends AbstractMap<String, String> {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final String allowOrigin;
  private final String[] others;

  /**
   * Creates the map.
   *
   * @param allowOrigin the value of {@code Access-Control-Allow-Origin}, or null for none
   * @param others names and values alternating; what has the value null is not there
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
        action.accept(others[i], others[i + 1]);
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
        return others[i + 1];
      }
    }
    return null;
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
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, String>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return HeaderMap.this.size();
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<String, String>> {
    /** Where the next name is; before the others comes the origin, at -2. */
    private int next = allowOrigin == null ? following(0) : -2;

    private int following(int start) {
      int i = start;
      while (i < others.length && others[i + 1] == null) {
        i += 2;
      }
      return i;
    }

    @Override
    public boolean hasNext() {
      return next < others.length;
    }

    @Override
    public Map.Entry<String, String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int at = next;
      next = following(at + 2);
      return at < 0 ? Map.entry(ALLOW_ORIGIN, allowOrigin) : Map.entry(others[at], others[at + 1]);
    }
  }
}
