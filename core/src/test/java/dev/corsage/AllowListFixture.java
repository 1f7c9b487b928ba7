package dev.corsage;

import dev.corsage.store.CacheSettings;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** What the tests of a policy with a store share: the store, the clock, and how it is asked. */
abstract class AllowListFixture {
  static final String SHOP = "https://shop.example.com";
  static final String OTHER = "https://other.example.com";

  final ManualClock time = new ManualClock();
  final FakeAllowList store = new FakeAllowList();

  CorsPolicy build() {
    return build(b -> b);
  }

  CorsPolicy build(UnaryOperator<CorsPolicy.Builder> more) {
    return build(CacheSettings.defaults(), more);
  }

  CorsPolicy build(CacheSettings settings, UnaryOperator<CorsPolicy.Builder> more) {
    CacheSettings quick =
        settings.equals(CacheSettings.defaults())
            ? settings.timeout(Duration.ofSeconds(5))
            : settings;
    return more.apply(CorsPolicy.builder())
        .allowList(store, quick.clock(time))
        .maxAgeSeconds(7200)
        .build();
  }

  static Decision decide(CorsPolicy policy, String origin) {
    return policy.decide(Requests.actual("GET", origin));
  }

  static boolean eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < deadline) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }
}
