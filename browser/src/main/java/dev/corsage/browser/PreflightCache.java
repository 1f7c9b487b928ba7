package dev.corsage.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The <a href="https://fetch.spec.whatwg.org/#concept-cache">CORS-preflight cache</a> of an engine.
 * Not thread-safe.
 */
final class PreflightCache {
  private final Engine engine;
  private final List<Entry> entries = new ArrayList<>();
  private Duration now = Duration.ZERO;

  /** A method or a header that is allowed; a star is any. */
  private record Entry(
      String origin,
      String url,
      boolean credentials,
      String method,
      String header,
      Duration expires) {}

  PreflightCache(Engine engine) {
    this.engine = engine;
  }

  void pass(Duration time) {
    now = now.plus(time);
    entries.removeIf(entry -> entry.expires().compareTo(now) <= 0);
  }

  /** Tells whether everything that a preflight asks for is allowed already. */
  boolean allows(Preflight preflight, String url, boolean isForced) {
    boolean method =
        (PageRequest.isSafelistedMethod(preflight.method()) && !isForced)
            || has(
                preflight,
                url,
                entry -> "*".equals(entry.method()) || preflight.method().equals(entry.method()));
    return method
        && preflight.headerNames().stream()
            .allMatch(
                name ->
                    has(
                        preflight,
                        url,
                        entry ->
                            "*".equals(entry.header()) || name.equalsIgnoreCase(entry.header())));
  }

  private boolean has(Preflight preflight, String url, Predicate<Entry> wanted) {
    return entries.stream()
        .filter(entry -> entry.origin().equals(preflight.origin()) && entry.url().equals(url))
        .filter(
            entry ->
                entry.credentials() == preflight.credentials()
                    || (entry.credentials() && !engine.cachesByCredentials()))
        .anyMatch(wanted);
  }

  /** Keeps what a successful response allows; steps 7.8 to 7.16 of the CORS-preflight fetch. */
  void keep(Preflight preflight, String url, boolean isForced, Response response) {
    Duration expires = now.plusSeconds(BrowserModel.maxAge(engine, response));
    if (expires.compareTo(now) <= 0) {
      return;
    }
    List<String> methods = response.tokensOrNone("Access-Control-Allow-Methods");
    for (String method : methods.isEmpty() && isForced ? List.of(preflight.method()) : methods) {
      add(preflight, url, method, null, expires);
    }
    for (String header : response.tokensOrNone("Access-Control-Allow-Headers")) {
      add(preflight, url, null, header, expires);
    }
  }

  private void add(
      Preflight preflight, String url, String method, String header, Duration expires) {
    boolean star = "*".equals(method) || "*".equals(header);
    // With credentials a star is a name, and no page can use it.
    if (!star || (!preflight.credentials() && engine.usesStarsThatAreKept())) {
      entries.add(
          new Entry(preflight.origin(), url, preflight.credentials(), method, header, expires));
    }
  }

  /** A request that fails empties the entries of its URL. */
  void clear(String origin, String url) {
    entries.removeIf(entry -> entry.origin().equals(origin) && entry.url().equals(url));
  }
}
