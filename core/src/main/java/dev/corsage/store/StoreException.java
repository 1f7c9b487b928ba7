package dev.corsage.store;

import java.util.Locale;
import java.util.Objects;

/**
 * A store did not answer, or not with what can be used. The message says what was asked of which
 * store, what came back, and what to do about it.
 */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as it makes a difference to who has to act. */
  public enum Kind {
    /** The store cannot be reached, or says that it is out of order. */
    UNAVAILABLE,
    /** The store does not take so many requests. */
    THROTTLED,
    /** The time budget was used up before the store answered. */
    TIMED_OUT,
    /** The store does not let us in: wrong credentials, or a permission is missing. */
    ACCESS_DENIED,
    /** The store is there; the table, the cache or the document is not. */
    NOT_FOUND,
    /** An entry or a document is there and cannot be read. */
    CORRUPT;

    /** Returns the kind's stable code, such as {@code access-denied}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Not part of the serial form's meaning: the name of an enum constant. */
  private final Kind kind;

  /**
   * Creates an exception.
   *
   * @param kind what went wrong; not null
   * @param message for people; not null
   * @param cause what the store's client threw, or null
   */
  public StoreException(Kind kind, String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** Returns what went wrong; never null. */
  public Kind kind() {
    return kind;
  }
}
