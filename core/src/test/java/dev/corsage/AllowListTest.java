package dev.corsage;

import static dev.corsage.PolicyCode.ALLOW_LIST_WITH_ANY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.corsage.Decision.Reason;
import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy with an allow list in a store: what it asks, and what it keeps. */
class AllowListTest extends AllowListFixture {
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
    assertEquals(16, store.asked.get(0).size());
    assertTrue(store.asked.get(0).contains("https://*.example.com"));
    assertTrue(store.asked.get(0).contains("https://*.a.a.a.a.a.a.example.com:*"));
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
  void responsesAreKeptForTheirOwnTimes() {
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
    CountDownLatch refreshed = store.nextResponse();
    assertTrue(decide(policy, SHOP).isAllowed());
    refreshed.await();
    time.pass(Duration.ofSeconds(20));
    store.response = FakeAllowList.Response.DOWN;
    assertTrue(eventually(() -> decide(policy, SHOP).storeFailure().isEmpty()), "kept anew");
  }

  @Test
  void whatIsRemovedIsRefusedOnceTheResponseIsOld() {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    assertTrue(decide(policy, SHOP).isAllowed());
    store.entries.clear();
    time.pass(Duration.ofSeconds(60));
    assertEquals(Reason.ORIGIN_NOT_ALLOWED, decide(policy, SHOP).reason());
    store.response = FakeAllowList.Response.DOWN;
    time.pass(Duration.ofSeconds(10));
    Decision down = decide(policy, SHOP);
    assertEquals(Reason.ORIGIN_NOT_ALLOWED, down.reason(), "the last answer, not the one before");
  }

  @Test
  void aClockThatIsSetBackMakesResponsesOld() {
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
    CorsPolicy policy =
        build(CacheSettings.defaults().cachedOrigins(100).lookupsPerSecond(1_000_000), b -> b);
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
    CorsPolicy policy = build(CacheSettings.defaults().timeout(Duration.ofSeconds(30)), b -> b);
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      AtomicInteger started = new AtomicInteger();
      List<Future<Boolean>> responses = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        responses.add(
            callers.submit(
                () -> {
                  started.incrementAndGet();
                  return decide(policy, SHOP).isAllowed();
                }));
      }
      assertTrue(eventually(() -> started.get() == 16 && store.asked.size() == 1));
      store.gate.countDown();
      for (Future<Boolean> response : responses) {
        assertTrue(response.get());
      }
      assertEquals(1, store.asked.size());
    } finally {
      callers.shutdown();
    }
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
    assertEquals(ALLOW_LIST_WITH_ANY, e.problems().get(0).code());
  }

  @ParameterizedTest
  @CsvSource({
    "allowedTtl, PT0S",
    "allowedTtl, P2D",
    "refusedTtl, PT-1S",
    "staleIfError, P8D",
    "timeout, PT0S",
    "timeout, PT1M"
  })
  void settingsOutOfRangeAreRefusedByName(String field, Duration value) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> {
              CacheSettings settings = CacheSettings.defaults();
              switch (field) {
                case "allowedTtl" -> settings.allowedTtl(value);
                case "refusedTtl" -> settings.refusedTtl(value);
                case "staleIfError" -> settings.staleIfError(value);
                default -> settings.timeout(value);
              }
            });
    assertTrue(e.getMessage().startsWith(field + ": " + value), e.getMessage());
  }
}
