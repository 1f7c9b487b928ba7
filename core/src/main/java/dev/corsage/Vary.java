package dev.corsage;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Puts the names of several {@code Vary} lines together (RFC 9110, section 12.5.5). */
public final class Vary {
  private Vary() {}

  /**
   * Returns one value with the names of all lines, each once, in their order; {@code *} if that is
   * among them, because it includes every name; null if there are no names.
   *
   * @param lines values of {@code Vary}, such as those of an application and that of {@link
   *     Decision#headers}; not null
   */
  public static String merge(Iterable<String> lines) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines) {
      for (String name : line.split(",", -1)) {
        if (!name.isBlank() && seen.add(name.strip())) {
          names.add(name.strip());
        }
      }
    }
    return names.isEmpty() ? null : names.contains("*") ? "*" : String.join(", ", names);
  }
}
