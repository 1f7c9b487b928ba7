package dev.corsage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever invents origins: what each costs at a store, and how many there are. */
class LimitedLookupsTest extends AllowListFixture {

  @ParameterizedTest(name = "{0} labels before {1}")
  @CsvSource({
    // One name for each label up to the bound, each also with any port
    "0, example.com, 2",
    "1, example.com, 4",
    "2, example.com, 6",
    "6, example.com, 14",
    "7, example.com, 16",
    "8, example.com, 16",
    "50, example.com, 16",
    "115, example.com, 16",
    "50, example.com., 16",
    "50, example.co.uk, 14",
    "50, localhost, 18",
    "50, github.io, 14",
    "50, example.com:8443, 16",
    "50, xn--fa-hia.de, 16"
  })
  void aNameOfManyLabelsCostsNoMoreThanOneOfAFew(int labels, String domain, int keys) {
    decide(build(), "https://" + "a.".repeat(labels) + domain);
    assertEquals(1, store.asked.size());
    assertEquals(keys, store.asked.get(0).size(), store.asked::toString);
  }

  @Test
  void aWildcardIsFoundAsDeepAsItMayBe() {
    String base = "b.c.d.e.f.g.example.com";
    assertEquals(AllowList.MAX_WILDCARD_LABELS, base.split("\\.", -1).length);
    store.add("https://*." + base, null);
    assertTrue(decide(build(), "https://a." + base).isAllowed());
    assertTrue(decide(build(), "https://" + "a.".repeat(50) + base).isAllowed());
  }

  @ParameterizedTest(name = "{0} a second")
  @CsvSource({"1, 10", "5, 50", "50, 500", "100, 1000", "1000, 2000"})
  void inventedOriginsAreLookedUpWithinABound(int perSecond, int most) {
    long began = System.nanoTime();
    CorsPolicy policy = build(CacheSettings.defaults().lookupsPerSecond(perSecond), b -> b);
    Decision limited = null;
    for (int i = 0; i < 2_000; i++) {
      Decision decision = decide(policy, "https://invented" + i + ".example.com");
      // The last one may be lucky: there are new lookups all the time.
      limited = decision.storeFailure().isPresent() ? decision : limited;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    int asked = store.asked.size();
    assertTrue(asked >= most && asked <= most + perSecond * seconds + 1, asked + " lookups");
    if (asked < 2_000) {
      assertEquals(Decision.Reason.ALLOW_LIST_UNAVAILABLE, limited.reason());
      StoreException failure = limited.storeFailure().orElseThrow();
      assertEquals(Kind.LIMITED, failure.kind());
      assertTrue(failure.getMessage().contains(perSecond + " lookups a second"));
    }
  }

  /** What is limited is the caller, not those whom the store has listed before. */
  @ParameterizedTest
  @ValueSource(ints = {60, 3_600})
  void listedOriginsAreLookedUpAgainAllTheSame(int seconds) {
    store.add(SHOP, null);
    CorsPolicy policy =
        build(CacheSettings.defaults().lookupsPerSecond(1).timeout(Duration.ofSeconds(5)), b -> b);
    assertTrue(decide(policy, SHOP).isAllowed());
    exhaust(policy);
    time.pass(Duration.ofSeconds(seconds));
    assertTrue(decide(policy, SHOP).storeFailure().isEmpty());
    store.entries.clear();
    time.pass(Duration.ofSeconds(seconds));
    assertEquals(Decision.Reason.ORIGIN_NOT_ALLOWED, decide(policy, SHOP).reason());
  }

  @Test
  void ownAndCachedOriginsAreNotLimited() {
    CorsPolicy policy =
        build(CacheSettings.defaults().lookupsPerSecond(1), b -> b.origins("https://own.test"));
    assertFalse(decide(policy, OTHER).isAllowed());
    exhaust(policy);
    assertTrue(decide(policy, "https://own.test").isAllowed());
    assertEquals(Decision.Reason.ORIGIN_NOT_ALLOWED, decide(policy, OTHER).reason());
  }

  /** The failure is of one moment: it is neither cached nor a reason to let the store rest. */
  @Test
  void whoeverWasLimitedIsLookedUpLater() {
    store.add(SHOP, null);
    CorsPolicy policy = build(CacheSettings.defaults().lookupsPerSecond(20), b -> b);
    exhaust(policy);
    assertFalse(decide(policy, SHOP).isAllowed());
    assertTrue(eventually(() -> decide(policy, SHOP).isAllowed()));
  }

  /** Many policies by scope are no way around the bound. */
  @Test
  void policiesThatShareAListShareTheBound() {
    CacheSettings settings = CacheSettings.defaults().lookupsPerSecond(1).clock(time);
    CorsPolicies.Builder builder = CorsPolicies.builder();
    for (int i = 0; i < 30; i++) {
      builder.policy(
          PolicyScope.anywhere().path("/" + i), CorsPolicy.builder().allowList(store, settings));
    }
    CorsPolicies policies = builder.build();
    long began = System.nanoTime();
    for (int i = 0; i < 30; i++) {
      policies.decide(Requests.at("/" + i, Requests.actual("GET", SHOP)));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    assertTrue(store.asked.size() <= 10 + seconds + 1, store.asked.size() + " lookups");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 1_000_001})
  void aBoundOutOfRangeIsRefused(int number) {
    CacheSettings settings = CacheSettings.defaults();
    String message =
        assertThrows(IllegalArgumentException.class, () -> settings.lookupsPerSecond(number))
            .getMessage();
    assertEquals("lookupsPerSecond: " + number + " is not from 1 to 1000000.", message);
  }

  /** Seconds since the beginning, and how many of a thousand attempts succeed then. */
  @ParameterizedTest(name = "{0} a second, begun at {1}")
  @CsvSource({
    "1, 0, 10, 1, 10, 10",
    "50, 0, 500, 50, 500, 500",
    "3, 9223372036854775807, 30, 3, 30, 30",
    "50, -9223372036854775808, 500, 50, 500, 500"
  })
  void theRateIsThatOfASecondAndTenTimesThatAfterACalm(
      int perSecond, long start, int atOnce, int afterASecond, int afterTen, int afterADay) {
    LookupRate rate = new LookupRate(start);
    assertEquals(atOnce, taken(rate, perSecond, start));
    assertEquals(0, taken(rate, perSecond, start + TimeUnit.MILLISECONDS.toNanos(10)));
    long second = TimeUnit.SECONDS.toNanos(1);
    assertEquals(afterASecond, taken(rate, perSecond, start + second));
    assertEquals(afterTen, taken(rate, perSecond, start + 11 * second));
    assertEquals(afterADay, taken(rate, perSecond, start + 86_400 * second));
  }

  private static int taken(LookupRate rate, int perSecond, long now) {
    int taken = 0;
    for (int i = 0; i < 1_000; i++) {
      taken += rate.take(perSecond, now) ? 1 : 0;
    }
    return taken;
  }

  private static void exhaust(CorsPolicy policy) {
    for (int i = 0; i < 1_000; i++) {
      decide(policy, "https://spent" + i + ".example.com");
    }
  }
}
