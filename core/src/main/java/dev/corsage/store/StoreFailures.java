package dev.corsage.store;

import dev.corsage.store.StoreException.Kind;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Makes the {@link StoreException}s of one store. Every message says which store, what it was
 * asked, what came back and what to do:
 *
 * <pre>
 * Redis at cache:6379: reading 4 entries of the list "shop" failed: the server responded "NOAUTH
 * Authentication required". Put the password into the variable ALLOW_LIST_PASSWORD.
 * </pre>
 *
 * <p>Neither the messages nor the causes have the store's secrets in them: servers and clients
 * repeat what they were sent.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class StoreFailures {
  private static final int MAX_QUOTED = 300;

  private final String store;
  private final List<String> secrets;

  /**
   * Creates the failures of a store.
   *
   * @param store the store as messages name it, such as {@code Redis at cache:6379}; not null
   * @param secrets passwords, keys and tokens that are sent to it; may be null or empty
   */
  public StoreFailures(String store, String... secrets) {
    this.store = store;
    List<String> known = new java.util.ArrayList<>();
    for (String secret : secrets) {
      if (secret != null && !secret.isEmpty()) {
        known.add(secret);
      }
    }
    this.secrets = List.copyOf(known);
  }

  /**
   * Returns a failure.
   *
   * @param kind what went wrong; not null
   * @param asked what the store was to do, such as {@code reading 4 entries}; not null
   * @param response what came back, a clause without full stop; not null
   * @param remedy what to do, a sentence without full stop; not null
   * @param cause what the store's client threw, or null
   */
  public StoreException of(
      Kind kind, String asked, String response, String remedy, Throwable cause) {
    String clause = response.endsWith(".") ? response : response + ".";
    return new StoreException(
        kind,
        store + ": " + asked + " failed: " + clause + " " + remedy + ".",
        cause != null && mentionsSecret(cause) ? null : cause);
  }

  /**
   * Returns the failure of a connection: a timeout, a TLS handshake, an unknown host, or whatever
   * else keeps the network from working.
   *
   * @param asked as for {@link #of}
   * @param failure what the client threw; its causes count too
   * @param remedy what to do where the host does not respond, a sentence without full stop; not
   *     null
   */
  public StoreException ofConnection(String asked, Throwable failure, String remedy) {
    if (has(failure, SocketTimeoutException.class)) {
      return of(Kind.TIMED_OUT, asked, "no response came in time", remedy, failure);
    }
    Throwable tls = find(failure, SSLException.class);
    if (tls != null) {
      return of(
          Kind.UNAVAILABLE,
          asked,
          "TLS failed (" + quoted(tls.getMessage()) + ")",
          "Check that the server speaks TLS on this port, and that its certificate is for this host"
              + " and signed by an authority that the JDK trusts",
          failure);
    }
    if (has(failure, UnknownHostException.class)) {
      return of(
          Kind.UNAVAILABLE, asked, "there is no such host", "Check the host and the DNS", failure);
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason =
        root.getClass().getSimpleName()
            + (root.getMessage() == null ? "" : ": " + quoted(root.getMessage()));
    return of(Kind.UNAVAILABLE, asked, "the connection failed (" + reason + ")", remedy, failure);
  }

  /** Returns an entry that is in the store and cannot be read. */
  public StoreException corruptEntry(String asked, String pattern, String expires) {
    return of(
        Kind.CORRUPT,
        asked,
        "the entry "
            + quoted(pattern)
            + " has the expiry \""
            + quoted(expires)
            + "\", which is not a whole number of seconds from 1970 to the year 9999",
        "Add the entry again with the right time, or remove it",
        null);
  }

  /**
   * Returns what a server said, for a message: its first line in printable characters, cut where it
   * is long, without the store's secrets. Lines after the first are left out because some servers
   * repeat the headers of the request in them, and so its session token.
   *
   * @param text the server's words; null is empty
   */
  public String quoted(String text) {
    String line = text == null ? "" : text.strip().lines().findFirst().orElse("");
    for (String secret : secrets) {
      line = line.replace(secret, Secrets.MASK);
    }
    String cut = line.length() > MAX_QUOTED ? line.substring(0, MAX_QUOTED) + "..." : line;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  /** Tells whether a failure, or what caused it, is of this type. */
  public static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return find(failure, type) != null;
  }

  private static Throwable find(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return cause;
      }
    }
    return null;
  }

  private boolean mentionsSecret(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      for (String secret : secrets) {
        if (message.contains(secret)) {
          return true;
        }
      }
    }
    return false;
  }
}
