package dev.corsage.store.redis;

import dev.corsage.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Sends commands, and turns errors into failures. Safe for use by many threads. */
record Commands(Connections connections, RedisErrors errors) implements AutoCloseable {
  static CommandArguments command(Command command, String key) {
    return new CommandArguments(command).add(key);
  }

  /** Sends commands in one round trip. Errors of the server are among the replies. */
  List<Object> send(String asked, List<CommandArguments> commands) throws StoreException {
    try {
      return connections.send(commands);
    } catch (JedisException e) {
      throw failure(asked, e);
    }
  }

  /** Carries out all of these commands or, if the server refuses one beforehand, none. */
  List<?> atOnce(String asked, List<CommandArguments> commands) throws StoreException {
    List<CommandArguments> all = new ArrayList<>();
    all.add(new CommandArguments(Command.MULTI));
    all.addAll(commands);
    all.add(new CommandArguments(Command.EXEC));
    List<Object> replies = send(asked, all);
    for (Object reply : replies) {
      checked(asked, reply);
    }
    List<?> results = list(asked, replies.get(replies.size() - 1), commands.size());
    for (Object result : results) {
      checked(asked, result);
    }
    return results;
  }

  /** Returns a reply, unless it is an error. */
  Object checked(String asked, Object reply) throws StoreException {
    if (reply instanceof JedisDataException e) {
      throw failure(asked, e);
    }
    return reply;
  }

  /** Returns a reply that has to be an array. */
  List<?> list(String asked, Object reply) throws StoreException {
    if (checked(asked, reply) instanceof List<?> list) {
      return list;
    }
    throw failure(asked, notRedis(null));
  }

  /** Returns a reply that has to be an array of this size. */
  List<?> list(String asked, Object reply, int size) throws StoreException {
    List<?> list = list(asked, reply);
    if (list.size() != size) {
      throw failure(asked, notRedis(null));
    }
    return list;
  }

  /** Returns a reply that has to be a string. */
  byte[] bytes(String asked, Object reply) throws StoreException {
    if (checked(asked, reply) instanceof byte[] bytes) {
      return bytes;
    }
    throw failure(asked, notRedis(null));
  }

  static JedisConnectionException notRedis(Throwable cause) {
    return new JedisConnectionException("The server does not speak the protocol of Redis", cause);
  }

  StoreException failure(String asked, JedisException e) {
    return errors.of(asked, e);
  }

  @Override
  public void close() {
    connections.close();
  }
}
