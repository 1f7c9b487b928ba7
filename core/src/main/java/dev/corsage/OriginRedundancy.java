package dev.corsage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds entries of an allow list that others cover: in time linear in the list, unless much of it
 * is redundant.
 */
final class OriginRedundancy {
  private final OriginSet set;
  private final Map<String, OriginPattern> wide = new HashMap<>();

  OriginRedundancy(List<OriginPattern> patterns, OriginSet set) {
    this.set = set;
    for (OriginPattern pattern : patterns) {
      if (!pattern.isOneOrigin()) {
        wide.put(pattern.toString(), pattern);
      }
    }
  }

  /** Returns another entry that covers this one, or null if none does. */
  OriginPattern covering(OriginPattern pattern) {
    OriginPattern any = wide.get("*");
    if (any != null) {
      return any.equals(pattern) ? null : any;
    }
    OriginPattern wildcard = wildcardAbove(pattern);
    if (wildcard != null || !pattern.isOneOrigin()) {
      return wildcard;
    }
    // Ask the set first: to find out which entry it is takes time for all of them.
    if (!set.containsBesidesExact(pattern.toString())) {
      return null;
    }
    Origin origin = Origin.parseOrNull(pattern.toString());
    return wide.values().stream().filter(other -> other.matches(origin)).findFirst().orElse(null);
  }

  /** Tries the wildcards that would cover an entry, from the longest to the shortest. */
  private OriginPattern wildcardAbove(OriginPattern pattern) {
    String host = pattern.wildcardBase() == null ? pattern.exactHost() : pattern.wildcardBase();
    if (host == null) {
      return null;
    }
    String port = pattern.portText();
    // What is written before the base is covered by a star before the base, or it is that star.
    int start = pattern.wildcardBase() == null ? host.indexOf('.') + 1 : 0;
    while (start >= 0) {
      String wildcard = pattern.scheme() + "://*." + host.substring(start);
      for (String candidate : List.of(wildcard + port, wildcard + ":*")) {
        OriginPattern other = wide.get(candidate);
        if (other != null && !other.equals(pattern)) {
          return other;
        }
      }
      int dot = host.indexOf('.', start);
      start = dot < 0 ? -1 : dot + 1;
    }
    return null;
  }
}
