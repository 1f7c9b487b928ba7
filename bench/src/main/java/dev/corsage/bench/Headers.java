package dev.corsage.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Header fields in two arrays, found by comparing each name: the lightest form of what servers do.
 * For the responses of Corsage and the requests and responses of the servlet filters; Jetty and
 * Vert.x use their own classes here.
 */
final class Headers {
  private static final int USUAL = 16;

  private String[] names = new String[USUAL];
  private String[] values = new String[USUAL];
  private int size;

  void clear() {
    size = 0;
  }

  void add(String name, String value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    names[size] = name;
    values[size++] = value;
  }

  /** Replaces the first field of this name, and removes the others. */
  void set(String name, String value) {
    int kept = 0;
    boolean found = false;
    for (int i = 0; i < size; i++) {
      boolean same = names[i].equalsIgnoreCase(name);
      if (!same || !found) {
        names[kept] = names[i];
        values[kept++] = same ? value : values[i];
      }
      found |= same;
    }
    size = kept;
    if (!found) {
      add(name, value);
    }
  }

  /** Returns the first value, or null. */
  String get(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        return values[i];
      }
    }
    return null;
  }

  /** Returns all values. */
  List<String> all(String name) {
    List<String> found = null;
    for (int i = 0; i < size; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        if (found == null) {
          found = new ArrayList<>(1);
        }
        found.add(values[i]);
      }
    }
    return found == null ? List.of() : found;
  }

  /** Returns the names, in the order of the fields. */
  List<String> names() {
    return Arrays.asList(names).subList(0, size);
  }
}
