package dev.corsage.store.redis;

import java.net.SocketTimeoutException;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;
import redis.clients.jedis.util.SafeEncoder;

/**
 * A connection that hears of changes. When it has heard nothing for a while it asks whether the
 * server is still there: a connection that is cut silently would otherwise be waited on for ever.
 *
 * <p>For one thread; another may disconnect it.
 */
final class Subscription extends Connection {
  private static final Object QUIET = new Object();

  private boolean asked;

  Subscription(Sockets sockets, JedisClientConfig config) {
    super(sockets, config);
  }

  /** Subscribes, and returns when the server has agreed. */
  void subscribe(String channel, int quietMillis) {
    sendCommand(Command.SUBSCRIBE, channel);
    expect("subscribe", getOne());
    setSoTimeout(quietMillis);
  }

  /** Returns when something was told; throws when the connection is lost. */
  void awaitMessage() {
    while (true) {
      Object reply = getOne();
      if (!QUIET.equals(reply)) {
        asked = false;
        if (kind(reply).equals("message")) {
          return;
        }
        expect("pong", reply);
      } else if (asked) {
        throw new JedisConnectionException("The server no longer answers.");
      } else {
        asked = true;
        sendCommand(Command.PING);
      }
    }
  }

  private static void expect(String kind, Object reply) {
    if (!kind(reply).equals(kind)) {
      throw new JedisConnectionException("The server answered something else than " + kind + ".");
    }
  }

  private static String kind(Object reply) {
    return reply instanceof List<?> parts && !parts.isEmpty() && parts.get(0) instanceof byte[] kind
        ? SafeEncoder.encode(kind)
        : "";
  }

  @Override
  protected Object protocolRead(RedisInputStream in, PushConsumerChain consumer) {
    try {
      return super.protocolRead(in, consumer);
    } catch (JedisConnectionException e) {
      // Not passed on: a connection that has thrown is no longer written to.
      if (e.getCause() instanceof SocketTimeoutException) {
        return QUIET;
      }
      throw e;
    }
  }
}
