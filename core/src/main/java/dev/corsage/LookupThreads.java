package dev.corsage;

import dev.corsage.store.AllowList;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An allow list and the threads that ask it: a few, however many policies of one decider ask it.
 * Policies by scope may be hundreds, and a Lambda function has 1,024 threads (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">quotas</a>).
 *
 * <p>A thread whose lookup takes too long is given up when no other thread is free: it is
 * interrupted, and another takes its place until it ends. Otherwise a client that hangs a few times
 * would leave no thread for the lookups that would succeed.
 *
 * <p>Threads end when they have nothing to do.
 */
final class LookupThreads {
  static final int MAX_WAITING = 1_000;

  static final int MAX_THREADS = 8;

  /** More would not help: a client that hangs this often hangs always. */
  static final int MAX_GIVEN_UP = 32;

  private static final int IDLE_SECONDS = 10;

  private final AllowList list;

  /** The same list if it was opened for these threads, else null: then somebody else closes it. */
  private final EditableAllowList opened;

  private final ThreadPoolExecutor threads;
  private final LookupRate rate = new LookupRate(System.nanoTime());

  // Guarded by this.
  private final Set<Lookup> running = new LinkedHashSet<>();
  private int givenUp;
  private int unreported;

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

  /** Returns how many more lookups of origins that are not known may be made. */
  LookupRate rate() {
    return rate;
  }

  /**
   * Runs a lookup on one of the threads.
   *
   * @param maxNanos how long it may take before its thread is given up
   * @throws RejectedExecutionException if too many wait already, or the threads are closed
   */
  void execute(Runnable lookup, long maxNanos) {
    replaceOneThatHangs();
    threads.execute(new Lookup(lookup, maxNanos));
  }

  /**
   * Returns the failure that tells of a thread that was given up, once for each of them; null if
   * there is none to tell of.
   */
  synchronized StoreException takeHung() {
    if (unreported == 0) {
      return null;
    }
    unreported--;
    return new StoreException(
        StoreException.Kind.HUNG,
        "The store's client does not return from a lookup. Its thread was given up and replaced; "
            + givenUp
            + " such threads run now, "
            + MAX_GIVEN_UP
            + " can. Check the network between the function and the store.",
        null);
  }

  private synchronized void replaceOneThatHangs() {
    // A lookup that was on its way while its process was frozen looks as if it hung, too. So none
    // is given up as long as there is a thread without it.
    if (running.size() < MAX_THREADS + givenUp || givenUp == MAX_GIVEN_UP) {
      return;
    }
    for (Lookup lookup : running) {
      if (lookup.hangs()) {
        lookup.givenUp = true;
        lookup.thread.interrupt();
        givenUp++;
        unreported++;
        threads.setMaximumPoolSize(MAX_THREADS + givenUp);
        threads.setCorePoolSize(MAX_THREADS + givenUp);
        return;
      }
    }
  }

  private synchronized void began(Lookup lookup) {
    lookup.thread = Thread.currentThread();
    lookup.startedNanos = System.nanoTime();
    running.add(lookup);
  }

  private synchronized void ended(Lookup lookup) {
    running.remove(lookup);
    if (lookup.givenUp) {
      givenUp--;
      threads.setCorePoolSize(MAX_THREADS + givenUp);
      threads.setMaximumPoolSize(MAX_THREADS + givenUp);
    }
  }

  /** A lookup, and the thread that it runs on. */
  private final class Lookup implements Runnable {
    private final Runnable work;
    private final long maxNanos;
    private Thread thread;
    private long startedNanos;
    private boolean givenUp;

    Lookup(Runnable work, long maxNanos) {
      this.work = work;
      this.maxNanos = maxNanos;
    }

    boolean hangs() {
      return !givenUp && System.nanoTime() - startedNanos > maxNanos;
    }

    @Override
    public void run() {
      began(this);
      try {
        work.run();
      } finally {
        ended(this);
      }
    }
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
