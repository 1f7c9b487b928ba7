package dev.corsage;

/** What is known of one origin: whether a store lists it, since when, and until when. */
final class Listing {
  private static final Listing OUT_OF_QUESTION = new Listing(Answer.NO, 0, 0, null);

  private enum Answer {
    YES,
    NO,
    NONE
  }

  private final Answer answer;
  private final long askedAt;
  private final long expiresAt;
  private final StoreException failure;

  private Listing(Answer answer, long askedAt, long expiresAt, StoreException failure) {
    this.answer = answer;
    this.askedAt = askedAt;
    this.expiresAt = expiresAt;
    this.failure = failure;
  }

  /** Returns the answer for what no store is asked: it is on no list. */
  static Listing outOfQuestion() {
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
  static Listing listed(long askedAt, long expiresAt) {
    return new Listing(Answer.YES, askedAt, expiresAt, null);
  }

  static Listing notListed(long askedAt) {
    return new Listing(Answer.NO, askedAt, Long.MAX_VALUE, null);
  }

  /** Returns what holds where a store did not answer: not listed, for that reason. */
  static Listing unknown(long askedAt, StoreException failure) {
    return new Listing(Answer.NONE, askedAt, Long.MAX_VALUE, failure);
  }

  /** Returns the same, as the last that is known though the store does not answer. */
  Listing despite(StoreException reason) {
    return new Listing(answer, askedAt, expiresAt, reason);
  }

  boolean isListed() {
    return answer == Answer.YES;
  }

  /** Tells whether it is not listed because nothing is known of it. */
  boolean isUnknown() {
    return answer == Answer.NONE;
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

  boolean isAskedAfter(Listing other) {
    return isAskedAfter(other.askedAt);
  }
}
