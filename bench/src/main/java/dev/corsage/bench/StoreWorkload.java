package dev.corsage.bench;

import dev.corsage.CorsPolicy;
import dev.corsage.HttpRequest;
import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The origins in stores, and policies that ask them; the same in every process. */
final class StoreWorkload {
  /** Longer than any measurement, so that nothing expires. */
  private static final Duration LONG = Duration.ofHours(1);

  /** As in {@link CacheSettings#defaults}. */
  static final int CACHED = 10_000;

  private StoreWorkload() {}

  /** Returns an origin by its index; those below the number of listed origins are listed. */
  static String origin(int index) {
    return "https://" + Workload.domain(index);
  }

  /** Returns a policy with a list in a store, and so many entries of its own. */
  static CorsPolicy policy(AllowList list, int own) {
    return policy(list, own, CACHED);
  }

  /** The same, with a cache of so many origins. */
  static CorsPolicy policy(AllowList list, int own, int cached) {
    CacheSettings settings =
        CacheSettings.defaults()
            .allowedTtl(LONG)
            .refusedTtl(LONG)
            .cachedOrigins(cached)
            .lookupsPerSecond(1_000_000);
    return CorsageDecision.policy(origins(own)).allowList(list, settings).build();
  }

  /** Returns a policy with all of its entries in itself. */
  static CorsPolicy policy(int own) {
    return CorsageDecision.policy(origins(own)).build();
  }

  private static List<String> origins(int count) {
    return IntStream.range(0, count).mapToObj(StoreWorkload::origin).toList();
  }

  /** Tells whether a policy allows a preflight. */
  static boolean isAllowed(CorsPolicy policy, String origin) {
    return policy.decide(new Preflight(origin)).isAllowed();
  }

  private record Preflight(String origin) implements HttpRequest {
    @Override
    public String method() {
      return "OPTIONS";
    }

    @Override
    public List<String> header(String name) {
      return switch (name) {
        case "origin" -> List.of(origin);
        case "access-control-request-method" -> List.of("PUT");
        case "access-control-request-headers" -> List.of("authorization,content-type");
        default -> List.of();
      };
    }

    @Override
    public String targetOrigin() {
      return "https://" + AskedRequest.HOST;
    }
  }
}
