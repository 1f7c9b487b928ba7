package dev.corsage.store.redis;

import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * Where a node of a cluster says that a list is (<a
 * href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#moved-redirection">MOVED</a>).
 * It is followed to the host of the reference, and to the nodes that the cluster names itself when
 * it is asked over the authenticated connection; not to any other host, which would get the
 * password. {@code ASK}, while a slot moves, is an error that passes.
 */
final class Redirections {
  /** Of a node in the reply: host, port, id, other names. */
  private static final int NAMES = 3;

  private Redirections() {}

  /** Returns the first redirection among replies, or null. */
  static JedisMovedDataException find(List<Object> replies) {
    for (Object reply : replies) {
      if (reply instanceof JedisMovedDataException e) {
        return e;
      }
    }
    return null;
  }

  /** A node that does not know its own name leaves it out: it is the one that was asked. */
  static HostAndPort target(JedisMovedDataException moved, HostAndPort asked) {
    HostAndPort target = moved.getTargetNode();
    return target.getHost().isEmpty() ? new HostAndPort(asked.getHost(), target.getPort()) : target;
  }

  /**
   * Returns the command that asks for the nodes, <a
   * href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS</a>: its successor
   * CLUSTER SHARDS is only in Redis 7.
   */
  static CommandArguments nodes() {
    return new CommandArguments(Command.CLUSTER).add("SLOTS");
  }

  /**
   * Tells whether a node is among those of the cluster.
   *
   * @param asked the node that replied
   * @param reply the reply to {@link #nodes}: ranges of slots, each followed by its nodes
   * @throws JedisDataException the reply, if it is an error
   */
  static boolean isNamed(HostAndPort node, HostAndPort asked, Object reply) {
    if (reply instanceof JedisDataException refused) {
      throw refused;
    }
    for (Object range : list(reply)) {
      for (Object part : list(range)) {
        List<?> named = list(part);
        if (named.size() > 1
            && Long.valueOf(node.getPort()).equals(named.get(1))
            && hasName(named, node.getHost(), asked)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasName(List<?> named, String host, HostAndPort asked) {
    String preferred = text(named.get(0));
    if (host.equalsIgnoreCase(preferred.isEmpty() ? asked.getHost() : preferred)) {
      return true;
    }
    // Redis 7 adds names that it does not prefer: "ip" or "hostname", and what that is.
    for (Object other : named.size() > NAMES ? list(named.get(NAMES)) : List.of()) {
      if (host.equalsIgnoreCase(text(other))) {
        return true;
      }
    }
    return false;
  }

  private static List<?> list(Object reply) {
    return reply instanceof List<?> list ? list : List.of();
  }

  private static String text(Object reply) {
    return reply instanceof byte[] bytes ? SafeEncoder.encode(bytes) : "";
  }
}
