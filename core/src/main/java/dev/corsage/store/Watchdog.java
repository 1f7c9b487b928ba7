package dev.corsage.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Cuts a connection when the time of its request is over. The timeout of a socket does not: it
 * begins anew with each byte, so a server that sends a byte now and then is read for as long as it
 * likes.
 *
 * <pre>{@code
 * try (Watchdog watchdog = Watchdog.after(2_000, socket::close)) {
 *   return read(socket);
 * } catch (IOException e) {
 *   throw ...
 * }
 * }</pre>
 *
 * <p>It needs no thread while it waits. Safe for use by many threads.
 */
public final class Watchdog implements AutoCloseable {
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Watchdog() {}

  /** Closes what a request reads from; it may fail. */
  @FunctionalInterface
  public interface Cut {
    /** Closes it. Called at most once, on another thread. */
    void close() throws Exception;
  }

  /**
   * Begins to watch.
   *
   * @param millis how long the request may take, 1 or more
   * @param cut closes its connection; not null
   */
  public static Watchdog after(long millis, Cut cut) {
    Watchdog watchdog = new Watchdog();
    CompletableFuture<Void> unused =
        watchdog
            .done
            .orTimeout(millis, TimeUnit.MILLISECONDS)
            // On a thread of the common pool: closing may block, and the JDK has one timer for all.
            .exceptionallyAsync(
                late -> {
                  close(cut);
                  return null;
                });
    return watchdog;
  }

  private static void close(Cut cut) {
    try {
      cut.close();
    } catch (Exception ignored) {
      // Whoever reads from the connection learns what became of it.
    }
  }

  /** Tells whether the time was over before {@link #close}: the connection is cut, or will be. */
  public boolean isOver() {
    return done.isCompletedExceptionally();
  }

  /** Ends to watch: the request is done. */
  @Override
  public void close() {
    done.complete(null);
  }
}
