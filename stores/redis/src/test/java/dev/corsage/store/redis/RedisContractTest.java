package dev.corsage.store.redis;

import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreContract;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.clients.jedis.Connection;

/** The contract, kept by a real server. */
class RedisContractTest extends StoreContract {
  private static final String PASSWORD = "S3CRET";

  private static RedisServer server;
  private static boolean killed;
  private static Connection occupant;

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start();
    prepare();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static void prepare() {
    server.run("ACL", "SETUSER", "ann", "on", ">" + PASSWORD, "~*", "+@all");
    killed = false;
  }

  /** Database 1, which a server need not have. */
  @Override
  protected EditableAllowList open(String name) throws Exception {
    return Stores.openAllowList(
        StoreReference.parse(
            "redis://ann:" + PASSWORD + "@127.0.0.1:" + server.port() + "/" + name + "?db=1"),
        Map.of());
  }

  @Override
  protected void fail(Kind kind, String name, String pattern) throws Exception {
    switch (kind) {
      case UNAVAILABLE -> {
        server.kill();
        killed = true;
      }
      case THROTTLED -> {
        occupant = server.connect();
        RedisServer.run(occupant, "CONFIG", "SET", "maxclients", "1");
        RedisServer.run(occupant, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      }
      case TIMED_OUT -> server.hang();
      case ACCESS_DENIED -> server.run("ACL", "SETUSER", "ann", "-@read", "-@write");
      case NOT_FOUND -> {
        server.kill();
        server.restart("--databases", "1");
        prepare();
        killed = true;
      }
      case HUNG, LIMITED -> throw new IllegalArgumentException("not of a store: " + kind);
      case CORRUPT -> {
        try (Connection connection = server.connect()) {
          RedisServer.run(connection, "SELECT", "1");
          String key = "corsage:{" + name + "}:expires";
          RedisServer.run(connection, "ZADD", key, "4102444800000", pattern);
        }
      }
    }
  }

  @Override
  protected void heal() throws Exception {
    server.goOn();
    if (occupant != null) {
      RedisServer.run(occupant, "CONFIG", "SET", "maxclients", "10000");
      Connections.closeQuietly(occupant);
      occupant = null;
    }
    if (killed) {
      server.kill();
      server.restart();
    }
    prepare();
  }

  @Override
  protected List<String> secrets() {
    return List.of(PASSWORD);
  }
}
