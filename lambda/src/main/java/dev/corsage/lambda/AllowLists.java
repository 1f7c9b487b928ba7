package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import dev.corsage.store.AllowList;
import dev.corsage.store.MissingStoreException;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The allow lists that policies refer to, each opened once for the whole process: policies by place
 * share them, and so do those that are read anew.
 */
final class AllowLists {
  private static final Map<String, Opened> OPENED = new ConcurrentHashMap<>();

  /** A domain that is never anybody's (RFC 2606): only its response matters. */
  private static final List<String> NOBODY = List.of("https://corsage.invalid");

  private static final Duration MAX_PRIMING = Duration.ofSeconds(3);

  private record Opened(AllowList list, AtomicBoolean primed) {}

  private AllowLists() {}

  /**
   * Returns the list that a reference means, without a connection to it.
   *
   * @throws MissingStoreException if the store is not on the class path
   * @throws IllegalArgumentException if the reference cannot be used
   */
  static AllowList open(String reference, Map<String, String> environment)
      throws MissingStoreException {
    Opened opened = OPENED.get(reference);
    if (opened == null) {
      // What a reference leaves open, such as the region, is the process's own, be the policy from
      // a document or from variables that somebody has picked out.
      Map<String, String> variables = new HashMap<>(System.getenv());
      variables.putAll(environment);
      AllowList list = Stores.openAllowList(StoreReference.parse(reference), variables);
      OPENED.putIfAbsent(reference, new Opened(list, new AtomicBoolean()));
      opened = OPENED.get(reference);
    }
    return opened.list;
  }

  /**
   * Asks every list once, so that the first request finds the connections made: an init has a whole
   * processor, an event of a small function a part of one. It waits for the responses, but not for
   * long; what is wrong with a store is in the log then, not when somebody is refused.
   */
  static void prime() {
    List<Thread> asking = new ArrayList<>();
    for (Map.Entry<String, Opened> entry : OPENED.entrySet()) {
      Opened opened = entry.getValue();
      if (opened.primed.compareAndSet(false, true)) {
        Thread thread = new Thread(() -> prime(entry.getKey(), opened.list), "corsage-prime");
        thread.setDaemon(true);
        thread.start();
        asking.add(thread);
      }
    }
    long deadline = System.nanoTime() + MAX_PRIMING.toNanos();
    try {
      for (Thread thread : asking) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        thread.join(Math.max(1, millis));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void prime(String reference, AllowList list) {
    try {
      list.find(NOBODY);
    } catch (StoreException e) {
      LogLine line = new LogLine("warning");
      line.add("allowList", StoreReference.schemeOf(reference))
          .add("storeFailure", e.kind().toString());
      LambdaRuntime.getLogger().log(line.add("store", e.getMessage()).toString());
    }
  }
}
