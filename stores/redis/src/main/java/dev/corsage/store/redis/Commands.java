package dev.corsage.store.redis;

import dev.corsage.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
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
    List<?> results = (List<?>) replies.get(replies.size() - 1);
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

  StoreException failure(String asked, JedisException e) {
    return errors.of(asked, e);
  }

  @Override
  public void close() {
    connections.close();
  }
}
