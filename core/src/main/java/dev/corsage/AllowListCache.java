package dev.corsage;

import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks origins up in a store: takes what is cached, and asks the store for the rest, once for each
 * origin and within the timeout.
 *
 * <p>While the store does not respond, the last result counts for the time of stale-if-error. If
 * there is none, the origin is not listed, and the lookup says why.
 */
final class AllowListCache {
  /** A lookup that takes this many timeouts is given up: the client of its store hangs. */
  private static final int TIMEOUTS_UNTIL_GIVEN_UP = 20;

  /** Results that are used are looked up again in the last quarter of their TTL. */
  private static final int REFRESH_NUMERATOR = 3;

  private static final int REFRESH_DENOMINATOR = 4;

  private final AllowList list;
  private final CandidatePatterns candidates;
  private final Clock clock;

  // All in milliseconds.
  private final long allowedTtl;
  private final long refusedTtl;
  private final long staleIfError;
  private final long timeout;

  /** How long a lookup may take before it is given up. */
  private final long maxNanos;

  private final int lookupsPerSecond;

  private final GenerationalCache<CachedLookup> allowed;

  /** Apart, so that invented origins do not push out the others. */
  private final GenerationalCache<CachedLookup> refused;

  private final ConcurrentHashMap<String, Ask> asks = new ConcurrentHashMap<>();
  private final Backoff backoff = new Backoff();
  private final LookupThreads threads;

  /** A lookup on its way to the store, and the result that requests wait for. */
  private static final class Ask {
    final CompletableFuture<CachedLookup> response = new CompletableFuture<>();
    final long startedNanos = System.nanoTime();
  }

  AllowListCache(LookupThreads threads, CandidatePatterns candidates, CacheSettings settings) {
    this.threads = threads;
    list = threads.list();
    this.candidates = candidates;
    clock = settings.clock();
    allowedTtl = settings.allowedTtl().toMillis();
    refusedTtl = settings.refusedTtl().toMillis();
    staleIfError = settings.staleIfError().toMillis();
    timeout = settings.timeout().toMillis();
    maxNanos = settings.timeout().multipliedBy(TIMEOUTS_UNTIL_GIVEN_UP).toNanos();
    lookupsPerSecond = settings.lookupsPerSecond();
    allowed = new GenerationalCache<>(settings.cachedOrigins());
    refused = new GenerationalCache<>(settings.cachedOrigins());
  }

  /** Returns the list that is asked. */
  AllowList list() {
    return list;
  }

  /** Closes the list, if it was opened for its policy. Nothing is looked up any more. */
  void close() {
    threads.close();
  }

  /** Returns what is known of the value of an {@code Origin} header; asks the store if need be. */
  CachedLookup find(String value) {
    long now = clock.millis();
    CachedLookup kept = allowed.get(value);
    if (kept != null && isFresh(kept, now)) {
      refreshIfDue(value, kept, now);
      return kept;
    }
    CachedLookup keptRefusal = kept != null ? null : refused.get(value);
    if (keptRefusal != null && isFresh(keptRefusal, now)) {
      return keptRefusal;
    }
    List<String> patterns = patterns(value);
    if (patterns.isEmpty()) {
      return CachedLookup.outOfQuestion();
    }
    // For a moment a refusal can be there together with the result that it replaces.
    return reported(askAndWait(value, patterns, newer(kept, refused.get(value))));
  }

  /** Lets one decision tell of each thread that was given up, so that logs and metrics have it. */
  private CachedLookup reported(CachedLookup lookup) {
    StoreException failure = lookup.failure();
    boolean tellsLess = failure == null || failure.kind() == StoreException.Kind.TIMED_OUT;
    StoreException hung = tellsLess ? threads.takeHung() : null;
    return hung == null ? lookup : lookup.despite(hung);
  }

  private static CachedLookup newer(CachedLookup one, CachedLookup other) {
    return other == null || (one != null && one.isAskedAfter(other)) ? one : other;
  }

  private boolean isFresh(CachedLookup kept, long now) {
    return kept.holds(now, keptMillis(kept));
  }

  private long keptMillis(CachedLookup kept) {
    return kept.isListed() ? allowedTtl : refusedTtl;
  }

  private List<String> patterns(String value) {
    Origin origin = Origin.parseOrNull(value);
    return origin == null ? List.of() : candidates.patterns(origin);
  }

  private void refreshIfDue(String origin, CachedLookup kept, long now) {
    long due = allowedTtl * REFRESH_NUMERATOR / REFRESH_DENOMINATOR;
    if (!kept.holds(now, due) && !asks.containsKey(origin) && backoff.failure() == null) {
      ask(origin, patterns(origin), true, new Ask());
    }
  }

