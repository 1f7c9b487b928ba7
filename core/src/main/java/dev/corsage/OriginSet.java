package dev.corsage;

import java.util.ArrayList;
import java.util.List;

/**
 * All patterns of an allow list, compiled: matched in time linear in the origin, however many
 * entries there are and of whatever kind.
 *
 * <p>Exact origins are found by their hash, subdomain wildcards and any ports by the end of the
 * host, and everything else by automata.
 */
final class OriginSet {
  private final boolean any;
  private final boolean opaque;
  private final ExactOrigins exact;
  private final SuffixSet suffixes;
  private final ExpressionIndex expressions;

  OriginSet(List<OriginPattern> patterns) {
    boolean star = false;
    boolean nullOrigin = false;
    List<String> origins = new ArrayList<>();
    List<SuffixSet.Entry> ends = new ArrayList<>();
    List<String> regexes = new ArrayList<>();
    for (OriginPattern pattern : patterns) {
      switch (pattern.kind()) {
        case ANY -> star = true;
        case NULL -> nullOrigin = true;
        case EXACT, SUBDOMAINS -> {
          if (pattern.isOneOrigin()) {
            origins.add(pattern.toString());
          } else {
            ends.add(pattern.suffixEntry());
          }
        }
        case LABEL, REGEX -> regexes.add(pattern.expression());
      }
    }
    any = star;
    opaque = nullOrigin;
    exact = new ExactOrigins(origins);
    suffixes = ends.isEmpty() ? null : new SuffixSet(ends);
    expressions = regexes.isEmpty() ? null : new ExpressionIndex(regexes);
  }

  /** Tells whether every origin belongs to the set. */
  boolean isAny() {
    return any;
  }

  /** Tells whether the value of an {@code Origin} header belongs to the set. */
  boolean contains(String origin) {
    return exact.find(origin) != ExactOrigins.NOT_FOUND || containsBesidesExact(origin);
  }

  /** Returns the entries that stand for one origin alone. */
  ExactOrigins exact() {
    return exact;
  }

  /** Tells whether it belongs to the set by an entry that does not stand for one origin alone. */
  boolean containsBesidesExact(String origin) {
    if (any) {
      return true;
    }
    if (suffixes == null && expressions == null) {
      return opaque && origin.equals("null");
    }
    long parts = Origin.outline(origin);
    if (parts == Origin.NOT_WELL_FORMED) {
      return opaque && origin.equals("null");
    }
    // Most origins that are refused match nothing, whether they are well-formed or not.
    return ((suffixes != null && suffixes.contains(origin, parts))
            || (expressions != null && expressions.matches(origin, parts)))
        && Origin.isWellFormed(origin, parts);
  }
}
