package dev.corsage;

import dev.corsage.store.AllowList;
import dev.corsage.store.EditableAllowList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An allow list and the threads that ask it: a few, however many policies of one decider ask it.
 * Policies by scope may be hundreds, and a Lambda function has 1,024 threads (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">quotas</a>).
 *
 * <p>Threads end when they have nothing to do.
 */
final class LookupThreads {
  static final int MAX_WAITING = 1_000;

  private static final int MAX_THREADS = 8;
  private static final int IDLE_SECONDS = 10;

  private final AllowList list;

  /** The same list if it was opened for these threads, else null: then somebody else closes it. */
  private final EditableAllowList opened;

  private final ThreadPoolExecutor threads;

  private LookupThreads(AllowList list, EditableAllowList opened) {
    this.list = list;
    this.opened = opened;
    threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            LookupThreads::thread) {
          @Override
          protected void terminated() {
            closeList();
          }
        };
    threads.allowCoreThreadTimeOut(true);
  }

  /** Returns threads that ask a list which belongs to somebody else. */
  static LookupThreads ofGiven(AllowList list) {
    return new LookupThreads(list, null);
  }

  /** Returns threads that ask a list which was opened for them, and which {@link #close} closes. */
  static LookupThreads ofOpened(EditableAllowList list) {
    return new LookupThreads(list, list);
  }

  AllowList list() {
    return list;
  }

  /**
   * Runs a lookup on one of the threads.
   *
   * @throws RejectedExecutionException if too many wait already, or the threads are closed
   */
  void execute(Runnable lookup) {
    threads.execute(lookup);
  }

  /**
   * Closes a list that was opened for these threads, as soon as no lookup runs any more; lookups
   * that wait are dropped. Does nothing to a list of somebody else: its threads end by themselves.
   */
  void close() {
    if (opened != null) {
      threads.shutdownNow();
    }
  }

  private void closeList() {
    try {
      opened.close();
    } catch (RuntimeException ignored) {
      // The list is not used any more, and nothing can be done about it.
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "corsage-allow-list");
    thread.setDaemon(true);
    return thread;
  }
}
