package dev.corsage.bench;

import java.util.Locale;

/**
 * One kind of request that every subject responds to.
 *
 * @param bench the request and the allow list, such as {@code actual-exact}
 * @param kind the verdict, such as {@code allowed}, and what is special about the request
 * @param origins the number of entries of the allow list
 */
record Case(Bench bench, String kind, int origins) {
  static final String ALLOWED = "allowed";
  static final String REFUSED = "refused";

  /** Requests and allow lists. */
  enum Bench {
    ACTUAL_EXACT(Entries.EXACT),
    PREFLIGHT_EXACT(Entries.EXACT),
    ACTUAL_WILDCARD(Entries.WILDCARD),
    PREFLIGHT_WILDCARD(Entries.WILDCARD),
    ACTUAL_REGEX(Entries.REGEX),
    HOSTILE(Entries.EXACT);

    final Entries entries;

    Bench(Entries entries) {
      this.entries = entries;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Bench of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Kinds of entries of an allow list. */
  enum Entries {
    EXACT,
    WILDCARD,
    REGEX
  }

  @Override
  public String toString() {
    return bench + " " + kind + ", " + origins + (origins == 1 ? " origin" : " origins");
  }
}
