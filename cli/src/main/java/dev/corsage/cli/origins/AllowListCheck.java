package dev.corsage.cli.origins;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.store.AllowList;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a policy that has only the list decides on an origin, and what it asked and found there.
 *
 * @param decision on a request from the origin
 * @param asked the patterns that would list the origin; empty if the store was not asked
 * @param found the entries for them, expired ones included
 */
record AllowListCheck(Decision decision, List<String> asked, List<Entry> found) {
  /** People wait longer than requests do. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Passes on what it is asked, and records it with the response. */
  private static final class Recording implements AllowList {
    private final AllowList list;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Entry> found = new CopyOnWriteArrayList<>();

    Recording(AllowList list) {
      this.list = list;
    }

    @Override
    public List<Entry> find(List<String> patterns) throws StoreException {
      asked.addAll(patterns);
      List<Entry> response = list.find(patterns);
      response.stream().filter(entry -> patterns.contains(entry.pattern())).forEach(found::add);
      return response;
    }
  }

  /**
   * Decides by a policy that has only the list.
   *
   * @throws StoreException if the store failed
   */
  static AllowListCheck of(String origin, AllowList list, PolicyOptions options)
      throws StoreException {
    Recording recording = new Recording(list);
    CorsPolicy policy =
        options.builder().allowList(recording, CacheSettings.defaults().timeout(TIMEOUT)).build();
    Decision decision = policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(origin))));
    if (decision.storeFailure().isPresent()) {
      throw decision.storeFailure().get();
    }
    return new AllowListCheck(decision, recording.asked, recording.found);
  }

  boolean isAdmitted() {
    return decision.isAllowed();
  }

  /** Returns the entries that admit the origin. */
  List<Entry> counting(Instant now) {
    return found.stream().filter(entry -> !entry.isExpired(now)).toList();
  }

  /** Returns the entries that would admit the origin if they had not expired. */
  List<Entry> expired(Instant now) {
    return found.stream().filter(entry -> entry.isExpired(now)).toList();
  }
}
