package dev.corsage.bench;

import java.util.Locale;

/**
 * One question that every subject is asked.
 *
 * @param bench what is asked, such as {@code actual-exact}
 * @param kind how, such as {@code allowed}
 * @param origins the number of entries of the allow list
 */
record Case(Bench bench, String kind, int origins) {
  static final String ALLOWED = "allowed";
  static final String REFUSED = "refused";

  /** What is asked. */
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

  /** What the allow list has. */
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
