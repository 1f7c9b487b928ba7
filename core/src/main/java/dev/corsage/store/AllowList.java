package dev.corsage.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Entries of an allow list that are kept outside the policy, in a store that many share and that
 * changes without a deployment. A policy asks it for what its own entries do not allow; see {@link
 * CorsPolicy.Builder#allowList(AllowList)}.
 *
 * <p>Whoever implements it answers one question and keeps nothing: the policy caches the responses,
 * bounds the time they take and decides what happens when there is none.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface AllowList {

  /**
   * An entry of the list.
   *
   * @param pattern the entry, an exact origin, a subdomain wildcard or either with any port, in the
   *     grammar of {@link OriginPattern}; not null
   * @param expires from when on it no longer counts; null if it always does
   */
  record Entry(String pattern, Instant expires) {
    /** Creates an entry; its pattern is not checked here. */
    public Entry {
      Objects.requireNonNull(pattern, "pattern");
    }

    /** Tells whether the entry no longer counts at this time. */
    public boolean isExpired(Instant now) {
      return expires != null && !now.isBefore(expires);
    }
  }

  /**
   * Returns those of these patterns that are on the list, asking the store once.
   *
   * <p>It is called on a thread of its own and may block; the policy stops waiting when its time
   * budget is used up, but the call goes on. It should therefore end by itself soon afterwards.
   *
   * @param patterns everything an origin can be listed under, from 1 to 100 entries, the exact
   *     origin first; not null
   * @return the entries that are there, in any order; empty if none is. Expired entries may be
   *     among them: they do not count. Entries that were not asked for do not count either.
   * @throws StoreException if the store did not answer, or if what it has for one of the patterns
   *     cannot be read and it has nothing else that counts
   */
  List<Entry> find(List<String> patterns) throws StoreException;

  /**
   * Asks to be told when the list changes, so that cached responses are asked for anew. A store
   * that cannot tell does nothing; then answers are as old as {@link CacheSettings} allows.
   *
   * @param changed to be run on any thread, as often as wanted; not null
   */
  default void watch(Runnable changed) {}
}
