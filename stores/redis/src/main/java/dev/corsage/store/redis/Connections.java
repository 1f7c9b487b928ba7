package dev.corsage.store.redis;

import dev.corsage.store.StoreFailures;
import dev.corsage.store.Watchdog;
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
  /** For connecting, authenticating and all commands: a read ends in time, many need not. */
  private static final int TOTAL_MILLIS = 2_000;

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
  private final ConcurrentLinkedDeque<Link> idle = new ConcurrentLinkedDeque<>();

  /** A connection, and what can cut it. */
  private record Link(Connection connection, Sockets sockets) {
    void close() {
      closeQuietly(connection);
    }
  }

  Connections(RedisTarget target, SSLSocketFactory tls) {
    this.tls = tls;
    encrypted = target.tls();
    home = new HostAndPort(target.host(), target.port());
    node = home;
    config =
        DefaultJedisClientConfig.builder()
            .socketTimeoutMillis(Sockets.RESPONSE_MILLIS)
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
    return new Sockets(node, encrypted, tls);
  }

  /**
   * Sends commands in one round trip and returns the reply to each. Errors of the server are among
   * the replies, as exceptions; so is a redirection that is not followed.
   *
   * @throws JedisException if the connection fails
   */
  List<Object> send(List<CommandArguments> commands) {
    List<Object> replies = sendOnce(commands);
    JedisMovedDataException moved = Redirections.find(replies);
    if (moved == null) {
      return replies;
    }
    HostAndPort target = Redirections.target(moved, node);
    // It gets the password.
    if (!target.getHost().equalsIgnoreCase(home.getHost())
        && !Redirections.isNamed(target, node, sendOnce(List.of(Redirections.nodes())).get(0))) {
      return replies;
    }
    // Another node of the cluster has the list; it is asked until the next error.
    node = target;
    closeIdle();
    return sendOnce(commands);
  }

  private List<Object> sendOnce(List<CommandArguments> commands) {
    Link kept = idle.pollFirst();
    if (kept != null) {
      try {
        return send(kept.sockets, kept, commands);
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
      return send(sockets(), null, commands);
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
  @SuppressWarnings("try") // The watchdog only has to be closed.
  private JedisException reason(JedisConnectionException lost) {
    Throwable cause = lost.getCause();
    if (cause instanceof IOException && cause.getClass() != SocketException.class) {
      // Such as refused, unknown host, not trusted, timeout.
      return lost;
    }
    Sockets sockets = sockets();
    try (Watchdog watchdog = Watchdog.after(TOTAL_MILLIS, sockets::cut);
        Connection connection = new Connection(sockets)) {
      connection.connect();
      connection.setSoTimeout(LISTEN_MILLIS);
      connection.getUnflushedObject();
      return lost;
    } catch (JedisDataException e) {
      return e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return lost;
    }
  }

  /**
   * Sends commands over a connection and keeps it if that succeeds.
   *
   * @param kept a connection that was idle; null to make one
   */
  private List<Object> send(Sockets sockets, Link kept, List<CommandArguments> commands) {
    try (Watchdog watchdog = Watchdog.after(TOTAL_MILLIS, sockets::cut)) {
      try {
        Link link = kept != null ? kept : new Link(connected(sockets), sockets);
        return send(link, commands, watchdog);
      } catch (JedisConnectionException e) {
        throw watchdog.isOver() ? tooLate(e) : e;
      } catch (JedisException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        // What the client makes of replies that it cannot read, or that do not fit into memory.
        JedisConnectionException unreadable = Commands.notRedis(e);
        throw watchdog.isOver() ? tooLate(unreadable) : unreadable;
      }
    }
  }

  /** Connects and authenticates. The client closes the socket only on exceptions of its own. */
  private Connection connected(Sockets sockets) {
    boolean done = false;
    try {
      Connection connection = new Connection(sockets, config);
      done = true;
      return connection;
    } finally {
      if (!done) {
        sockets.cut();
      }
    }
  }

  private static JedisConnectionException tooLate(JedisConnectionException cut) {
    SocketTimeoutException late = new SocketTimeoutException("The replies did not end in time");
    late.initCause(cut);
    return new JedisConnectionException(late);
  }

  private List<Object> send(Link link, List<CommandArguments> commands, Watchdog watchdog) {
    boolean usable = false;
    try {
      commands.forEach(link.connection::sendCommand);
      List<Object> replies = link.connection.getMany(commands.size());
      usable = !watchdog.isOver();
      return replies;
    } finally {
      if (usable && !closed) {
        idle.addFirst(link);
      } else {
        link.close();
      }
      // Added before it is counted: otherwise several threads could add at the same time.
      Link surplus = idle.size() > MAX_IDLE ? idle.pollLast() : null;
      if (surplus != null) {
        surplus.close();
      }
      if (closed) {
        closeIdle();
      }
    }
  }

  private void closeIdle() {
    for (Link link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
      link.close();
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
