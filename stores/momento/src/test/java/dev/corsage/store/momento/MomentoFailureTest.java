package dev.corsage.store.momento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.Decision.Reason;
import dev.corsage.HttpRequest;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import io.grpc.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a policy decides, and says, when Momento fails. */
class MomentoFailureTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String WILDCARD = "https://*.example.com";

  private MomentoServer server;
  private Instant now = Instant.now();

  @BeforeEach
  void start() throws Exception {
    server = MomentoServer.start();
    server.put("corsage", "1");
    server.put(SHOP, "-");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  enum Failure {
    NONE(server -> {}, Reason.ALLOWED, null, ""),
    SLOW(
        server -> server.hang(true),
        Kind.TIMED_OUT,
        "was asked for 4 entries of the list \"shop\": there was no answer in time. See whether"),
    THROTTLED(
        server -> server.fail(Status.RESOURCE_EXHAUSTED.withDescription("Too many requests")),
        Kind.THROTTLED,
        "it said \"RESOURCE_EXHAUSTED: Too many requests\" (LIMIT_EXCEEDED_ERROR). Ask Momento"),
    DOWN(MomentoServer::stop, Kind.UNAVAILABLE, "See whether the endpoint can be reached"),
    OUT_OF_ORDER(
        server -> server.fail(Status.INTERNAL.withDescription("Oh")),
        Kind.UNAVAILABLE,
        "it said \"INTERNAL: Oh\" (INTERNAL_SERVER_ERROR)"),
    NO_PERMISSION(
        server -> server.fail(Status.PERMISSION_DENIED.withDescription("No")),
        Kind.ACCESS_DENIED,
        "Give the API key the role readonly on this cache"),
    ANOTHER_KIND(
        server -> server.fail(Status.FAILED_PRECONDITION.withDescription("Not a dictionary")),
        Kind.CORRUPT,
        "Something else than a dictionary is kept under this name"),
    FORGOTTEN(
        MomentoServer::forget,
        Kind.NOT_FOUND,
        "there is no such list in the cache. Add the entries, again if they were there"),
    END_IN_MILLISECONDS(
        server -> server.put(SHOP, "4102444800000"),
        Kind.CORRUPT,
        "the end of https://shop.example.com is no time. Add the entry again"),
    END_EMPTY(server -> server.put(SHOP, ""), Kind.CORRUPT, "is no time"),
    END_NEGATIVE(server -> server.put(SHOP, "-1"), Kind.CORRUPT, "is no time"),
    END_WORD(server -> server.put(SHOP, "never"), Kind.CORRUPT, "is no time"),
    CORRUPT_BESIDE_WHAT_COUNTS(server -> server.put(WILDCARD, "x"), Reason.ALLOWED, null, ""),
    CORRUPT_BESIDE_WHAT_HAS_ENDED(
        server -> {
          server.put(WILDCARD, "x");
          server.put(SHOP, "1000000000");
        },
        Kind.CORRUPT,
        "the end of https://*.example.com is no time"),
    ENDED(server -> server.put(SHOP, "1000000000"), Reason.ORIGIN_NOT_ALLOWED, null, ""),
    NOT_LISTED(server -> server.shop().remove(SHOP), Reason.ORIGIN_NOT_ALLOWED, null, "");

    @SuppressWarnings("ImmutableEnumChecker") // Lambdas that capture nothing.
    final Consumer<MomentoServer> happens;

    final Reason reason;
    final Kind kind;
    final String message;

    Failure(Consumer<MomentoServer> happens, Kind kind, String message) {
      this(happens, Reason.ALLOW_LIST_UNAVAILABLE, kind, message);
    }

    Failure(Consumer<MomentoServer> happens, Reason reason, Kind kind, String message) {
      this.happens = happens;
      this.reason = reason;
      this.kind = kind;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void atTheFirstQuestion(Failure failure) {
    failure.happens.accept(server);
    try (MomentoAllowList list = server.open()) {
      Decision decision = decide(policy(list, Duration.ofSeconds(20)));
      assertDecision(decision, failure.reason, failure.kind, failure.message);
    }
  }

  @Test
  void withTheWrongKey() {
    try (MomentoAllowList list = server.open("origins/shop", "WR0NG")) {
      assertDecision(
          decide(policy(list, Duration.ofSeconds(20))),
          Reason.ALLOW_LIST_UNAVAILABLE,
          Kind.ACCESS_DENIED,
          "(AUTHENTICATION_ERROR). Check the API key in the variable MOMENTO_API_KEY");
    }
  }

  @Test
  void withWhatIsNoKey() {
    Map<String, String> environment = Map.of("MOMENTO_API_KEY", "S3CRET");
    try (MomentoAllowList list =
        (MomentoAllowList)
            new MomentoProvider()
                .open(StoreReference.parse(server.reference("origins/shop")), environment)) {
      assertDecision(
          decide(policy(list, Duration.ofSeconds(20))),
          Reason.ALLOW_LIST_UNAVAILABLE,
          Kind.ACCESS_DENIED,
          "the value of the variable MOMENTO_API_KEY is no API key. Put the key there");
    }
  }

  @Test
  void inTheWrongCache() {
    try (MomentoAllowList list = server.open("other/shop", MomentoServer.SECRET)) {
      assertDecision(
          decide(policy(list, Duration.ofSeconds(20))),
          Reason.ALLOW_LIST_UNAVAILABLE,
          Kind.NOT_FOUND,
          "Create the cache, or check its name and the region of the API key");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"SLOW", "THROTTLED", "DOWN", "OUT_OF_ORDER", "NO_PERMISSION", "FORGOTTEN"})
  void laterTheLastResponseCountsForTheTimeOfGrace(Failure failure) {
    try (MomentoAllowList list = server.open()) {
      CorsPolicy policy = policy(list, Duration.ofSeconds(20));
      assertEquals(Reason.ALLOWED, decide(policy).reason());
      failure.happens.accept(server);
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
    try (MomentoAllowList list = server.open()) {
      CorsPolicy policy = policy(list, Duration.ofSeconds(20));
      assertEquals(Reason.ALLOWED, decide(policy).reason());
      server.stop();
      now = now.plus(Duration.ofHours(1));
      assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy).reason());
      server.restart();
      long start = System.nanoTime();
      while (!decide(policy).isAllowed()) {
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(30).toNanos());
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void whatWasRemovedHasNoGrace() throws Exception {
    try (MomentoAllowList list = server.open()) {
      CorsPolicy policy = policy(list, Duration.ofSeconds(20));
      assertEquals(Reason.ALLOWED, decide(policy).reason());
      list.remove(List.of(SHOP));
      now = now.plus(Duration.ofMinutes(2));
      assertDecision(decide(policy), Reason.ORIGIN_NOT_ALLOWED, null, "");
    }
  }

  @Test
  void anEntryEndsByTheClockOfThePolicy() {
    long end = now.getEpochSecond() + 30;
    server.put(SHOP, "" + end);
    try (MomentoAllowList list = server.open()) {
      CorsPolicy policy = policy(list, Duration.ofSeconds(20));
      assertEquals(Reason.ALLOWED, decide(policy).reason());
      now = Instant.ofEpochSecond(end).minusMillis(1);
      assertEquals(Reason.ALLOWED, decide(policy).reason());
      now = Instant.ofEpochSecond(end);
      assertEquals(Reason.ORIGIN_NOT_ALLOWED, decide(policy).reason());
    }
  }

  @Test
  void editsThatAreRefused() {
    server.fail(Status.PERMISSION_DENIED.withDescription("No"));
    try (MomentoAllowList list = server.open()) {
      assertThatThrownBy(() -> list.add(List.of(new Entry(SHOP, null))))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
          .hasMessageContaining("taking 1 entries into the list \"shop\"")
          .hasMessageContaining("readwrite to edit lists");
    }
  }

  @Test
  void aClosedListAsksNobody() {
    MomentoAllowList list = server.open();
    list.close();
    assertThatThrownBy(() -> list.find(List.of(SHOP))).hasMessageContaining("the list is closed");
    assertThat(server.calls()).isEmpty();
  }

  private static void assertDecision(Decision decision, Reason reason, Kind kind, String message) {
    assertEquals(kind, decision.storeFailure().map(StoreException::kind).orElse(null));
    assertEquals(reason, decision.reason());
    assertEquals(
        reason == Reason.ALLOWED, decision.headers().containsKey("Access-Control-Allow-Origin"));
    String said = decision.storeFailure().map(StoreException::getMessage).orElse("");
    assertThat(said).contains(message);
    if (kind != null) {
      assertThat(said).startsWith("Momento, cache \"").endsWith(".").hasSizeLessThan(600);
      StringWriter trace = new StringWriter();
      decision.storeFailure().get().printStackTrace(new PrintWriter(trace, true));
      assertThat(trace.toString() + decision).doesNotContain("S3CRET").doesNotContain("WR0NG");
    }
  }

  private CorsPolicy policy(MomentoAllowList list, Duration budget) {
    InstantSource test = () -> now;
    return CorsPolicy.builder()
        .allowList(
            list, CacheSettings.defaults().timeout(budget).clock(test.withZone(ZoneOffset.UTC)))
        .build();
  }

  private static Decision decide(CorsPolicy policy) {
    return policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(SHOP))));
  }
}
