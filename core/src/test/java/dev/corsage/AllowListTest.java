package dev.corsage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.corsage.Decision.Reason;
import dev.corsage.StoreException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A policy with an allow list in a store: what it asks, what it keeps, and what it does without.
 */
class AllowListTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String OTHER = "https://other.example.com";

  private final Time time = new Time();
  private final Store store = new Store();

  // What is asked.

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a.example.com      | credentials | https://a.example.com https://a.example.com:* https://*.example.com https://*.example.com:*
          https://a.b.example.com    | credentials | https://a.b.example.com https://a.b.example.com:* https://*.example.com https://*.example.com:* https://*.b.example.com https://*.b.example.com:*
          https://a.example.com:8443 | credentials | https://a.example.com:8443 https://a.example.com:* https://*.example.com:8443 https://*.example.com:*
          https://example.com        | credentials | https://example.com https://example.com:*
          https://example.com        | suffixes    | https://example.com https://example.com:* https://*.com https://*.com:*
          https://a.example.com.     | credentials | https://a.example.com. https://a.example.com.:* https://*.example.com. https://*.example.com.:*
          https://me.github.io       | plain       | https://me.github.io https://me.github.io:*
          https://a.me.github.io     | plain       | https://a.me.github.io https://a.me.github.io:* https://*.me.github.io https://*.me.github.io:*
          https://192.0.2.1          | credentials | https://192.0.2.1 https://192.0.2.1:*
          https://[2001:db8::1]:8443 | credentials | https://[2001:db8::1]:8443 https://[2001:db8::1]:*
          http://localhost:3000      | credentials | http://localhost:3000 http://localhost:*
          http://a.localhost         | credentials | http://a.localhost http://a.localhost:* http://*.localhost http://*.localhost:*
          http://a.example.com       | plain       | http://a.example.com http://a.example.com:* http://*.example.com http://*.example.com:*
          http://a.example.com       | insecure    | http://a.example.com http://a.example.com:* http://*.example.com http://*.example.com:*
          http://a.example.com       | credentials |
          null                       | plain       |
          https://A.example.com      | plain       |
          https://a.example.com/     | plain       |
          https://a.example.com, b   | plain       |
          """)
  void everythingAnOriginCanBeListedUnderIsAskedInOneRoundTrip(
      String origin, String policy, String patterns) {
    CorsPolicy asking =
        build(
            builder ->
                switch (policy) {
                  case "credentials" -> builder.credentials(true);
                  case "insecure" -> builder.credentials(true).tolerateInsecureOrigins(true);
                  case "suffixes" -> builder.credentials(true).toleratePublicSuffixes(true);
                  default -> builder;
                });
    asking.decide(Requests.actual("GET", origin));
    assertEquals(patterns == null ? List.of() : List.of(List.of(patterns.split(" "))), store.asked);
  }

  @Test
  void aHostOfVeryManyLabelsIsAskedWithinOneRequest() {
    build().decide(Requests.actual("GET", "https://" + "a.".repeat(120) + "example.com"));
    assertEquals(1, store.asked.size());
    assertEquals(100, store.asked.get(0).size());
    assertTrue(store.asked.get(0).contains("https://*.example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example.com",
    "https://shop.example.com:*",
    "https://*.example.com",
    "https://*.example.com:*"
  })
  void whatIsListedIsAllowed(String entry) {
    store.add(entry, null);
    Decision actual = decide(build(), SHOP);
    assertEquals(Reason.ALLOWED, actual.reason());
    assertEquals(SHOP, actual.headers().get("Access-Control-Allow-Origin"));
    assertFalse(build().decide(Requests.preflight(SHOP, "PUT")).isAllowed());
    assertTrue(build(b -> b.methods("PUT")).decide(Requests.preflight(SHOP, "PUT")).isAllowed());
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com",
    "https://*.shop.example.com",
    "http://shop.example.com",
    "https://shop.example.com:8443",
    "https://*.com",
    "*",
    "SHOP.example.com"
  })
  void whatIsListedOtherwiseIsNot(String entry) {
    store.add(entry, null);
    assertEquals(Reason.ORIGIN_NOT_ALLOWED, decide(build(), SHOP).reason());
  }

  @Test
  void ownEntriesAndTheOwnOriginAreNotAsked() {
    CorsPolicy policy = build(b -> b.origins(SHOP, "https://*.example.org"));
    assertTrue(decide(policy, SHOP).isAllowed());
    assertTrue(decide(policy, "https://a.example.org").isAllowed());
    assertEquals(List.of(), store.asked);
  }

  @Test
  void whatTheStoreGivesUnaskedDoesNotCount() {
    store.unasked = new AllowList.Entry("https://evil.test", null);
    assertEquals(Reason.ORIGIN_NOT_ALLOWED, decide(build(), SHOP).reason());
  }

  // What is kept.

  @Test
  void answersAreKeptForTheirOwnTimes() {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    decide(policy, SHOP);
    decide(policy, OTHER);
    assertEquals(2, store.asked.size());
    time.pass(Duration.ofSeconds(9));
    decide(policy, SHOP);
    decide(policy, OTHER);
    assertEquals(2, store.asked.size(), "kept");
    time.pass(Duration.ofSeconds(1));
    decide(policy, OTHER);
    assertEquals(3, store.asked.size(), "a refusal for 10 seconds");
    decide(policy, SHOP);
    assertEquals(3, store.asked.size(), "what is allowed for 60");
    time.pass(Duration.ofSeconds(50));
    decide(policy, SHOP);
    assertEquals(4, store.asked.size());
  }

  @Test
  void whatIsUsedIsAskedAheadOfTime() throws Exception {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    decide(policy, SHOP);
    time.pass(Duration.ofSeconds(50));
    CountDownLatch refreshed = store.nextAnswer();
    assertTrue(decide(policy, SHOP).isAllowed());
    refreshed.await();
    time.pass(Duration.ofSeconds(20));
    store.answer = Answer.DOWN;
    assertTrue(eventually(() -> decide(policy, SHOP).storeFailure().isEmpty()), "kept anew");
  }

  @Test
  void whatIsRemovedIsRefusedOnceTheAnswerIsOld() {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    assertTrue(decide(policy, SHOP).isAllowed());
    store.entries.clear();
    time.pass(Duration.ofSeconds(60));
    assertEquals(Reason.ORIGIN_NOT_ALLOWED, decide(policy, SHOP).reason());
    store.answer = Answer.DOWN;
    time.pass(Duration.ofSeconds(10));
    Decision down = decide(policy, SHOP);
    assertEquals(Reason.ORIGIN_NOT_ALLOWED, down.reason(), "the last answer, not the one before");
  }

  @Test
  void aStoreThatTellsOfChangesIsAskedAnew() {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    assertTrue(decide(policy, SHOP).isAllowed());
    store.entries.clear();
    time.pass(Duration.ofMillis(1));
    store.changed.run();
    time.pass(Duration.ofMillis(1));
    assertFalse(decide(policy, SHOP).isAllowed());
  }

  @Test
  void aClockThatIsSetBackMakesAnswersOld() {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    decide(policy, SHOP);
    store.entries.clear();
    time.pass(Duration.ofDays(-1));
    assertFalse(decide(policy, SHOP).isAllowed());
  }

  @Test
  void inventedOriginsDoNotPushOutTheOthers() {
    store.add(SHOP, null);
    CorsPolicy policy = build(CacheSettings.defaults().origins(100), b -> b);
    decide(policy, SHOP);
    for (int i = 0; i < 1_000; i++) {
      decide(policy, "https://invented" + i + ".example.com");
    }
    int asked = store.asked.size();
    assertTrue(decide(policy, SHOP).isAllowed());
    assertEquals(asked, store.asked.size());
  }

  @Test
  void manyThatAskForOneOriginAreOneRequest() throws Exception {
    store.add(SHOP, null);
    store.gate = new CountDownLatch(1);
    CorsPolicy policy = build(CacheSettings.defaults().timeBudget(Duration.ofSeconds(30)), b -> b);
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      AtomicInteger started = new AtomicInteger();
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        answers.add(
            callers.submit(
                () -> {
                  started.incrementAndGet();
                  return decide(policy, SHOP).isAllowed();
                }));
      }
      assertTrue(eventually(() -> started.get() == 16 && store.asked.size() == 1));
      store.gate.countDown();
      for (Future<Boolean> answer : answers) {
        assertTrue(answer.get());
      }
      assertEquals(1, store.asked.size());
    } finally {
      callers.shutdown();
    }
  }

  // Expiry.

  @Test
  void anExpiredEntryNeverCounts() {
    store.add(SHOP, time.now().plusSeconds(30));
    CorsPolicy policy = build();
    assertTrue(decide(policy, SHOP).isAllowed());
    time.pass(Duration.ofSeconds(29));
    assertTrue(decide(policy, SHOP).isAllowed());
    time.pass(Duration.ofSeconds(1));
    assertEquals(
        Reason.ORIGIN_NOT_ALLOWED, decide(policy, SHOP).reason(), "the store still has it");
    CorsPolicy another = build();
    assertEquals(Reason.ORIGIN_NOT_ALLOWED, decide(another, SHOP).reason(), "from the beginning");
  }

  @Test
  void thereIsNoGraceForAnExpiredEntry() {
    store.add(SHOP, time.now().plusSeconds(30));
    CorsPolicy policy = build();
    assertTrue(decide(policy, SHOP).isAllowed());
    store.answer = Answer.DOWN;
    time.pass(Duration.ofSeconds(30));
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy, SHOP).reason());
  }

  @Test
  void theEntryThatLastsLongestCounts() {
    store.add(SHOP, time.now().plusSeconds(5));
    store.add("https://*.example.com", Instant.MAX);
    CorsPolicy policy = build();
    decide(policy, SHOP);
    time.pass(Duration.ofSeconds(10));
    assertTrue(decide(policy, SHOP).isAllowed());
  }

  // Failure.

  @ParameterizedTest
  @EnumSource(Answer.class)
  void withoutAnAnswerNothingIsLetIn(Answer failing) {
    store.add(SHOP, null);
    store.answer = failing;
    Decision decision = decide(build(), SHOP);
    if (failing == Answer.GOOD) {
      assertTrue(decision.isAllowed());
      return;
    }
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decision.reason());
    assertEquals(failing.kind, decision.storeFailure().orElseThrow().kind());
    assertEquals(Map.of("Vary", "Origin"), decision.headers());
    assertTrue(decision.explanation().contains(SHOP), decision.explanation());
    Decision preflight = build().decide(Requests.preflight(SHOP, "GET"));
    assertEquals(403, preflight.status().orElseThrow());
    assertFalse(preflight.headers().containsKey("Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Answer.class,
      names = {"SLOW", "THROTTLED", "DOWN", "DENIED", "BROKEN"})
  void theLastAnswerCountsForTheTimeOfGrace(Answer failing) {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    decide(policy, SHOP);
    decide(policy, OTHER);
    store.answer = failing;
    time.pass(Duration.ofSeconds(60).plusMinutes(10).minusMillis(1));
    Decision kept = decide(policy, SHOP);
    assertTrue(kept.isAllowed());
    assertEquals(failing.kind, kept.storeFailure().orElseThrow().kind());
    assertFalse(decide(policy, OTHER).isAllowed());
    time.pass(Duration.ofMillis(1));
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy, SHOP).reason());
  }

  @Test
  void aCorruptEntryHasNoGrace() {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    decide(policy, SHOP);
    store.answer = Answer.CORRUPT;
    time.pass(Duration.ofSeconds(60));
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy, SHOP).reason());
    int asked = store.asked.size();
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy, SHOP).reason());
    assertEquals(asked, store.asked.size(), "kept like a refusal");
    store.answer = Answer.GOOD;
    store.add(OTHER, null);
    assertTrue(decide(policy, OTHER).isAllowed(), "nobody else suffers");
  }

  @Test
  void aStoreThatIsBackIsAskedAgain() {
    store.add(SHOP, null);
    store.answer = Answer.DOWN;
    CorsPolicy policy = build();
    for (int i = 0; i < 50; i++) {
      assertFalse(decide(policy, SHOP).isAllowed());
    }
    assertTrue(store.asked.size() < 10, "asked " + store.asked.size() + " times while it was down");
    store.answer = Answer.GOOD;
    assertTrue(eventually(() -> decide(policy, SHOP).isAllowed()));
  }

  @Test
  void aStoreThatHangsIsWaitedForNoLongerThanTheBudget() {
    store.add(OTHER, null);
    store.gate = new CountDownLatch(1);
    CorsPolicy policy =
        build(CacheSettings.defaults().timeBudget(Duration.ofMillis(50)), b -> b.origins(SHOP));
    Decision hanging = decide(policy, OTHER);
    assertEquals(Kind.TIMED_OUT, hanging.storeFailure().orElseThrow().kind());
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, hanging.reason());
    assertTrue(decide(policy, SHOP).isAllowed(), "its own entries need no store");
    for (int i = 0; i < 20; i++) {
      assertFalse(decide(policy, "https://" + i + ".example.com").isAllowed());
    }
    store.gate.countDown();
    assertTrue(eventually(() -> decide(policy, OTHER).isAllowed()), "it is back");
  }

  // Configuration.

  @Test
  void aPolicyMayHaveNothingButAStore() {
    assertEquals(List.of(), build().origins());
    assertEquals(List.of(), build().warnings());
  }

  @Test
  void anyOriginAndAStoreAreAContradiction() {
    InvalidPolicyException e =
        assertThrows(InvalidPolicyException.class, () -> build(b -> b.origins("*")));
    assertEquals("ALLOW_LIST_WITH_ANY", e.problems().get(0).code());
  }

  @ParameterizedTest
  @CsvSource({
    "allowedFor, PT0S",
    "allowedFor, P2D",
    "refusedFor, PT-1S",
    "grace, P8D",
    "timeBudget, PT0S",
    "timeBudget, PT1M"
  })
  void settingsOutOfRangeAreRefusedByName(String field, Duration value) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> {
              CacheSettings settings = CacheSettings.defaults();
              switch (field) {
                case "allowedFor" -> settings.allowedFor(value);
                case "refusedFor" -> settings.refusedFor(value);
                case "grace" -> settings.grace(value);
                default -> settings.timeBudget(value);
              }
            });
    assertTrue(e.getMessage().startsWith(field + ": " + value), e.getMessage());
  }

  private CorsPolicy build() {
    return build(b -> b);
  }

  private CorsPolicy build(UnaryOperator<CorsPolicy.Builder> more) {
    return build(CacheSettings.defaults(), more);
  }

  private CorsPolicy build(CacheSettings settings, UnaryOperator<CorsPolicy.Builder> more) {
    CacheSettings quick =
        settings == CacheSettings.defaults()
            ? settings.timeBudget(Duration.ofSeconds(5))
            : settings;
    return more.apply(CorsPolicy.builder())
        .allowList(store, quick.clock(time))
        .maxAgeSeconds(7200)
        .build();
  }

  private Decision decide(CorsPolicy policy, String origin) {
    return policy.decide(Requests.actual("GET", origin));
  }

  private static boolean eventually(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < deadline) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /** How the store answers. */
  enum Answer {
    GOOD(null),
    SLOW(Kind.TIMED_OUT),
    THROTTLED(Kind.THROTTLED),
    DOWN(Kind.UNAVAILABLE),
    DENIED(Kind.ACCESS_DENIED),
    MISSING(Kind.NOT_FOUND),
    CORRUPT(Kind.CORRUPT),
    /** A client that throws what it should not. */
    BROKEN(Kind.UNAVAILABLE);

    final Kind kind;

    Answer(Kind kind) {
      this.kind = kind;
    }
  }

  private static final class Store implements AllowList {
    final Map<String, Entry> entries = new ConcurrentHashMap<>();
    final List<List<String>> asked = java.util.Collections.synchronizedList(new ArrayList<>());
    volatile Answer answer = Answer.GOOD;
    volatile CountDownLatch gate;
    volatile CountDownLatch answered = new CountDownLatch(1);
    volatile Entry unasked;
    Runnable changed;

    void add(String pattern, Instant expires) {
      entries.put(pattern, new Entry(pattern, expires));
    }

    CountDownLatch nextAnswer() {
      answered = new CountDownLatch(1);
      return answered;
    }

    @Override
    public List<Entry> find(List<String> patterns) throws StoreException {
      asked.add(List.copyOf(patterns));
      try {
        if (gate != null) {
          gate.await();
        }
        switch (answer) {
          case GOOD -> {}
          case SLOW, THROTTLED, DOWN, DENIED, MISSING, CORRUPT ->
              throw new StoreException(answer.kind, "The store says " + answer + ".", null);
          case BROKEN -> throw new IllegalStateException("client\nfailed");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      List<Entry> found = new ArrayList<>();
      for (String pattern : patterns) {
        if (entries.containsKey(pattern)) {
          found.add(entries.get(pattern));
        }
      }
      if (unasked != null) {
        found.add(unasked);
      }
      answered.countDown();
      return found;
    }

    @Override
    public void watch(Runnable whenChanged) {
      changed = whenChanged;
    }
  }

  private static final class Time extends Clock {
    private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    Instant now() {
      return now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
