package dev.corsage.cli.explain;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Response;
import dev.corsage.browser.Verdict;
import java.util.List;
import java.util.Map;

/**
 * One request on its way from the page to the server and back. Immutable.
 *
 * @param page the request of the page
 * @param isPreflight whether this is its preflight
 * @param decision what the server decides
 * @param response the response, as far as the policy makes it
 */
record SimulatedExchange(
    PageRequest page, boolean isPreflight, Decision decision, Response response) {

  /** The application's own status is not known, and does not matter to the browser. */
  private static final int ASSUMED_STATUS = 200;

  static SimulatedExchange preflight(CorsDecider policy, PageRequest page) {
    return of(policy, page, true);
  }

  static SimulatedExchange actual(CorsDecider policy, PageRequest page) {
    return of(policy, page, false);
  }

  private static SimulatedExchange of(CorsDecider policy, PageRequest page, boolean isPreflight) {
    Decision decision =
        policy.decide(HttpRequest.of(method(page, isPreflight), headers(page, isPreflight)));
    Response response =
        new Response(
            decision.status().orElse(ASSUMED_STATUS), List.copyOf(decision.headers().entrySet()));
    return new SimulatedExchange(page, isPreflight, decision, response);
  }

  /** Returns the method sent. */
  String method() {
    return method(page, isPreflight);
  }

  private static String method(PageRequest page, boolean isPreflight) {
    return isPreflight ? "OPTIONS" : page.method();
  }

  /** Returns the headers sent. */
  Map<String, List<String>> headers() {
    return headers(page, isPreflight);
  }

  private static Map<String, List<String>> headers(PageRequest page, boolean isPreflight) {
    return isPreflight ? page.preflight().headers() : page.actualHeaders();
  }

  /** Returns what the browser makes of the response. */
  Verdict verdict() {
    return isPreflight
        ? BrowserModel.checkPreflight(page.preflight(), response)
        : BrowserModel.check(page.origin(), page.credentials(), response);
  }

  boolean isPassed() {
    return verdict().isPassed();
  }

  /** Returns what the browser prints in its console, or null if the response satisfies it. */
  ConsoleMessage console() {
    return isPassed() ? null : ConsoleMessage.of(verdict(), page.origin(), response.status());
  }
}
