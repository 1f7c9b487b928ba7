package dev.corsage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.corsage.Decision.Reason;
import dev.corsage.FakeAllowList.Response;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.Expiry;
import dev.corsage.store.StoreException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A policy whose store fails, and entries that expire: nothing is let in that should not be. */
class AllowListFailureTest extends AllowListFixture {
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
    store.response = Response.DOWN;
    time.pass(Duration.ofSeconds(30));
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy, SHOP).reason());
  }

  @Test
  void theEntryThatLastsLongestCounts() {
    store.add(SHOP, time.now().plusSeconds(5));
    store.add("https://*.example.com", Expiry.LATEST);
    CorsPolicy policy = build();
    decide(policy, SHOP);
    time.pass(Duration.ofSeconds(10));
    assertTrue(decide(policy, SHOP).isAllowed());
  }

  // Failure.

  @ParameterizedTest
  @EnumSource(Response.class)
  void withoutAnResponseNothingIsLetIn(Response failing) {
    store.add(SHOP, null);
    store.response = failing;
    Decision decision = decide(build(), SHOP);
    if (failing == Response.GOOD) {
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
      value = Response.class,
      names = {"SLOW", "THROTTLED", "DOWN", "DENIED", "BROKEN"})
  void theLastResponseCountsForTheTimeOfGrace(Response failing) {
    store.add(SHOP, null);
    CorsPolicy policy = build();
    decide(policy, SHOP);
    decide(policy, OTHER);
    store.response = failing;
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
    store.response = Response.CORRUPT;
    time.pass(Duration.ofSeconds(60));
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy, SHOP).reason());
    int asked = store.asked.size();
    assertEquals(Reason.ALLOW_LIST_UNAVAILABLE, decide(policy, SHOP).reason());
    assertEquals(asked, store.asked.size(), "kept like a refusal");
    store.response = Response.GOOD;
    store.add(OTHER, null);
    assertTrue(decide(policy, OTHER).isAllowed(), "nobody else suffers");
  }

  @Test
  void aStoreThatIsBackIsAskedAgain() {
    store.add(SHOP, null);
    store.response = Response.DOWN;
    CorsPolicy policy = build();
    for (int i = 0; i < 50; i++) {
      assertFalse(decide(policy, SHOP).isAllowed());
    }
    assertTrue(store.asked.size() < 10, "asked " + store.asked.size() + " times while it was down");
    store.response = Response.GOOD;
    assertTrue(eventually(() -> decide(policy, SHOP).isAllowed()));
  }

  @Test
  void aStoreThatHangsIsWaitedForNoLongerThanTheBudget() {
    store.add(OTHER, null);
    store.gate = new CountDownLatch(1);
    CorsPolicy policy =
        build(CacheSettings.defaults().timeout(Duration.ofMillis(50)), b -> b.origins(SHOP));
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
}
