package dev.corsage.probe;

import dev.corsage.probe.Exchange.Purpose;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether caches are told that the response depends on the Origin: <a
 * href="https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches">CORS protocol and HTTP
 * caches</a>.
 */
final class Caches {
  private Caches() {}

  /**
   * Compares what two origins and a request without one get.
   *
   * @param page the actual request of the page; null if none is known
   * @param other that of another site
   */
  static void check(Session session, Exchange page, Exchange other, String method)
      throws NoResponseException {
    if (session.requestsLeft() < 2) {
      return;
    }
    Exchange none = session.request(Purpose.CACHE, "", method, session.url(), session.headers());
    List<Exchange> compared = Stream.of(page, other, none).filter(e -> e != null).toList();
    long values = compared.stream().map(Caches::allowOrigin).distinct().count();
    if (values > 1) {
      for (Exchange exchange : compared) {
        if (!variesByOrigin(exchange)) {
          session.found(
              ProbeCode.VARY_MISSING,
              exchange,
              ProbeCode.VARY_MISSING.meaning()
                  + " "
                  + exchange.method()
                  + " "
                  + exchange.path()
                  + (exchange.origin().isEmpty()
                      ? " without an Origin"
                      : " from " + exchange.origin())
                  + " has no Vary: Origin.");
          return;
        }
      }
    }
    if (page == null) {
      return;
    }
    Exchange again =
        session.request(Purpose.CACHE, page.origin(), method, session.url(), session.headers());
    if (page.isPassed() && !again.isPassed()) {
      session.found(
          ProbeCode.VARY_MISSING,
          again,
          "After the requests of others the page got a response that was made for one of them: a"
              + " cache does not tell origins apart.",
          "Let the cache heed Vary: Origin, or put the Origin into its key (CloudFront: the header"
              + " Origin in the cache policy).");
    }
  }

  private static String allowOrigin(Exchange exchange) {
    return exchange.response().get("Access-Control-Allow-Origin").orElse("");
  }

  private static boolean variesByOrigin(Exchange exchange) {
    return Stream.of(exchange.response().get("Vary").orElse("").split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.equals("origin") || name.equals("*"));
  }
}
