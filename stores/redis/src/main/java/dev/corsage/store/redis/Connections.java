package dev.corsage.store.redis;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * The connections to one server: as many as are used at a time, kept when they are idle.
 *
 * <p>Safe for use by many threads.
 */
final class Connections implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1_000;

  /** For each response. A server in the same region answers within a millisecond. */
  private static final int ANSWER_MILLIS = 750;

  private static final int LISTEN_MILLIS = 100;

  /** The core asks with 8 threads at most. */
  private static final int MAX_IDLE = 8;

  private final boolean encrypted;
  private final SSLSocketFactory tls;

  private final JedisClientConfig config;
  private final HostAndPort home;

  /** The node of a cluster that the list was found on, or {@link #home}. */
  private volatile HostAndPort node;

  private volatile boolean closed;

  /** The one used last comes first: the others may be closed by the server for being idle. */
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  Connections(RedisReference reference, SSLSocketFactory tls) {
    this.tls = tls;
    encrypted = reference.tls();
    home = new HostAndPort(reference.host(), reference.port());
    node = home;
    config =
        DefaultJedisClientConfig.builder()
            .socketTimeoutMillis(ANSWER_MILLIS)
            .user(reference.user())
            .password(reference.password())
            .database(reference.db())
            // Neither HELLO nor CLIENT SETINFO: a new connection costs a cold start enough.
            .protocol(null)
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
  }

  /** Returns a connection to where the list is, for who keeps it. */
  Subscription subscription() {
    return new Subscription(sockets(), config);
  }

  private Sockets sockets() {
    return new Sockets(node, encrypted, tls, CONNECT_MILLIS, ANSWER_MILLIS);
  }

  /**
   * Sends commands at once and returns what came back for each; what the server refused is among
   * it, as an exception.
   *
   * @throws JedisException if there is no connection, or not for long enough
   */
  List<Object> ask(List<CommandArguments> commands) {
    List<Object> replies = askOnce(commands);
    JedisMovedDataException moved = moved(replies);
    if (moved == null) {
      return replies;
    }
    // The list is on another node of a cluster, and stays there until the next error.
    node = target(moved);
    closeIdle();
    return askOnce(commands);
  }

  private List<Object> askOnce(List<CommandArguments> commands) {
    Connection kept = idle.pollFirst();
    if (kept != null) {
      try {
        return ask(kept, commands);
      } catch (JedisConnectionException e) {
        if (isTimeout(e)) {
          throw e;
        }
        // It was closed while it was idle, as were the others most likely; what is asked can be
        // asked twice.
        closeIdle();
      }
    }
    try {
      return ask(new Connection(sockets(), config), commands);
    } catch (JedisConnectionException e) {
      JedisException reason = reason(e);
      node = home;
      throw reason;
    }
  }

  /**
   * A server that has too many clients says so and hangs up, and what it said is often lost with
   * the connection because we have already said something ourselves. So we listen once more.
   */
  private JedisException reason(JedisConnectionException lost) {
    Throwable cause = lost.getCause();
    if (cause instanceof IOException && cause.getClass() != SocketException.class) {
      // Such as: refused, unknown, not trusted, too late.
      return lost;
    }
    try (Connection connection = new Connection(sockets())) {
      connection.connect();
      connection.setSoTimeout(LISTEN_MILLIS);
      connection.getUnflushedObject();
      return lost;
    } catch (JedisDataException e) {
      return e;
    } catch (JedisException e) {
      return lost;
    }
  }

  private List<Object> ask(Connection connection, List<CommandArguments> commands) {
    boolean usable = false;
    try {
      commands.forEach(connection::sendCommand);
      List<Object> replies = connection.getMany(commands.size());
      usable = true;
      return replies;
    } finally {
      if (usable && !closed) {
        idle.addFirst(connection);
      } else {
        closeQuietly(connection);
      }
      // Added first and counted then: who counts first lets several add at a time.
      Connection surplus = idle.size() > MAX_IDLE ? idle.pollLast() : null;
      if (surplus != null) {
        closeQuietly(surplus);
      }
      if (closed) {
        closeIdle();
      }
    }
  }

  static boolean isTimeout(JedisException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static JedisMovedDataException moved(List<Object> replies) {
    for (Object reply : replies) {
      if (reply instanceof JedisMovedDataException e) {
        return e;
      }
    }
    return null;
  }

  /** A node that does not know its name leaves it out: it has the one that was asked. */
  private HostAndPort target(JedisMovedDataException moved) {
    HostAndPort target = moved.getTargetNode();
    return target.getHost().isEmpty() ? new HostAndPort(node.getHost(), target.getPort()) : target;
  }

  private void closeIdle() {
    for (Connection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      closeQuietly(c);
    }
  }

  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (JedisException e) {
      // It is gone already.
    }
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }
}
