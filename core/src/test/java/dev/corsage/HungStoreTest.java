package dev.corsage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store whose client hangs, for some lookups or for all: the list works again when it can. */
class HungStoreTest {
  private static final String SHOP = "https://shop.example.com";
  private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Store store = new Store();
  private final LookupThreads threads = LookupThreads.ofGiven(store);
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void release() {
    store.released.countDown();
  }

  @ParameterizedTest(name = "{0} lookups hang, interrupts end them: {1}")
  @CsvSource({
    "0, false, 0",
    "1, false, 0",
    "7, false, 0",
    "8, false, 1",
    "9, false, 2",
    "16, false, 9",
    "39, false, 32",
    "8, true, 1",
    "40, true, 33",
    "100, true, 93"
  })
  void lookupsSucceedAfterOthersHung(int lookups, boolean interruptible, int replaced)
      throws Exception {
    store.interruptible = interruptible;
    store.hanging = lookups;
    assertTrue(eventually(this::succeeds), () -> store.hung + " lookups hung");
    assertEquals(lookups, store.hung.get());
    assertEquals(replaced, told(), "each is told of once");
  }

  @ParameterizedTest(name = "{0} lookups hang")
  @CsvSource({"40, 32", "41, 32", "100, 32"})
  void threadsAreReplacedWithinABound(int lookups, int replaced) throws Exception {
    store.hanging = lookups;
    assertTrue(eventually(() -> succeeds() || told == replaced));
    for (int i = 0; i < 20; i++) {
      assertFalse(succeeds());
    }
    assertEquals(LookupThreads.MAX_THREADS + LookupThreads.MAX_GIVEN_UP, store.inside.get());
    assertEquals(replaced, told());
  }

  /** The bound counts the threads that hang now, not those that once did. */
  @Test
  void threadsThatReturnAfterAllCanBeReplacedAgain() throws Exception {
    for (int round = 1; round <= 3; round++) {
      store.released = new CountDownLatch(1);
      store.hanging = 39;
      assertTrue(eventually(this::succeeds));
      assertEquals(32 * round, told());
      store.released.countDown();
      assertTrue(eventually(() -> store.inside.get() == 0));
      assertTrue(
          eventually(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                          .filter(thread -> thread.getName().equals("corsage-allow-list"))
                          .count()
                      <= LookupThreads.MAX_THREADS),
          "as many threads as before");
    }
  }

  @Test
  void nothingIsGivenUpWhileAThreadIsFree() throws Exception {
    store.hanging = 7;
    for (int i = 0; i < 50; i++) {
      succeeds();
      Thread.sleep(1);
    }
    assertEquals(0, told());
    assertEquals(43, done.get());
  }

  /** Through a policy: the decision that finds a thread replaced says so, whatever it decides. */
  @ParameterizedTest
  @CsvSource({SHOP + ", true", "https://other.example.com, false"})
  void aDecisionTellsOfAThreadThatWasReplaced(String origin, boolean allowed) {
    store.hanging = 8;
    CacheSettings settings = CacheSettings.defaults().timeout(Duration.ofMillis(20));
    CorsPolicy policy = CorsPolicy.builder().allowList(store, settings).build();
    AtomicInteger asked = new AtomicInteger();
    assertTrue(
        eventually(
            () -> {
              decide(policy, "https://o" + asked.incrementAndGet() + ".example.com");
              return store.hung.get() == 8;
            }));
    Decision[] decision = new Decision[1];
    assertTrue(
        eventually(
            () -> {
              decision[0] = decide(policy, origin);
              return decision[0].reason() != Decision.Reason.ALLOW_LIST_UNAVAILABLE;
            }));
    StoreException failure = decision[0].storeFailure().orElseThrow();
    assertEquals(Kind.HUNG, failure.kind());
    assertTrue(
        failure.getMessage().contains("1 such threads run now, 32 can"), failure.getMessage());
    assertEquals(allowed, decision[0].isAllowed());
    assertEquals(allowed, decide(policy, origin).isAllowed(), "what is cached");
    assertTrue(decide(policy, origin).storeFailure().isEmpty(), "told of once");
  }

  private static Decision decide(CorsPolicy policy, String origin) {
    return policy.decide(Requests.actual("GET", origin));
  }

  private int told;

  private int told() {
    while (threads.takeHung() != null) {
      told++;
    }
    return told;
  }

  /** Tells whether a lookup ends in its time, or one that waited before it. */
  private boolean succeeds() {
    told();
    int before = done.get();
    threads.execute(
        () -> {
          try {
            store.find(List.of(SHOP));
            done.incrementAndGet();
          } catch (IllegalStateException interrupted) {
            // As a client that was interrupted.
          }
        },
        MAX_NANOS);
    long end = System.nanoTime() + 4 * MAX_NANOS;
    while (done.get() == before && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return done.get() > before;
  }

  private static boolean eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      if (condition.getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  /** Lists the shop, and hangs as often as it is told to. */
  private static final class Store implements AllowList {
    final AtomicInteger hung = new AtomicInteger();
    final AtomicInteger inside = new AtomicInteger();
    volatile CountDownLatch released = new CountDownLatch(1);
    volatile boolean interruptible;
    volatile int hanging;

    @Override
    public List<Entry> find(List<String> patterns) {
      if (takesOne()) {
        hang(released);
      }
      return patterns.stream().filter(SHOP::equals).map(p -> new Entry(p, null)).toList();
    }

    private synchronized boolean takesOne() {
      if (hanging == 0) {
        return false;
      }
      hanging--;
      hung.incrementAndGet();
      return true;
    }

    private void hang(CountDownLatch gate) {
      inside.incrementAndGet();
      try {
        while (true) {
          try {
            gate.await();
            return;
          } catch (InterruptedException e) {
            if (interruptible) {
              throw new IllegalStateException(e);
            }
          }
        }
      } finally {
        inside.decrementAndGet();
      }
    }
  }
}