  private CachedLookup askAndWait(String origin, List<String> patterns, CachedLookup last) {
    StoreException failure = backoff.failure();
    if (failure == null) {
      try {
        // Origins that were listed are as many as the cache has, whoever asks. They are not
        // limited.
        return await(origin, patterns, last != null && last.isListed());
      } catch (ExecutionException e) {
        failure = (StoreException) e.getCause();
      } catch (TimeoutException e) {
        failure =
            new StoreException(
                StoreException.Kind.TIMED_OUT,
                "The store did not respond within " + timeout + " ms.",
                null);
        backoff.failed(failure);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure =
            new StoreException(
                StoreException.Kind.UNAVAILABLE, "Waiting for the store was interrupted.", e);
      }
    }
    // Read the clock again: waiting took time.
    long now = clock.millis();
    if (last != null && last.holds(now, keptMillis(last) + staleIfError)) {
      return last.despite(failure);
    }
    return CachedLookup.unknown(now, failure);
  }

  /**
   * Waits for the result of the store. The lookup may have begun long ago, because a process that
   * was frozen between two events goes on with what it was doing. Then the store is asked again,
   * within the same timeout.
   */
  private CachedLookup await(String origin, List<String> patterns, boolean known)
      throws ExecutionException, TimeoutException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
    Ask mine = new Ask();
    Ask ask = ask(origin, patterns, known, mine);
    CachedLookup response = ask.response.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (ask == mine || !response.isListed() || isFresh(response, clock.millis())) {
      return response;
    }
    return ask(origin, patterns, true, new Ask())
        .response
        .get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Asks the store, unless it is already being asked for this origin; returns the lookup. */
  private Ask ask(String origin, List<String> patterns, boolean known, Ask mine) {
    Ask running = asks.putIfAbsent(origin, mine);
    if (running != null) {
      if (!isGivenUp(running) || !asks.replace(origin, running, mine)) {
        return running;
      }
    }
    if (!known && !threads.rate().take(lookupsPerSecond, System.nanoTime())) {
      limit(
          origin,
          mine,
          "The store was not asked: "
              + lookupsPerSecond
              + " lookups a second of origins that are not known are the limit of this process, so"
              + " that requests with invented origins do not make the store throttle.");
      return mine;
    }
    try {
      threads.execute(() -> run(origin, patterns, mine), maxNanos);
    } catch (RejectedExecutionException e) {
      limit(
          origin,
          mine,
          "More than " + LookupThreads.MAX_WAITING + " origins wait for the store already.");
    }
    return mine;
  }

  private void limit(String origin, Ask mine, String reason) {
    asks.remove(origin, mine);
    mine.response.completeExceptionally(
        new StoreException(StoreException.Kind.LIMITED, reason, null));
  }

  private boolean isGivenUp(Ask running) {
    return System.nanoTime() - running.startedNanos > maxNanos;
  }

  private void run(String origin, List<String> patterns, Ask ask) {
    long now = clock.millis();
    CachedLookup lookup = null;
    StoreException failure = null;
    try {
      lookup = judge(patterns, list.find(patterns), now);
    } catch (StoreException e) {
      failure = e;
    } catch (Throwable e) {
      String message = "The store's client failed: " + Text.printable(e.toString());
      failure = new StoreException(StoreException.Kind.UNAVAILABLE, message, e);
    }
    if (failure != null && failure.kind() == StoreException.Kind.CORRUPT) {
      // The store did respond, and would respond with the same again: cache it, and let no other
      // origin wait.
      lookup = CachedLookup.unknown(now, failure);
    }
    if (lookup != null) {
      // A lookup that was given up must not replace the result of a later one.
      if (asks.get(origin) == ask) {
        keep(origin, lookup);
      }
      backoff.succeeded();
    } else if (!isGivenUp(ask)) {
      // How a lookup ends that was given up says nothing about the store as it is now.
      backoff.failed(failure);
    }
    // First new requests must find the cached result; only then do those that waited go on.
    asks.remove(origin, ask);
    if (lookup != null) {
      ask.response.complete(lookup);
    } else {
      ask.response.completeExceptionally(failure);
    }
  }

  private static CachedLookup judge(List<String> asked, List<AllowList.Entry> found, long now) {
    Set<String> patterns = new HashSet<>(asked);
    Instant time = Instant.ofEpochMilli(now);
    long expires = -1;
    for (AllowList.Entry entry : found) {
      if (patterns.contains(entry.pattern()) && !entry.isExpired(time)) {
        expires = Math.max(expires, millis(entry.expires()));
      }
    }
    return expires < 0 ? CachedLookup.notListed(now) : CachedLookup.listed(now, expires);
  }

  private static long millis(Instant expires) {
    return expires == null ? Long.MAX_VALUE : expires.toEpochMilli();
  }

  private void keep(String origin, CachedLookup lookup) {
    if (lookup.isListed()) {
      allowed.put(origin, lookup);
      refused.remove(origin);
    } else {
      refused.put(origin, lookup);
      allowed.remove(origin);
    }
  }
}
