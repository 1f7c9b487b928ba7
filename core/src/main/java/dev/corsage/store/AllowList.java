package dev.corsage.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A list of allowed origins that is kept outside the policy, in a store that many functions share
 * and that changes without a deployment. A policy asks it about origins that its own entries do not
 * allow; see {@code CorsPolicy.Builder.allowList}.
 *
 * <p>An implementation only reads: the policy caches what it returns, limits how long a request
 * waits, and decides what happens when the store fails.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface AllowList {
  /**
   * How many labels may be behind the star of a wildcard in a store; {@code *.app.example.com} has
   * three. A list is not asked for longer ones: a host may have 127 labels, and whoever invents
   * origins chooses how many, but each would be two more keys that the store reads, and bills.
   */
  int MAX_WILDCARD_LABELS = 8;

  /**
   * An entry of the list.
   *
   * @param pattern an exact origin or a subdomain wildcard, either of them with any port, in the
   *     grammar of {@code OriginPattern}; not null
   * @param expires the time from which on the entry no longer counts, as {@link Expiry} allows it;
   *     null if it never expires
   */
  record Entry(String pattern, Instant expires) {
    /**
     * Creates an entry. Its pattern is not checked here.
     *
     * @throws IllegalArgumentException if it would expire before 1970 or after the year 9999
     */
    public Entry {
      Objects.requireNonNull(pattern, "pattern");
      if (expires != null && !Expiry.isPossible(expires)) {
        throw new IllegalArgumentException(
            "expires: "
                + expires
                + " is not from 1970 to the year 9999. Write such a time, or null for an entry that"
                + " never expires.");
      }
    }

    /** Tells whether the entry no longer counts at this time. */
    public boolean isExpired(Instant now) {
      return expires != null && !now.isBefore(expires);
    }
  }

  /**
   * Returns those of these patterns that are on the list, with one request to the store.
   *
   * <p>The policy calls it on a thread of its own, so it may block. The policy stops waiting after
   * its timeout, but the call continues; it should end by itself soon afterwards.
   *
   * @param patterns everything that would list one origin, from 1 to 18 patterns, the exact origin
   *     first; not null
   * @return the entries that are on the list, in any order; not null, empty if none is. The policy
   *     ignores expired entries and entries that it did not ask for.
   * @throws StoreException if the store failed, or if an entry for one of the patterns cannot be
   *     read and no other entry counts
   */
  List<Entry> find(List<String> patterns) throws StoreException;
}
