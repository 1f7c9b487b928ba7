package dev.corsage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a store said is not believed for longer because its response was long on its way. */
class AllowListRacesTest {
  private static final String SHOP = "https://shop.example.com";

  private final ManualClock time = new ManualClock();
  private final Store store = new Store();

  /** A process that is frozen between two events receives a response that is old by then. */
  @Test
  void aResponseFromBeforeAFreezeIsAskedForAgain() throws Exception {
    CorsPolicy policy = policy(Duration.ofSeconds(30));
    store.entries.add(SHOP);
    assertTrue(isAllowed(policy));
    time.pass(Duration.ofSeconds(50));
    CountDownLatch gate = store.holdNext();
    assertTrue(isAllowed(policy), "and it is being asked for ahead of time");
    assertTrue(eventually(() -> store.held != null));

    store.entries.clear();
    time.pass(Duration.ofHours(1));
    FutureTask<Boolean> decision = new FutureTask<>(() -> isAllowed(policy));
    Thread caller = new Thread(decision);
    caller.start();
    assertTrue(eventually(() -> caller.getState() == Thread.State.TIMED_WAITING));
    gate.countDown();
    assertFalse(decision.get());
  }

  @Test
  void anResponseThatWasGivenUpDoesNotReplaceANewerOne() {
    CorsPolicy policy = policy(Duration.ofMillis(1));
    store.entries.add(SHOP);
    CountDownLatch gate = store.holdNext();
    assertFalse(isAllowed(policy));
    assertTrue(eventually(() -> store.held != null));
    store.entries.clear();
    assertTrue(eventually(() -> decide(policy).storeFailure().isEmpty()), "asked anew");
    assertFalse(isAllowed(policy));

    Thread late = store.held;
    gate.countDown();
    assertTrue(
        eventually(() -> store.isReleased && late.getState() == Thread.State.TIMED_WAITING),
        "the first answer has come");
    assertFalse(isAllowed(policy));
  }

  /** Policies by scope may be hundreds. */
  @Test
  void policiesThatShareAListShareItsThreads() {
    CorsPolicies.Builder builder = CorsPolicies.builder();
    for (int i = 0; i < 30; i++) {
      builder.policy(PolicyScope.anywhere().path("/" + i), CorsPolicy.builder().allowList(store));
    }
    CorsPolicies policies = builder.build();
    for (int i = 0; i < 30; i++) {
      assertFalse(policies.decide(Requests.at("/" + i, Requests.actual("GET", SHOP))).isAllowed());
    }
    assertTrue(store.threads.size() <= 8, store.threads.size() + " threads");
    assertEquals(30, store.asked);
  }

  private CorsPolicy policy(Duration timeout) {
    CacheSettings settings = CacheSettings.defaults().timeout(timeout).clock(time);
    return CorsPolicy.builder().allowList(store, settings).build();
  }

  private static boolean isAllowed(CorsPolicy policy) {
    return decide(policy).isAllowed();
  }

  private static Decision decide(CorsPolicy policy) {
    return policy.decide(Requests.actual("GET", SHOP));
  }

  private static boolean eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < deadline) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /** A store that looks at once and may take its time to answer. */
  private static final class Store implements AllowList {
    final Set<String> entries = ConcurrentHashMap.newKeySet();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    volatile int asked;
    volatile Thread held;
    volatile boolean isReleased;
    private CountDownLatch next;

    synchronized CountDownLatch holdNext() {
      next = new CountDownLatch(1);
      return next;
    }

    @Override
    public List<Entry> find(List<String> patterns) {
      List<Entry> found =
          patterns.stream().filter(entries::contains).map(p -> new Entry(p, null)).toList();
      threads.add(Thread.currentThread());
      CountDownLatch gate = counted();
      if (gate != null) {
        held = Thread.currentThread();
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        isReleased = true;
      }
      return found;
    }

    private synchronized CountDownLatch counted() {
      asked++;
      CountDownLatch gate = next;
      next = null;
      return gate;
    }
  }
}
