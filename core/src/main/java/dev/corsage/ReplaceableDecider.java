package dev.corsage;

import dev.corsage.store.AllowList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A decider that can be replaced while requests run.
 *
 * <p>Each decision is made by one decider as a whole, the one before or the one after. A
 * replacement that does not build leaves the one in force as it is. A decider that was replaced is
 * {@linkplain CorsDecider#close closed} once the last decision that it makes is over.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplaceableDecider implements CorsDecider {
  private volatile InForce current;
  private boolean closed;

  /**
   * A decider, and how many use it: one for being in force, and one for each decision that is being
   * made.
   */
  private static final class InForce {
    final CorsDecider decider;

    /** Null for a decider that holds no store open: nothing needs to be counted then. */
    private final AtomicInteger users;

    InForce(CorsDecider decider) {
      this.decider = Objects.requireNonNull(decider, "decider");
      users = decider.allowLists().isEmpty() ? null : new AtomicInteger(1);
    }

    /** Tells whether it can be used; {@link #leave} must follow if so. */
    boolean enter() {
      return users == null || users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
    }

    void leave() {
      if (users != null && users.decrementAndGet() == 0) {
        decider.close();
      }
    }
  }

  /** Creates one with what is in force at first; not null. */
  public ReplaceableDecider(CorsDecider first) {
    current = new InForce(first);
  }

  /**
   * Builds a decider and puts it in force for every decision that begins from then on.
   *
   * @param next builds the decider, such as {@code () -> PolicyDocument.parse(json)}; it is run
   *     once, on this thread, while the one in force goes on deciding
   * @throws IllegalStateException if this was closed
   * @throws InvalidPolicyException if it does not build; what was in force stays so, as it does
   *     after any other exception of {@code next}
   */
  public void replace(Supplier<? extends CorsDecider> next) {
    InForce built = new InForce(next.get());
    InForce outOfForce;
    synchronized (this) {
      outOfForce = closed ? built : current;
      current = closed ? current : built;
    }
    outOfForce.leave();
    if (outOfForce == built) {
      throw closed();
    }
  }

  /** Returns what is in force now; never null. It may be replaced, and closed, at any time. */
  public CorsDecider current() {
    return current.decider;
  }

  @Override
  public Decision decide(HttpRequest request) {
    InForce now = current;
    while (!now.enter()) {
      InForce newer = current;
      if (newer == now) {
        throw closed();
      }
      now = newer;
    }
    try {
      return now.decider.decide(request);
    } finally {
      now.leave();
    }
  }

  @Override
  public List<Problem> warnings() {
    return current.decider.warnings();
  }

  @Override
  public List<AllowList> allowLists() {
    return current.decider.allowLists();
  }

  /** Closes the decider in force, once the last decision that it makes is over. */
  @Override
  public void close() {
    InForce last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = current;
    }
    last.leave();
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("This decider is closed.");
  }
}
