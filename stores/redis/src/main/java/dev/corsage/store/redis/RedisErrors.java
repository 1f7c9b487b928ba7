package dev.corsage.store.redis;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreFailures;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Turns the errors of Redis and of its client into failures of the store. */
record RedisErrors(StoreFailures failures, boolean tls) {
  /** What a server with too many clients says while it closes the connection. */
  private static final String TOO_MANY_CLIENTS = "ERR max number of clients";

  /**
   * What the server's errors begin with, what they mean and what to do. See <a
   * href="https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors">simple
   * errors</a>.
   */
  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning(
              "NOAUTH",
              Kind.ACCESS_DENIED,
              "Put the password into the variable " + RedisTarget.PASSWORD_VARIABLE),
          new Meaning(
              "WRONGPASS",
              Kind.ACCESS_DENIED,
              "Check the user in the reference and the password in the variable "
                  + RedisTarget.PASSWORD_VARIABLE),
          new Meaning(
              "ERR AUTH",
              Kind.ACCESS_DENIED,
              "The server has no password: remove it, or set one with requirepass"),
          new Meaning(
              "NOPERM",
              Kind.ACCESS_DENIED,
              "Give the user the keys ~corsage:* and the commands SMISMEMBER and ZMSCORE; in a"
                  + " cluster also CLUSTER SLOTS (+cluster|slots); to edit lists also +@read, +@write"
                  + " and +@transaction"),
          new Meaning(
              "DENIED",
              Kind.ACCESS_DENIED,
              "The server is in protected mode: set a password with requirepass"),
          new Meaning(
              TOO_MANY_CLIENTS,
              Kind.THROTTLED,
              "Raise maxclients, or limit the concurrency of the functions"),
          new Meaning(
              "ERR DB index",
              Kind.NOT_FOUND,
              "Name a database in db= that the server has, or leave it out"),
          new Meaning(
              "ERR invalid DB",
              Kind.NOT_FOUND,
              "Name a database in db= that the server has, or leave it out"),
          new Meaning(
              "ERR SELECT is not allowed",
              Kind.NOT_FOUND,
              "A cluster has only database 0: leave out db="),
          new Meaning(
              "ERR unknown command", Kind.UNAVAILABLE, "Use Redis 6.2 or later, or any Valkey"),
          new Meaning(
              "WRONGTYPE",
              Kind.CORRUPT,
              "A key of the list has another type: look with TYPE, and remove it"),
          new Meaning(
              "MOVED",
              Kind.UNAVAILABLE,
              "The cluster does not name this node among its own (CLUSTER SLOTS), so it does not get"
                  + " the password: name a node of the cluster in the reference"),
          new Meaning(
              "ASK", Kind.UNAVAILABLE, "The list is moving to another node of the cluster: wait"),
          new Meaning("LOADING", Kind.UNAVAILABLE, "The server is starting: wait"),
          new Meaning(
              "BUSY", Kind.UNAVAILABLE, "A script blocks the server: end it with SCRIPT KILL"),
          new Meaning(
              "READONLY", Kind.UNAVAILABLE, "This is a replica: name the primary to edit the list"),
          new Meaning(
              "OOM",
              Kind.UNAVAILABLE,
              "The server is full: give it more memory, or store less data"));

  private record Meaning(String prefix, Kind kind, String remedy) {}

  /** Returns the failure that an exception of the client stands for. */
  StoreException of(String asked, JedisException e) {
    String said = said(e);
    if (!(e instanceof JedisDataException) && !said.startsWith(TOO_MANY_CLIENTS)) {
      return failures.ofConnection(
          asked,
          e,
          "Check that the server runs and is not busy (SLOWLOG), and that no firewall or security"
              + " group is in between"
              + (tls ? "; and that the server speaks TLS on this port" : ""));
    }
    String response = "the server responded \"" + said + "\"";
    for (Meaning meaning : MEANINGS) {
      if (said.startsWith(meaning.prefix)) {
        return failures.of(meaning.kind, asked, response, meaning.remedy, e);
      }
    }
    return failures.of(Kind.UNAVAILABLE, asked, response, "See the server's log", e);
  }

  /** Returns the words of the server, without the arguments that it repeats. */
  private String said(JedisException e) {
    String text = String.valueOf(e.getMessage());
    int arguments = text.toLowerCase(Locale.ROOT).indexOf(", with args");
    return failures.quoted(arguments < 0 ? text : text.substring(0, arguments));
  }
}
