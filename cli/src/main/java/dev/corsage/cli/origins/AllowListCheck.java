package dev.corsage.cli.origins;

import dev.corsage.store.AllowList;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.CacheSettings;
import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a policy decides on an origin by the list alone, and what it asked and found there.
 *
 * @param decision on a request from the origin
 * @param asked everything the origin can be listed under; empty if the store was not asked
 * @param found what of that is on the list, expired entries included
 */
record AllowListCheck(Decision decision, List<String> asked, List<Entry> found) {
  /** People wait longer than requests do. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Asks another list and notes what it asked and what the response was. */
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
   * Has a policy decide that has the list and nothing else.
   *
   * @throws StoreException if the store did not answer
   */
  static AllowListCheck of(String origin, AllowList list, PolicyOptions options)
      throws StoreException {
    Recording recording = new Recording(list);
    CorsPolicy policy =
        options.builder().allowList(recording, CacheSettings.defaults().timeout(PATIENCE)).build();
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

  /** Returns the entries that would if they had not expired. */
  List<Entry> expired(Instant now) {
    return found.stream().filter(entry -> entry.isExpired(now)).toList();
  }
}
