package dev.corsage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All patterns of an allow list, ready to be asked. */
final class OriginSet {
  private final boolean any;
  private final boolean opaque;
  private final Set<String> exact = new HashSet<>();
  private final List<OriginPattern> wildcards;

  OriginSet(List<OriginPattern> patterns) {
    any = patterns.stream().anyMatch(p -> p.kind() == OriginPattern.Kind.ANY);
    opaque = patterns.stream().anyMatch(p -> p.kind() == OriginPattern.Kind.NULL);
    for (OriginPattern pattern : patterns) {
      if (pattern.isOneOrigin()) {
        exact.add(pattern.toString());
      }
    }
    wildcards = patterns.stream().filter(p -> !p.isOneOrigin()).toList();
  }

  /** Tells whether every origin belongs to the set. */
  boolean isAny() {
    return any;
  }

  /** Tells whether the value of an {@code Origin} header belongs to the set. */
  boolean contains(String origin) {
    if (any || exact.contains(origin)) {
      return true;
    }
    if (origin.equals("null")) {
      return opaque;
    }
    if (wildcards.isEmpty()) {
      return false;
    }
    Origin parsed = Origin.parseOrNull(origin);
    return parsed != null && wildcards.stream().anyMatch(pattern -> pattern.matches(parsed));
  }
}
