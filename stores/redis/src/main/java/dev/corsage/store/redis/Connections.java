package dev.corsage.store.redis;

import dev.corsage.store.StoreFailures;
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
 * The connections to one server: as many as are used at a time, kept while they are idle.
 *
 * <p>Safe for use by many threads.
 */
final class Connections implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1_000;

  /** For each response. A server in the same region responds within a millisecond. */
  private static final int RESPONSE_MILLIS = 750;

  private static final int LISTEN_MILLIS = 100;

  /** A policy asks with 8 threads at most. */
  private static final int MAX_IDLE = 8;

  private final boolean encrypted;
  private final SSLSocketFactory tls;

  private final JedisClientConfig config;
  private final HostAndPort home;

  /** The node of a cluster that the list was found on, or {@link #home}. */
  private volatile HostAndPort node;

  private volatile boolean closed;

  /** The last used one comes first: the server closes those that are idle for long. */
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  Connections(RedisTarget target, SSLSocketFactory tls) {
    this.tls = tls;
    encrypted = target.tls();
    home = new HostAndPort(target.host(), target.port());
    node = home;
    config =
        DefaultJedisClientConfig.builder()
            .socketTimeoutMillis(RESPONSE_MILLIS)
            .user(target.user())
            .password(target.password())
            .database(target.db())
            // Neither HELLO nor CLIENT SETINFO: a new connection costs a cold start enough.
            .protocol(null)
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
  }

  private Sockets sockets() {
    return new Sockets(node, encrypted, tls, CONNECT_MILLIS, RESPONSE_MILLIS);
  }

  /**
   * Sends commands in one round trip and returns the reply to each. Errors of the server are among
   * the replies, as exceptions.
   *
   * @throws JedisException if the connection fails
   */
  List<Object> send(List<CommandArguments> commands) {
    List<Object> replies = sendOnce(commands);
    JedisMovedDataException moved = moved(replies);
    if (moved == null) {
      return replies;
    }
    // Another node of the cluster has the list; it is asked until the next error.
    node = target(moved);
    closeIdle();
    return sendOnce(commands);
  }

  private List<Object> sendOnce(List<CommandArguments> commands) {
    Connection kept = idle.pollFirst();
    if (kept != null) {
      try {
        return send(kept, commands);
      } catch (JedisConnectionException e) {
        if (StoreFailures.has(e, SocketTimeoutException.class)) {
          throw e;
        }
        // It was closed while it was idle, and probably the others too. Every command can be sent
        // twice.
        closeIdle();
      }
    }
    try {
      return send(new Connection(sockets(), config), commands);
    } catch (JedisConnectionException e) {
      JedisException reason = reason(e);
      node = home;
      throw reason;
    }
  }

  /**
   * A server that has too many clients says so and closes the connection, and what it said is often
   * lost because the client has already sent something. So we connect once more and only listen.
   */
  private JedisException reason(JedisConnectionException lost) {
    Throwable cause = lost.getCause();
    if (cause instanceof IOException && cause.getClass() != SocketException.class) {
      // Such as refused, unknown host, not trusted, timeout.
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

  private List<Object> send(Connection connection, List<CommandArguments> commands) {
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
      // Added before it is counted: otherwise several threads could add at the same time.
      Connection surplus = idle.size() > MAX_IDLE ? idle.pollLast() : null;
      if (surplus != null) {
        closeQuietly(surplus);
      }
      if (closed) {
        closeIdle();
      }
    }
  }

  private static JedisMovedDataException moved(List<Object> replies) {
    for (Object reply : replies) {
      if (reply instanceof JedisMovedDataException e) {
        return e;
      }
    }
    return null;
  }

  /** A node that does not know its own name leaves it out: it is the one that was asked. */
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
