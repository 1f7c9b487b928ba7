package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.Decision.Reason;
import dev.corsage.HttpRequest;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisBusyException;

/** What a policy decides, and says, when a real server fails. */
class RedisFailureTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String WILDCARD = "https://*.example.com";
  private static final String SECRET = "S3CRET";
  private static final String KEY = "corsage:{shop}";
  private static final String ENDS = KEY + ":expires";

  private RedisServer server;
  private Instant now = Instant.now();
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

  /** Each with what it does before the first question, and what is decided then. */
  enum Failure {
    NONE("/shop", test -> {}, Reason.ALLOWED, null, ""),
    SLOW(
        "/shop",
        test -> test.server.hang(),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.TIMED_OUT,
        "was asked for 4 entries of the list \"corsage:{shop}\": there was no answer in time."
            + " See what keeps the server busy (SLOWLOG)"),
    THROTTLED(
        "/shop",
        test -> test.occupyAllConnections(),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.THROTTLED,
        "it said \"ERR max number of clients reached\". Raise maxclients"),
    DOWN(
        "/shop",
        test -> test.server.kill(),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.UNAVAILABLE,
        "the connection failed (java.net.ConnectException: Connection refused). See whether"),
    STARTING(
        "/shop",
        test -> test.restartWithMuchToLoad(),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.UNAVAILABLE,
        "it said \"LOADING"),
    BLOCKED(
        "/shop",
        test -> test.blockByScript(),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.UNAVAILABLE,
        "end it with SCRIPT KILL"),
    NO_PASSWORD(
        "/shop",
        test -> test.server.run("CONFIG", "SET", "requirepass", "x"),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.ACCESS_DENIED,
        "it said \"NOAUTH Authentication required.\". Put the password into the variable"
            + " ALLOW_LIST_PASSWORD"),
    WRONG_PASSWORD(
        ":S3CRET@/shop",
        test -> test.server.run("CONFIG", "SET", "requirepass", "x"),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.ACCESS_DENIED,
        "it said \"WRONGPASS invalid username-password pair or user is disabled.\". Check the"),
    NEEDLESS_PASSWORD(
        ":S3CRET@/shop",
        test -> {},
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.ACCESS_DENIED,
        "The server asks for no password"),
    NO_PERMISSION(
        "ann:S3CRET@/shop",
        test -> test.server.run("ACL", "SETUSER", "ann", "on", ">" + SECRET, "~other", "+@all"),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.ACCESS_DENIED,
        "Let the user have the keys ~corsage:*"),
    AUTH_UNKNOWN(
        ":S3CRET@/shop",
        test -> test.restart("--rename-command", "AUTH", ""),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.UNAVAILABLE,
        "it said \"ERR unknown command 'AUTH'\"."),
    OLD_SERVER(
        "/shop",
        test -> test.restart("--rename-command", "SMISMEMBER", ""),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.UNAVAILABLE,
        "Redis 6.2 or later, or any Valkey, is needed"),
    WRONG_DATABASE(
        "/shop?db=99",
        test -> {},
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.NOT_FOUND,
        "it said \"ERR DB index is out of range\". Name a database"),
    ANOTHER_DATABASE("/shop?db=1", test -> {}, Reason.ORIGIN_NOT_ALLOWED, null, ""),
    ANOTHER_LIST("/other", test -> {}, Reason.ORIGIN_NOT_ALLOWED, null, ""),
    SET_CORRUPT(
        "/shop",
        test -> test.server.run("SET", KEY, "x"),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.CORRUPT,
        "it said \"WRONGTYPE Operation against a key"),
    ENDS_CORRUPT(
        "/shop",
        test -> test.server.run("SADD", ENDS, SHOP),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.CORRUPT,
        "look with TYPE"),
    END_IN_MILLISECONDS(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "4102444800000", SHOP),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.CORRUPT,
        "the end of https://shop.example.com is no time. Add the entry again, or remove it with"),
    END_INFINITE(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "+inf", SHOP),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.CORRUPT,
        "is no time"),
    END_NEGATIVE(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "-1", SHOP),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.CORRUPT,
        "is no time"),
    CORRUPT_BESIDE_WHAT_COUNTS(
        "/shop", test -> test.server.run("ZADD", ENDS, "+inf", WILDCARD), Reason.ALLOWED, null, ""),
    SET_CORRUPT_BESIDE_WHAT_COUNTS(
        "/shop",
        test -> {
          test.server.run("SET", KEY, "x");
          test.server.run("ZADD", ENDS, "4102444800", SHOP);
        },
        Reason.ALLOWED,
        null,
        ""),
    CORRUPT_BESIDE_WHAT_HAS_ENDED(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "1000000000", SHOP, "+inf", WILDCARD),
        Reason.ALLOW_LIST_UNAVAILABLE,
        Kind.CORRUPT,
        "the end of https://*.example.com is no time"),
    ENDED(
        "/shop",
        test -> test.server.run("ZADD", ENDS, "1000000000", SHOP),
        Reason.ORIGIN_NOT_ALLOWED,
        null,
        ""),
    REPLICA(
        "/shop", test -> test.server.run("REPLICAOF", "127.0.0.1", "1"), Reason.ALLOWED, null, "");

    final String reference;

    @SuppressWarnings("ImmutableEnumChecker") // Lambdas that capture nothing.
    final ThrowingConsumer<RedisFailureTest> happens;

    final Reason reason;
    final Kind kind;
    final String message;

    Failure(
        String reference,
        ThrowingConsumer<RedisFailureTest> happens,
        Reason reason,
        Kind kind,
        String message) {
      this.reference = reference;
      this.happens = happens;
      this.reason = reason;
      this.kind = kind;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void atTheFirstQuestion(Failure failure) throws Throwable {
    failure.happens.accept(this);
    try (RedisAllowList list = open(failure.reference)) {
      Decision decision = decide(policy(list, Duration.ofSeconds(20)));
      assertEquals(failure.reason, decision.reason());
      assertEquals(failure.kind, decision.storeFailure().map(StoreException::kind).orElse(null));
      assertEquals(
          failure.reason == Reason.ALLOWED,
          decision.headers().containsKey("Access-Control-Allow-Origin"));
      String message = decision.storeFailure().map(StoreException::getMessage).orElse("");
      assertThat(message).contains(failure.message);
      if (failure.kind != null) {
        assertThat(message)
            .startsWith("Redis at 127.0.0.1:" + server.port())
            .endsWith(".")
            .hasSizeLessThan(500);
        StringWriter trace = new StringWriter();
        decision.storeFailure().get().printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString() + decision).doesNotContain(SECRET);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"SLOW", "THROTTLED", "DOWN", "NO_PASSWORD", "STARTING", "BLOCKED"})
  void laterTheLastResponseCountsForTheTimeOfGrace(Failure failure) throws Throwable {
    try (RedisAllowList list = open("/shop")) {
      CorsPolicy policy = policy(list, Duration.ofSeconds(20));
      assertEquals(Reason.ALLOWED, decide(policy).reason());
      server.run("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      failure.happens.accept(this);
      now = now.plus(Duration.ofMinutes(5));
      Decision kept = decide(policy);
      assertEquals(Reason.ALLOWED, kept.reason());
      assertEquals(failure.kind, kept.storeFailure().orElseThrow().kind());
      now = now.plus(Duration.ofHours(1));
      assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy).reason());
    }
  }

  @Test
  void aServerThatIsBackIsAskedAgain() throws Exception {
    server.kill();
    try (RedisAllowList list = open("/shop")) {
      CorsPolicy policy = policy(list, Duration.ofSeconds(20));
      assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy).reason());
      server.restart();
      server.run("SADD", KEY, SHOP);
      Waiting.until(() -> decide(policy).isAllowed());
    }
  }

  @Test
  void aServerThatHangsIsWaitedForNoLongerThanTheBudget() throws Exception {
    try (RedisAllowList list = open("/shop")) {
      CorsPolicy policy = policy(list, Duration.ofMillis(50));
      server.hang();
      Decision decision = decide(policy);
      assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decision.reason());
      assertEquals(Kind.TIMED_OUT, decision.storeFailure().orElseThrow().kind());
      server.goOn();
      Waiting.until(() -> decide(policy).isAllowed());
    }
  }

  @Test
  void anEntryEndsByTheClockOfThePolicy() throws Exception {
    long end = now.getEpochSecond() + 30;
    server.run("ZADD", ENDS, "" + end, SHOP);
    try (RedisAllowList list = open("/shop")) {
      CorsPolicy policy = policy(list, Duration.ofSeconds(20));
      assertEquals(Reason.ALLOWED, decide(policy).reason());
      now = Instant.ofEpochSecond(end).minusMillis(1);
      assertEquals(Reason.ALLOWED, decide(policy).reason());
      now = Instant.ofEpochSecond(end);
      assertEquals(Reason.ORIGIN_NOT_ALLOWED, decide(policy).reason());
    }
  }

  /** Edits fail as a whole: what is not on the list is not there by half. */
  @ParameterizedTest
  @CsvSource({
    "CONFIG SET maxmemory 1,               UNAVAILABLE,   The server is full",
    "REPLICAOF 127.0.0.1 1,                UNAVAILABLE,   name the primary",
    "ACL SETUSER default -publish,         ACCESS_DENIED, +PUBLISH",
    "ACL SETUSER default resetchannels,    ACCESS_DENIED, &corsage:*",
    "ACL SETUSER default -srem,            ACCESS_DENIED, +@write",
  })
  void editsThatAreRefused(String command, Kind kind, String remedy) throws Exception {
    server.run(command.split(" "));
    try (RedisAllowList list = open("/shop")) {
      String other = "https://other.test";
      Entry entry = new Entry(other, Instant.parse("2100-01-01T00:00:00Z"));
      StoreException e = assertThrows(StoreException.class, () -> list.add(List.of(entry)));
      assertEquals(kind, e.kind(), e.getMessage());
      assertThat(e)
          .hasMessageContaining("taking 1 entries in the list")
          .hasMessageContaining(remedy);
      assertThat(list.find(List.of(other))).isEmpty();
    }
  }

  private RedisAllowList open(String reference) {
    String address = "127.0.0.1:" + server.port();
    int at = reference.indexOf('@') + 1;
    String whole = "redis://" + reference.substring(0, at) + address + reference.substring(at);
    return (RedisAllowList) new RedisProvider().open(StoreReference.parse(whole), Map.of());
  }

  private CorsPolicy policy(RedisAllowList list, Duration budget) {
    InstantSource test = () -> now;
    return CorsPolicy.builder()
        .allowList(
            list, CacheSettings.defaults().timeout(budget).clock(test.withZone(ZoneOffset.UTC)))
        .build();
  }

  private static Decision decide(CorsPolicy policy) {
    return policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(SHOP))));
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
