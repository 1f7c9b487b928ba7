package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Scoped;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who opens the store that settings name, how often, and when it is closed. */
class OpenListsTest {
  private static final String SHOP = "https://shop.example.com";

  /** A store that lists one origin, and remembers what was done with it. */
  private static final class Store implements EditableAllowList {
    private final StoreReference reference;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Whether a lookup was there when it was closed, or came afterwards. */
    private final AtomicBoolean misused = new AtomicBoolean();

    private volatile boolean busy;

    Store(StoreReference reference) {
      this.reference = reference;
    }

    @Override
    public List<Entry> find(List<String> patterns) throws StoreException {
      busy = true;
      misused.compareAndSet(false, closed.getCount() == 0);
      asked.countDown();
      try {
        gate.await();
        return patterns.contains(SHOP) ? List.of(new Entry(SHOP, null)) : List.of();
      } catch (InterruptedException interrupted) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "Interrupted.", interrupted);
      } finally {
        busy = false;
      }
    }

    @Override
    public void close() {
      misused.compareAndSet(false, busy);
      closed.countDown();
    }

    @Override
    public void add(List<Entry> entries) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void remove(List<String> patterns) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Page list(String after, int limit) {
      throw new UnsupportedOperationException();
    }
  }

  private final List<Store> opened = new ArrayList<>();

  private Store open(StoreReference reference) {
    if (reference.target().equals("bad")) {
      throw new IllegalArgumentException(reference + " cannot be used.");
    }
    Store store = new Store(reference);
    opened.add(store);
    return store;
  }

  private static PolicySettings named(String reference) {
    return PolicySettings.builder(path -> path)
        .set(Key.STORE, StoreReference.parse(reference))
        .build();
  }

  private static PolicySettings scoped(String... references) {
    List<Scoped> policies =
        Stream.of(references)
            .map(
                reference ->
                    new Scoped(
                        reference,
                        PolicyScope.anywhere().path("/" + reference),
                        named(reference.replaceFirst("[0-9]", ""))))
            .toList();
    return PolicySettings.builder(path -> path).set(Key.POLICIES, policies).build();
  }

  private CorsDecider compile(PolicySettings settings) {
    return CorsPolicy.compile(settings, this::open);
  }

  private static Decision decide(CorsDecider decider) {
    return decider.decide(Requests.actual("GET", SHOP));
  }

  private static void assertClosedWellUsed(Store store) throws InterruptedException {
    assertThat(store.closed.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(store.misused).isFalse();
  }

  @Test
  void toCheckSettingsOpensNothing() {
    assertThat(named("test:a").problems()).isEmpty();
    assertThatThrownBy(
            () ->
                compile(
                    PolicySettings.builder(path -> path)
                        .set(Key.STORE, StoreReference.parse("test:a"))
                        .set(Key.METHODS, List.of("TRACE"))
                        .build()))
        .isInstanceOf(InvalidPolicyException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> CorsPolicy.compile(named("test:a")));
    assertThat(opened).isEmpty();
  }

  @Test
  void theListIsAskedAndClosedWithItsPolicy() throws InterruptedException {
    CorsDecider policy = compile(named("test:a"));

    assertThat(policy.allowLists()).isEqualTo(opened);
    assertThat(decide(policy).isAllowed()).isTrue();
    policy.close();
    policy.close();
    assertClosedWellUsed(opened.get(0));
  }

  @Test
  void policiesByScopeShareWhatTheyName() throws InterruptedException {
    CorsDecider policies = compile(scoped("test:a1", "test:b1", "test:a2"));

    assertThat(opened).map(store -> store.reference.toString()).containsExactly("test:a", "test:b");
    assertThat(policies.allowLists()).hasSize(2).containsAll(opened);
    policies.close();
    for (Store store : opened) {
      assertClosedWellUsed(store);
    }
  }

  @Test
  void whatWasOpenedIsClosedIfAnotherCannotBe() throws InterruptedException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> compile(scoped("test:a1", "test:bad")))
        .withMessage("test:bad cannot be used.");
    assertThat(opened).hasSize(1);
    assertClosedWellUsed(opened.get(0));
  }

  @Test
  void aListThatWasGivenBelongsToWhoGaveIt() {
    Store store = new Store(StoreReference.parse("test:given"));
    CorsPolicy policy = CorsPolicy.builder().allowList(store).build();
    CorsPolicies policies =
        CorsPolicies.builder()
            .policy(PolicyScope.anywhere().path("/a"), CorsPolicy.builder().allowList(store))
            .policy(PolicyScope.anywhere(), CorsPolicy.builder().allowList(store))
            .build();

    assertThat(policies.allowLists()).containsExactly(store);
    policies.close();
    policy.close();
    assertThat(store.closed.getCount()).isEqualTo(1);
    assertThat(decide(policy).isAllowed()).isTrue();
  }

  /** The close waits for the lookup, which is told that nobody needs it any more. */
  @Test
  void aStoreIsNotClosedUnderARunningLookup() throws InterruptedException {
    CorsDecider policy = compile(named("test:a"));
    Store store = opened.get(0);
    store.gate = new CountDownLatch(1);
    Thread request = new Thread(() -> decide(policy));
    request.start();
    store.asked.await();
    policy.close();
    assertClosedWellUsed(store);
    request.join();
  }

  @Test
  void whatWasReplacedIsClosedOnceNoRequestUsesIt() throws InterruptedException {
    ReplaceableDecider decider = new ReplaceableDecider(compile(named("test:a")));
    Store first = opened.get(0);
    first.gate = new CountDownLatch(1);
    AtomicBoolean allowed = new AtomicBoolean();
    Thread request = new Thread(() -> allowed.set(decide(decider).isAllowed()));
    request.start();
    first.asked.await();

    decider.replace(() -> compile(named("test:b")));
    assertThat(decider.allowLists()).containsExactly(opened.get(1));
    assertThat(first.closed.getCount()).isEqualTo(1);
    first.gate.countDown();
    request.join();
    assertThat(allowed).isTrue();
    assertClosedWellUsed(first);
    assertThat(opened.get(1).closed.getCount()).isEqualTo(1);

    decider.close();
    decider.close();
    assertClosedWellUsed(opened.get(1));
    assertThatIllegalStateException().isThrownBy(() -> decide(decider));
    assertThatIllegalStateException()
        .isThrownBy(() -> decider.replace(() -> compile(named("test:c"))));
    assertClosedWellUsed(opened.get(2));
  }
}
