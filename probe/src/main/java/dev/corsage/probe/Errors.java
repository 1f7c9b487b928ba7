package dev.corsage.probe;

import dev.corsage.probe.Exchange.Purpose;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether the page can read errors: for a path that is not there, and without authorization. */
final class Errors {
  private static final String NOT_THERE = "corsage-probe-not-there";

  private static final Set<String> CREDENTIALS = Set.of("authorization", "x-api-key", "cookie");

  private Errors() {}

  /** Asks for errors, for a page that can read what is not one. */
  static void check(Session session, String method) throws NoResponseException {
    if (session.requestsLeft() < 2) {
      return;
    }
    look(
        session,
        session.request(
            Purpose.ERROR,
            session.page().origin(),
            method,
            notThere(session.url()),
            session.headers()));
    Map<String, List<String>> without = new LinkedHashMap<>(session.headers());
    if (without.keySet().removeIf(name -> CREDENTIALS.contains(name.toLowerCase(Locale.ROOT)))) {
      look(
          session,
          session.request(Purpose.ERROR, session.page().origin(), method, session.url(), without));
    }
  }

  private static void look(Session session, Exchange exchange) {
    if (AsPage.isErrorWithoutCors(exchange)) {
      session.found(
          ProbeCode.ERROR_WITHOUT_CORS,
          exchange,
          AsPage.errorMessage(exchange, session.responder(exchange)));
    }
  }

  private static URI notThere(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return URI.create(
        url.getScheme()
            + "://"
            + url.getRawAuthority()
            + path
            + (path.endsWith("/") ? "" : "/")
            + NOT_THERE);
  }
}
