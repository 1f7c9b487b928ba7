package dev.corsage;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A decider that can be replaced while requests run.
 *
 * <p>Each decision is made by one decider as a whole, the one before or the one after. A
 * replacement that does not build leaves the one in force as it is.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplaceableDecider implements CorsDecider {
  private volatile CorsDecider current;

  /** Creates one with what is in force at first; not null. */
  public ReplaceableDecider(CorsDecider first) {
    current = Objects.requireNonNull(first, "first");
  }

  /**
   * Builds a decider and puts it in force; whoever asks from then on is answered by it.
   *
   * @param next builds the decider, such as {@code () -> PolicyDocument.parse(json)}; it is run
   *     once, on this thread, while the one in force goes on deciding
   * @throws InvalidPolicyException if it does not build; what was in force stays so, as it does
   *     after any other exception of {@code next}
   */
  public void replace(Supplier<? extends CorsDecider> next) {
    current = Objects.requireNonNull(next.get(), "next");
  }

  /** Returns what is in force now; never null. */
  public CorsDecider current() {
    return current;
  }

  @Override
  public Decision decide(HttpRequest request) {
    return current.decide(request);
  }

  @Override
  public List<Problem> warnings() {
    return current.warnings();
  }
}
