package dev.corsage.store.redis;

import dev.corsage.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Sends commands, and says what was asked for when they fail. Safe for use by many threads. */
final class Commands implements AutoCloseable {
  private final Connections connections;
  private final Failures failures;

  Commands(Connections connections, Failures failures) {
    this.connections = connections;
    this.failures = failures;
  }

  static CommandArguments command(Command command, String key) {
    return new CommandArguments(command).add(key);
  }

  /** Sends commands in one go; what the server refused is among the replies. */
  List<Object> ask(String asked, List<CommandArguments> commands) throws StoreException {
    try {
      return connections.ask(commands);
    } catch (JedisException e) {
      throw failures.of(asked, e);
    }
  }

  /** Carries out all of these commands or, if one of them is refused beforehand, none. */
  List<?> atOnce(String asked, List<CommandArguments> commands) throws StoreException {
    List<CommandArguments> all = new ArrayList<>();
    all.add(new CommandArguments(Command.MULTI));
    all.addAll(commands);
    all.add(new CommandArguments(Command.EXEC));
    List<Object> replies = ask(asked, all);
    for (Object reply : replies) {
      responded(asked, reply);
    }
    List<?> results = (List<?>) replies.get(replies.size() - 1);
    for (Object result : results) {
      responded(asked, result);
    }
    return results;
  }

  /** Returns the reply, unless the server has refused. */
  Object responded(String asked, Object reply) throws StoreException {
    if (reply instanceof JedisDataException e) {
      throw failures.of(asked, e);
    }
    return reply;
  }

  @Override
  public void close() {
    connections.close();
  }
}
