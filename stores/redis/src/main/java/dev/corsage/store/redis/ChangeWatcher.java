package dev.corsage.store.redis;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Hears of changes on a thread of its own, and connects again when the connection is lost. Each
 * time it has connected counts as a change: it may have missed one.
 *
 * <p>Safe for use by many threads.
 */
final class ChangeWatcher implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long MAX_PAUSE_MILLIS = 10_000;

  private final Connections connections;
  private final String channel;
  private final int quietMillis;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Null until it is needed. */
  private Thread thread;

  private volatile Subscription subscription;

  /**
   * Creates a watcher that does nothing yet.
   *
   * @param quietMillis after what time without a message it asks whether the server is still there
   */
  ChangeWatcher(Connections connections, String channel, int quietMillis) {
    this.connections = connections;
    this.channel = channel;
    this.quietMillis = quietMillis;
  }

  void add(Runnable changed) {
    listeners.add(changed);
  }

  /** Begins to listen, unless it has begun or nobody wants to hear. */
  synchronized void start() {
    if (thread == null && !listeners.isEmpty() && !isClosed()) {
      thread = new Thread(this::run, "corsage-allow-list-changes");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    while (!isClosed()) {
      try (Subscription current = connections.subscription()) {
        subscription = current;
        current.subscribe(channel, quietMillis);
        pause = FIRST_PAUSE_MILLIS;
        while (!isClosed()) {
          listeners.forEach(Runnable::run);
          current.awaitMessage();
        }
      } catch (RuntimeException e) {
        subscription = null;
        // Decisions do not depend on it: answers only are as old as the cache allows until then.
        if (!pause(pause)) {
          return;
        }
        pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
      }
    }
  }

  /** Waits, and returns whether to go on. */
  private boolean pause(long millis) {
    try {
      return !closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Tells whether it hears nothing at the moment: before it has begun, or between connections. */
  boolean isWithoutConnection() {
    return subscription == null;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    Subscription current = subscription;
    if (current != null) {
      try {
        current.forceDisconnect();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }
}
