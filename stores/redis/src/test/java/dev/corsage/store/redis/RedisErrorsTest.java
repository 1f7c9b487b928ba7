package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisBusyException;

/** What a real server does, and what is said about it. */
class RedisErrorsTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String WILDCARD = "https://*.example.com";
  private static final String SECRET = "S3CRET";
  private static final String KEY = "corsage:{shop}";
  private static final String ENDS = KEY + ":expires";

  private RedisServer server;
  private Connection occupant;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start("--enable-debug-command", "yes");
    server.run("SADD", KEY, SHOP);
  }

  @AfterEach
  void stop() throws Exception {
    server.goOn();
    if (occupant != null) {
      Connections.closeQuietly(occupant);
    }
    server.close();
  }

  /** What happens before the list is read, and what is said, or how many entries are found. */
  enum Failure {
    NONE("/shop", test -> {}, 1),
    SLOW(
        "/shop",
        test -> test.server.hang(),
        Kind.TIMED_OUT,
        "list \"corsage:{shop}\" failed: no response came in time. Check that the server runs and is"
            + " not busy (SLOWLOG)"),
    THROTTLED(
        "/shop",
        test -> test.occupyAllConnections(),
        Kind.THROTTLED,
        "the server responded \"ERR max number of clients reached\". Raise maxclients"),
    DOWN(
        "/shop",
        test -> test.server.kill(),
        Kind.UNAVAILABLE,
        "the connection failed (ConnectException: Connection refused). Check that"),
    STARTING(
        "/shop",
        test -> test.restartWithMuchToLoad(),
        Kind.UNAVAILABLE,
        "the server responded \"LOADING"),
    BLOCKED("/shop", test -> test.blockByScript(), Kind.UNAVAILABLE, "end it with SCRIPT KILL"),
    NO_PASSWORD(
        "/shop",
        test -> test.server.run("CONFIG", "SET", "requirepass", "x"),
        Kind.ACCESS_DENIED,
        "the server responded \"NOAUTH Authentication required.\". Put the password into the variable"
            + " ALLOW_LIST_PASSWORD"),
    WRONG_PASSWORD(
        ":S3CRET@/shop",
        test -> test.server.run("CONFIG", "SET", "requirepass", "x"),
        Kind.ACCESS_DENIED,
        "the server responded \"WRONGPASS invalid username-password pair or user is disabled.\". Check the"),
    NEEDLESS_PASSWORD(
        ":S3CRET@/shop", test -> {}, Kind.ACCESS_DENIED, "The server has no password: remove it"),
    NO_PERMISSION(
        "ann:S3CRET@/shop",
        test -> test.server.run("ACL", "SETUSER", "ann", "on", ">" + SECRET, "~other", "+@all"),
        Kind.ACCESS_DENIED,
        "Give the user the keys ~corsage:*"),
    AUTH_UNKNOWN(
        ":S3CRET@/shop",
        test -> test.restart("--rename-command", "AUTH", ""),
        Kind.UNAVAILABLE,
        "the server responded \"ERR unknown command 'AUTH'\"."),
    OLD_SERVER(
        "/shop",
        test -> test.restart("--rename-command", "SMISMEMBER", ""),
        Kind.UNAVAILABLE,
        "Use Redis 6.2 or later, or any Valkey"),
    WRONG_DATABASE(
        "/shop?db=99",
        test -> {},
        Kind.NOT_FOUND,
        "the server responded \"ERR DB index is out of range\". Name a database"),
    ANOTHER_DATABASE("/shop?db=1", test -> {}, 0),
    ANOTHER_LIST("/other", test -> {}, 0),
    SET_CORRUPT(
        "/shop",
        test -> test.server.run("SET", KEY, "x"),
        Kind.CORRUPT,
        "the server responded \"WRONGTYPE Operation against a key"),
    ENDS_CORRUPT(
        "/shop", test -> test.server.run("SADD", ENDS, SHOP), Kind.CORRUPT, "look with TYPE"),
    END_IN_MILLISECONDS(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "4102444800000", SHOP),
        Kind.CORRUPT,
        "the entry https://shop.example.com has the expiry \"4102444800000\", which is not"),
    END_INFINITE(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "+inf", SHOP),
        Kind.CORRUPT,
        "which is not a whole number of seconds"),
    END_NEGATIVE(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "-1", SHOP),
        Kind.CORRUPT,
        "which is not a whole number of seconds"),
    CORRUPT_BESIDE_WHAT_COUNTS("/shop", test -> test.server.run("ZADD", ENDS, "+inf", WILDCARD), 1),
    SET_CORRUPT_BESIDE_WHAT_COUNTS(
        "/shop",
        test -> {
          test.server.run("SET", KEY, "x");
          test.server.run("ZADD", ENDS, "4102444800", SHOP);
        },
        1),
    CORRUPT_BESIDE_WHAT_HAS_ENDED(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "1000000000", SHOP, "+inf", WILDCARD),
        Kind.CORRUPT,
        "the entry https://*.example.com has the expiry \"inf\""),
    REPLICA("/shop", test -> test.server.run("REPLICAOF", "127.0.0.1", "1"), 1);

    final String reference;

    @SuppressWarnings("ImmutableEnumChecker") // Lambdas that capture nothing.
    final ThrowingConsumer<RedisErrorsTest> happens;

    final Kind kind;
    final String message;
    final int found;

    Failure(
        String reference, ThrowingConsumer<RedisErrorsTest> happens, Kind kind, String message) {
      this(reference, happens, kind, message, 0);
    }

    Failure(String reference, ThrowingConsumer<RedisErrorsTest> happens, int found) {
      this(reference, happens, null, "", found);
    }

    Failure(
        String reference,
        ThrowingConsumer<RedisErrorsTest> happens,
        Kind kind,
        String message,
        int found) {
      this.reference = reference;
      this.happens = happens;
      this.kind = kind;
      this.message = message;
      this.found = found;
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsSaidWhatHappenedAndWhatToDo(Failure failure) throws Throwable {
    failure.happens.accept(this);
    try (EditableAllowList list = open(failure.reference)) {
      if (failure.kind == null) {
        assertEquals(failure.found, list.find(List.of(SHOP, WILDCARD)).size());
        return;
      }
      StoreException e =
          assertThrows(StoreException.class, () -> list.find(List.of(SHOP, WILDCARD)));
      assertEquals(failure.kind, e.kind(), e.getMessage());
      assertThat(e.getMessage())
          .startsWith("Redis at 127.0.0.1:" + server.port() + ": reading 2 entries of the list")
          .contains(failure.message)
          .hasSizeLessThan(600);
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      assertThat(trace.toString()).doesNotContain(SECRET);
    }
  }

  /** Edits fail as a whole: what is not on the list is not there by half. */
  @ParameterizedTest
  @CsvSource({
    "CONFIG SET maxmemory 1,               UNAVAILABLE,   The server is full",
    "REPLICAOF 127.0.0.1 1,                UNAVAILABLE,   name the primary",
    "ACL SETUSER default -srem,            ACCESS_DENIED, +@write",
  })
  void editsThatAreRefused(String command, Kind kind, String remedy) throws Exception {
    server.run(command.split(" "));
    try (EditableAllowList list = open("/shop")) {
      String other = "https://other.test";
      Entry entry = new Entry(other, Instant.parse("2100-01-01T00:00:00Z"));
      StoreException e = assertThrows(StoreException.class, () -> list.add(List.of(entry)));
      assertEquals(kind, e.kind(), e.getMessage());
      assertThat(e)
          .hasMessageContaining("adding 1 entries of the list")
          .hasMessageContaining(remedy);
      assertThat(list.find(List.of(other))).isEmpty();
    }
  }

  private EditableAllowList open(String reference) {
    String address = "127.0.0.1:" + server.port();
    int at = reference.indexOf('@') + 1;
    String whole = "redis://" + reference.substring(0, at) + address + reference.substring(at);
    return new RedisProvider().open(StoreReference.parse(whole), Map.of());
  }

  private void restart(String... options) throws Exception {
    server.kill();
    server.restart(options);
  }

  private void occupyAllConnections() {
    occupant = server.connect();
    RedisServer.run(occupant, "CONFIG", "SET", "maxclients", "1");
  }

  private void restartWithMuchToLoad() throws Exception {
    server.run("DEBUG", "POPULATE", "10000");
    server.run("SAVE");
    server.kill();
    // The delay is in microseconds for each key.
    server.launch(
        "Loading RDB",
        "--key-load-delay",
        "2000",
        "--loading-process-events-interval-bytes",
        "1024");
  }

  private void blockByScript() throws Exception {
    server.run("CONFIG", "SET", "busy-reply-threshold", "1");
    occupant = server.connect();
    occupant.sendCommand(Command.EVAL, "while true do end", "0");
    Thread thread =
        new Thread(
            () -> {
              try {
                occupant.getOne();
              } catch (RuntimeException e) {
                // The server was killed.
              }
            });
    thread.setDaemon(true);
    thread.start();
    Waiting.until(
        () -> {
          try {
            server.run("PING");
            return false;
          } catch (JedisBusyException e) {
            return true;
          }
        });
  }
}
