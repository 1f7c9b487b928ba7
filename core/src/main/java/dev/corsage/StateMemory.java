package dev.corsage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the automata of a policy may take. Hostile origins could make one state after the
 * other; what finds no room is matched without being kept.
 *
 * <p>Safe for use by many threads.
 */
final class StateMemory {
  /** Room for thousands of ordinary expressions, and little enough for the smallest function. */
  private static final int MAX_BYTES = 16 << 20;

  /** One automaton leaves room for the others. */
  private static final int MAX_BYTES_OF_ONE = MAX_BYTES / 4;

  private final AtomicLong bytes = new AtomicLong();

  /** Tells whether an automaton of that size may not grow. */
  boolean isFull(int ownBytes) {
    return ownBytes >= MAX_BYTES_OF_ONE || bytes.get() >= MAX_BYTES;
  }

  void take(int size) {
    bytes.addAndGet(size);
  }

  void release(int size) {
    bytes.addAndGet(-size);
  }
}
