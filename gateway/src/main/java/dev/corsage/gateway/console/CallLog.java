package dev.corsage.gateway.console;

import dev.corsage.Decision.Kind;
import dev.corsage.gateway.api.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The last calls, with preflight and request as one. Bounded by their number and by their size,
 * whatever is sent. Safe for use by many threads.
 */
public final class CallLog implements AutoCloseable {
  /** How many calls are kept. */
  public static final int KEPT = 5_000;

  private static final int MAX_CHARACTERS = 32_000_000;

  /** How many of the last calls are looked at for the preflight of a request. */
  private static final int SEARCHED = 200;

  /** Browsers send the request as soon as the response to the preflight is there. */
  private static final long PAIRED_WITHIN_MILLIS = 10_000;

  private final LongSupplier clock;
  private final Call[] calls = new Call[KEPT];
  private long oldest = 1;
  private long next = 1;
  private long version;
  private long characters;
  private boolean closed;

  /** Creates an empty one. */
  public CallLog() {
    this(System::currentTimeMillis);
  }

  /** Creates one with a clock, in milliseconds. */
  CallLog(LongSupplier clock) {
    this.clock = clock;
  }

  /** Adds an exchange: a call of its own, or the request that a preflight has asked for. */
  public synchronized void add(Exchange exchange) {
    version++;
    Call awaiting = exchange.judgement().kind() == Kind.PREFLIGHT ? null : awaiting(exchange);
    if (awaiting != null) {
      put(awaiting.followedBy(exchange, version));
    } else {
      boolean preflight = exchange.judgement().kind() == Kind.PREFLIGHT;
      if (next - oldest == KEPT) {
        removeOldest();
      }
      put(
          new Call(
              next++,
              version,
              clock.getAsLong(),
              preflight ? exchange : null,
              preflight ? null : exchange));
    }
    while (characters > MAX_CHARACTERS && next - oldest > 1) {
      removeOldest();
    }
    notifyAll();
  }

  /** The oldest one that waits: browsers send requests in the order of their preflights. */
  private Call awaiting(Exchange request) {
    if (request.origin() == null) {
      return null;
    }
    long now = clock.getAsLong();
    for (long id = Math.max(oldest, next - SEARCHED); id < next; id++) {
      Call call = at(id);
      if (call.isAwaiting(request) && now - call.time() <= PAIRED_WITHIN_MILLIS) {
        return call;
      }
    }
    return null;
  }

  private Call at(long id) {
    return calls[(int) (id % KEPT)];
  }

  private void put(Call call) {
    int place = (int) (call.id() % KEPT);
    characters += call.size() - (calls[place] == null ? 0 : calls[place].size());
    calls[place] = call;
  }

  private void removeOldest() {
    int place = (int) (oldest++ % KEPT);
    characters -= calls[place].size();
    calls[place] = null;
  }

  /** Returns a call; empty if it is not kept any more. */
  public synchronized Optional<Call> call(long id) {
    return id < oldest || id >= next ? Optional.empty() : Optional.of(at(id));
  }

  /** Returns all calls, oldest first. */
  public synchronized List<Call> all() {
    List<Call> all = new ArrayList<>();
    for (long id = oldest; id < next; id++) {
      all.add(at(id));
    }
    return all;
  }

  /**
   * Returns the calls that have changed after a version, in the order of their changes; waits for
   * one.
   *
   * @param most how many are returned at most
   * @param millis how long to wait; then there are none
   * @throws InterruptedException if the thread is interrupted
   */
  public synchronized List<Call> changedAfter(long seen, int most, long millis)
      throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    while (version <= seen && !closed) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    return all().stream()
        .filter(call -> call.version() > seen)
        .sorted(Comparator.comparingLong(Call::version))
        .limit(most)
        .toList();
  }

  /** Tells whether nothing more will come. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Ends the waiting of all threads. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
