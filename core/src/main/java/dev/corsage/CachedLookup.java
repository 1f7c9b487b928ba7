package dev.corsage;

import dev.corsage.store.StoreException;

/** What is known of one origin: whether a store lists it, since when, and until when. */
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

  /** Returns the response for what no store is asked: it is on no list. */
  static CachedLookup outOfQuestion() {
    return OUT_OF_QUESTION;
  }

  /** Tells whether no store was asked; those are asked for origins alone that are well-formed. */
  boolean isOutOfQuestion() {
    return this == OUT_OF_QUESTION;
  }

  /**
   * Returns what a store said.
   *
   * @param askedAt when it was asked, in milliseconds of the epoch: not when it answered, for it
   *     may have looked before
   * @param expiresAt when the last of the entries expires, likewise
   */
  static CachedLookup listed(long askedAt, long expiresAt) {
    return new CachedLookup(Response.YES, askedAt, expiresAt, null);
  }

  static CachedLookup notListed(long askedAt) {
    return new CachedLookup(Response.NO, askedAt, Long.MAX_VALUE, null);
  }

  /** Returns what holds where a store did not answer: not listed, for that reason. */
  static CachedLookup unknown(long askedAt, StoreException failure) {
    return new CachedLookup(Response.NONE, askedAt, Long.MAX_VALUE, failure);
  }

  /** Returns the same, as the last that is known though the store does not answer. */
  CachedLookup despite(StoreException reason) {
    return new CachedLookup(response, askedAt, expiresAt, reason);
  }

  boolean isListed() {
    return response == Response.YES;
  }

  /** Tells whether it is not listed because nothing is known of it. */
  boolean isUnknown() {
    return response == Response.NONE;
  }

  /** Returns why the store did not answer this time; null if it did, or needed not. */
  StoreException failure() {
    return failure;
  }

  /**
   * Tells whether it holds for so long after it was asked. A clock that was set back makes it old:
   * how old it is cannot be known then.
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
