package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import dev.corsage.store.AllowList;
import dev.corsage.store.AllowListProvider;
import dev.corsage.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
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

  /** There is no provider for such references. */
  static final class NoProviderException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private AllowLists() {}

  /**
   * Returns the list that a reference means, without a connection to it.
   *
   * @throws NoProviderException if nothing on the class path knows such references
   * @throws IllegalArgumentException if what knows them says that it is none
   */
  static AllowList open(String reference, Map<String, String> environment)
      throws NoProviderException {
    Opened opened = OPENED.get(reference);
    if (opened == null) {
      // What a reference leaves open, such as the region, is the process's own, be the policy from
      // a document or from variables that somebody has picked out.
      Map<String, String> variables = new HashMap<>(System.getenv());
      variables.putAll(environment);
      AllowList list = provider(scheme(reference)).open(reference, variables);
      OPENED.putIfAbsent(reference, new Opened(list, new AtomicBoolean()));
      opened = OPENED.get(reference);
    }
    return opened.list;
  }

  /** Returns what a reference begins with, before the colon; empty if there is no colon. */
  static String scheme(String reference) {
    return reference.substring(0, Math.max(0, reference.indexOf(':')));
  }

  private static AllowListProvider provider(String scheme) throws NoProviderException {
    // With the class loader of the function: threads of whoever wraps it may have others.
    for (AllowListProvider provider :
        ServiceLoader.load(AllowListProvider.class, AllowLists.class.getClassLoader())) {
      if (provider.schemes().contains(scheme)) {
        return provider;
      }
    }
    throw new NoProviderException();
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
      line.add("allowList", scheme(reference)).add("storeFailure", e.kind().toString());
      LambdaRuntime.getLogger().log(line.add("store", e.getMessage()).toString());
    }
  }
}
