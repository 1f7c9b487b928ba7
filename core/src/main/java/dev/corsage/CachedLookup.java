package dev.corsage;

import dev.corsage.store.StoreException;

/** The result of one lookup: whether a store lists an origin, since when, and until when. */
final class CachedLookup {
  private static final CachedLookup OUT_OF_QUESTION = new CachedLookup(Response.NO, 0, 0, null);

  private enum Response {
    YES,
    NO,
    NONE
  }

  private final Response response;
  private final long askedAt;
  private final long expiresAt;
  private final StoreException failure;

  private CachedLookup(Response response, long askedAt, long expiresAt, StoreException failure) {
    this.response = response;
    this.askedAt = askedAt;
    this.expiresAt = expiresAt;
    this.failure = failure;
  }

  /** Returns the result for values that no store is asked for: they are not listed. */
  static CachedLookup outOfQuestion() {
    return OUT_OF_QUESTION;
  }

  /**
   * Returns the result that a store lists the origin.
   *
   * @param askedAt when it was asked, in milliseconds since 1970; when it responded is too late,
   *     because it may have looked before
   * @param expiresAt when the last of the entries expires, likewise
   */
  static CachedLookup listed(long askedAt, long expiresAt) {
    return new CachedLookup(Response.YES, askedAt, expiresAt, null);
  }

  static CachedLookup notListed(long askedAt) {
    return new CachedLookup(Response.NO, askedAt, Long.MAX_VALUE, null);
  }

  /** Returns the result where a store did not respond: not listed, because of that. */
  static CachedLookup unknown(long askedAt, StoreException failure) {
    return new CachedLookup(Response.NONE, askedAt, Long.MAX_VALUE, failure);
  }

  /** Returns the same result, with what is wrong with the store that it does not come from now. */
  CachedLookup despite(StoreException reason) {
    return new CachedLookup(response, askedAt, expiresAt, reason);
  }

  boolean isListed() {
    return response == Response.YES;
  }

  /** Tells whether the origin is not listed because nothing is known of it. */
  boolean isUnknown() {
    return response == Response.NONE;
  }

  /** Returns why the store did not respond this time; null if it did, or was not asked. */
  StoreException failure() {
    return failure;
  }

  /**
   * Tells whether the result still counts this long after the store was asked. If the clock was set
   * back, it does not: its age is unknown then.
   */
  boolean holds(long now, long millis) {
    return now >= askedAt && now - askedAt < millis && now < expiresAt;
  }

  boolean isAskedAfter(long time) {
    return askedAt > time;
  }

  boolean isAskedAfter(CachedLookup other) {
    return isAskedAfter(other.askedAt);
  }
}
