package dev.corsage;

import dev.corsage.store.AllowList;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that ask a list: a few for each list, however many policies ask it. Policies by place
 * may be hundreds, and a Lambda function has 1,024 threads (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">quotas</a>).
 *
 * <p>They end when they have nothing to do, and are gone with their list.
 */
final class LookupThreads {
  static final int MAX_WAITING = 1_000;

  private static final int MAX_THREADS = 8;
  private static final int IDLE_SECONDS = 10;

  private static final Map<AllowList, ThreadPoolExecutor> OF_LISTS = new WeakHashMap<>();

  private LookupThreads() {}

  static ThreadPoolExecutor of(AllowList list) {
    synchronized (OF_LISTS) {
      return OF_LISTS.computeIfAbsent(list, unused -> create());
    }
  }

  private static ThreadPoolExecutor create() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            LookupThreads::thread);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "corsage-allow-list");
    thread.setDaemon(true);
    return thread;
  }
}
