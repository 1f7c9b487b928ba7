package dev.corsage.store;

import java.util.Locale;
import java.util.Objects;

/**
 * A store did not respond, or not with what can be used. The message says which store was asked for
 * what, what came back, and what to do about it.
 *
 * <p>It contains no secrets, whatever it was created with: passwords, keys and tokens in the
 * message are {@linkplain Secrets#maskedIn masked}, and a cause whose message has some is left out.
 */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as it changes what has to be done. */
  public enum Kind {
    /** The store cannot be reached, or says that it is out of order. */
    UNAVAILABLE,
    /** The store limits the number of requests. */
    THROTTLED,
    /** The store was not asked: the process limits its own lookups, so as not to be throttled. */
    LIMITED,
    /** The store did not respond in time. */
    TIMED_OUT,
    /** The store's client did not return long after that, and its thread was replaced. */
    HUNG,
    /** The store refuses access: the credentials are wrong, or a permission is missing. */
    ACCESS_DENIED,
    /** The store responds, but the table, the cache or the document does not exist. */
    NOT_FOUND,
    /** An entry or a document exists and cannot be read. */
    CORRUPT;

    /** Returns the kind's stable code, such as {@code access-denied}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Kind kind;

  /**
   * Creates an exception.
   *
   * @param kind what went wrong; not null
   * @param message for people; not null
   * @param cause what the store's client threw, or null
   */
  public StoreException(Kind kind, String message, Throwable cause) {
    super(Secrets.maskedIn(message), withoutSecrets(cause));
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  private static Throwable withoutSecrets(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage());
      if (!Secrets.maskedIn(message).equals(message)) {
        return null;
      }
    }
    return cause;
  }

  /** Returns what went wrong; never null. */
  public Kind kind() {
    return kind;
  }
}
