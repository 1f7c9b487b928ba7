package dev.corsage.store.redis;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Says what it means when the server does not answer, or responses with an error. */
final class Failures {
  private static final int MAX_QUOTED = 200;

  /**
   * What the server's errors begin with, what they mean and what to do.
   * https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
   */
  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning(
              "NOAUTH",
              Kind.ACCESS_DENIED,
              "Put the password into the variable " + RedisReference.PASSWORD_VARIABLE),
          new Meaning(
              "WRONGPASS",
              Kind.ACCESS_DENIED,
              "Check the user in the reference and the password in the variable "
                  + RedisReference.PASSWORD_VARIABLE),
          new Meaning(
              "ERR AUTH",
              Kind.ACCESS_DENIED,
              "The server asks for no password: take it away, or set one with requirepass"),
          new Meaning(
              "NOPERM",
              Kind.ACCESS_DENIED,
              "Let the user have the keys ~corsage:*, the channels &corsage:* and the commands"
                  + " SMISMEMBER and ZMSCORE; who edits lists needs +@read, +@write,"
                  + " +@transaction and +PUBLISH too"),
          new Meaning(
              "DENIED",
              Kind.ACCESS_DENIED,
              "The server is in protected mode: set a password with requirepass"),
          new Meaning(
              "ERR max number of clients",
              Kind.THROTTLED,
              "Raise maxclients, or let fewer functions run at a time"),
          new Meaning(
              "ERR DB index",
              Kind.NOT_FOUND,
              "Name a database in db= that the server has, or leave it out"),
          new Meaning(
              "ERR invalid DB", Kind.NOT_FOUND, "Name a database in db= that the server has"),
          new Meaning(
              "ERR SELECT is not allowed",
              Kind.NOT_FOUND,
              "A cluster has database 0 alone: leave out db="),
          new Meaning(
              "ERR unknown command",
              Kind.UNAVAILABLE,
              "Redis 6.2 or later, or any Valkey, is needed"),
          new Meaning(
              "WRONGTYPE",
              Kind.CORRUPT,
              "Something else is kept under a key of the list: look with TYPE, and remove it"),
          new Meaning("LOADING", Kind.UNAVAILABLE, "The server is starting: wait"),
          new Meaning(
              "BUSY", Kind.UNAVAILABLE, "A script blocks the server: end it with SCRIPT KILL"),
          new Meaning(
              "READONLY", Kind.UNAVAILABLE, "This is a replica: name the primary to edit the list"),
          new Meaning(
              "OOM", Kind.UNAVAILABLE, "The server is full: give it more memory, or less data"));

  private static final String OTHERWISE = "See the server's log";

  private record Meaning(String prefix, Kind kind, String remedy) {}

  private final RedisReference reference;

  Failures(RedisReference reference) {
    this.reference = reference;
  }

  /** Returns the failure of a question that was not answered, or answered with an error. */
  StoreException of(String asked, JedisException e) {
    if (e instanceof JedisDataException) {
      return refused(asked, e);
    }
    if (Connections.isTimeout(e)) {
      return failure(
          Kind.TIMED_OUT,
          asked,
          "there was no answer in time",
          "See what keeps the server busy (SLOWLOG), and whether a firewall or a security group is"
              + " in between"
              + (reference.tls() ? ", and whether the server speaks TLS on this port" : ""),
          e);
    }
    if (caused(e, SSLException.class) != null) {
      return failure(
          Kind.UNAVAILABLE,
          asked,
          "TLS failed (" + caused(e, SSLException.class).getMessage() + ")",
          "See whether the server speaks TLS on this port, and whether its certificate has this"
              + " name and is signed by who the JDK trusts",
          e);
    }
    if (caused(e, UnknownHostException.class) != null) {
      return failure(
          Kind.UNAVAILABLE, asked, "there is no such host", "Check the reference, and the DNS", e);
    }
    String text = quoted(e);
    if (text.startsWith("ERR max number of clients")) {
      // Read while the connection was already being closed.
      return refused(asked, e);
    }
    return failure(
        Kind.UNAVAILABLE,
        asked,
        "the connection failed (" + text + ")",
        "See whether the server runs, and whether a firewall or a security group is in between",
        e);
  }

  private StoreException refused(String asked, JedisException e) {
    String text = quoted(e);
    for (Meaning meaning : MEANINGS) {
      if (text.startsWith(meaning.prefix)) {
        return failure(meaning.kind, asked, said(text), meaning.remedy, e);
      }
    }
    return failure(Kind.UNAVAILABLE, asked, said(text), OTHERWISE, e);
  }

  private static String said(String text) {
    return "it said \"" + text + "\"";
  }

  /** Returns that something is there and cannot be read. */
  StoreException corrupt(String what, String remedy) {
    return new StoreException(
        Kind.CORRUPT, "Redis at " + reference.server() + ", " + what + " " + remedy + ".", null);
  }

  private StoreException failure(
      Kind kind, String asked, String cameBack, String remedy, JedisException e) {
    String message =
        "Redis at " + reference.server() + " was asked for " + asked + ": " + cameBack + ". ";
    // A server that does not know AUTH says the password back to us.
    boolean tellsPassword = reference.password() != null && mentions(e, reference.password());
    return new StoreException(kind, message + remedy + ".", tellsPassword ? null : e);
  }

  private static boolean mentions(Throwable e, String secret) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(secret)) {
        return true;
      }
    }
    return false;
  }

  private String quoted(JedisException e) {
    String text = String.valueOf(e.getMessage());
    if (reference.password() != null) {
      text = text.replace(reference.password(), "…");
    }
    // After this come the arguments as they were sent.
    int arguments = text.toLowerCase(Locale.ROOT).indexOf(", with args");
    String cut = arguments < 0 ? text : text.substring(0, arguments);
    String printable = cut.replaceAll("\\p{Cntrl}", " ");
    return printable.length() <= MAX_QUOTED ? printable : printable.substring(0, MAX_QUOTED) + "…";
  }

  private static <T> T caused(Throwable e, Class<T> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
