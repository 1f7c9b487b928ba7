package dev.corsage.probe;

import dev.corsage.Origin;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.Verdict;
import dev.corsage.probe.Exchange.Purpose;
import dev.corsage.probe.Stranger.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks what pages of others would, and tells which of the API's mistakes lets them in: one that
 * explains another alone.
 */
final class AsStranger {
  private final Session session;
  private final PolicyComparison policy;
  private final String method;
  private final List<Stranger> strangers;

  /** What was let in, and the requests that show it, the first one first. */
  private final Map<Stranger, List<Exchange>> trusted = new LinkedHashMap<>();

  private Exchange other;
  private boolean isOpen;

  /**
   * Creates it.
   *
   * @param policy what the API should decide; empty if that is not known
   * @param method what is sent beside the preflight: GET or HEAD
   */
  AsStranger(Session session, PolicyComparison policy, String method) {
    this.session = session;
    this.policy = policy;
    this.method = method;
    strangers =
        Stranger.of(
            Origin.parse(session.page().origin()).orElse(null),
            Origin.parse(Hosts.origin(session.url())).orElse(null));
  }

  /** Asks as a site that has nothing to do with the API. */
  void askOther() throws NoResponseException {
    other = ask(strangers.get(0));
    if (session.page().origin().isEmpty()) {
      AllowOrigin.check(session, other);
    }
    Verdict verdict = BrowserModel.check(other.origin(), false, other.response());
    isOpen =
        trusted.containsKey(strangers.get(0)) || verdict.outcome() == Outcome.ANY_ORIGIN_ALLOWED;
  }

  /** Returns the actual request of the other site. */
  Exchange other() {
    return other;
  }

  /** Asks as all the others, if the first one was not let in, and tells what came of it. */
  void askOthers() throws NoResponseException {
    try {
      for (Stranger stranger : strangers.subList(1, strangers.size())) {
        if (!isOpen && session.requestsLeft() >= 2) {
          ask(stranger);
        }
      }
    } finally {
      conclude();
    }
  }

  private Exchange ask(Stranger stranger) throws NoResponseException {
    Exchange preflight =
        session.preflight(
            Purpose.STRANGER,
            stranger.origin(),
            session.page().method(),
            session.page().unsafeHeaderNames());
    Exchange actual =
        session.request(
            Purpose.STRANGER, stranger.origin(), method, session.url(), session.headers());
    List<Exchange> shown = new ArrayList<>();
    for (Exchange exchange : List.of(actual, preflight)) {
      if (isTrusted(exchange) && !policy.allows(exchange)) {
        shown.add(exchange);
      }
    }
    if (!shown.isEmpty()) {
      trusted.put(stranger, shown);
    }
    return actual;
  }

  /** Tells whether its origin was sent back to it, so that browsers let its page go on. */
  private static boolean isTrusted(Exchange exchange) {
    Verdict verdict = BrowserModel.check(exchange.origin(), false, exchange.response());
    return verdict.outcome() == Outcome.ORIGIN_ALLOWED
        && (!exchange.isPreflight() || exchange.response().status() / 100 == 2);
  }

  private void conclude() {
    Map<ProbeCode, List<Stranger>> byCode = new TreeMap<>();
    for (Stranger stranger : trusted.keySet()) {
      if (stranger.kind().code() != null && !isImplied(stranger)) {
        byCode.computeIfAbsent(stranger.kind().code(), code -> new ArrayList<>()).add(stranger);
      }
      if (stranger.kind().code() != null || isImplied(stranger)) {
        trusted.get(stranger).forEach(session::explains);
      }
    }
    byCode.forEach(this::report);
  }

  /** Tells whether a mistake that is reported lets this one in, too. */
  private boolean isImplied(Stranger stranger) {
    String base = stranger.base();
    boolean site = has(Kind.SUFFIX_OF_SITE, Hosts.parent(base));
    boolean siblings = has(Kind.SIBLING, Hosts.parent(base));
    return switch (stranger.kind()) {
      case SUFFIX -> site || siblings;
      case SIBLING -> has(Kind.SUFFIX_OF_SITE, base);
      case SUBDOMAIN -> site || siblings || has(Kind.SUFFIX, base);
      case DOT -> site && stranger.origin().contains("x" + Hosts.parent(base));
      case PORT, SPELLING -> has(Kind.PREFIX, base);
      default -> false;
    };
  }

  private boolean has(Kind kind, String base) {
    return trusted.keySet().stream()
        .anyMatch(stranger -> stranger.kind() == kind && stranger.base().equals(base));
  }

  private void report(ProbeCode code, List<Stranger> let) {
    Exchange shown = trusted.get(let.get(0)).get(0);
    List<String> origins = let.stream().map(Stranger::origin).toList();
    boolean withCredentials = BrowserModel.check(shown.origin(), true, shown.response()).isPassed();
    boolean onlyPreflight = shown.isPreflight();
    session.found(
        code,
        shown,
        code.meaning()
            + " Allowed: "
            + String.join(", ", origins)
            + (withCredentials ? ", with the user's cookies" : "")
            + (onlyPreflight ? ", by the preflight alone." : "."));
  }
}
