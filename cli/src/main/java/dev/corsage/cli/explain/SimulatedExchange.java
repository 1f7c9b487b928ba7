package dev.corsage.cli.explain;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Outcome;
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
 * @param isSameOrigin whether it is sent to the page's own origin, so that no check is made
 * @param decision what the server decides
 * @param response the response, as far as the policy makes it
 */
record SimulatedExchange(
    PageRequest page,
    boolean isPreflight,
    boolean isSameOrigin,
    Decision decision,
    Response response) {

  /** The application's own status is not known, and does not matter to the browser. */
  private static final int ASSUMED_STATUS = 200;

  static SimulatedExchange preflight(CorsDecider policy, PageRequest page) {
    return new SimulatedExchange(page, true, false, null, null).decided(policy);
  }

  static SimulatedExchange actual(CorsDecider policy, PageRequest page) {
    return new SimulatedExchange(page, false, false, null, null).decided(policy);
  }

  /** Returns the request of a page that the API itself has. */
  static SimulatedExchange sameOrigin(CorsDecider policy, PageRequest page) {
    return new SimulatedExchange(page, false, true, null, null).decided(policy);
  }

  private SimulatedExchange decided(CorsDecider policy) {
    Decision made = policy.decide(HttpRequest.of(method(), headers()));
    return new SimulatedExchange(
        page,
        isPreflight,
        isSameOrigin,
        made,
        new Response(made.status().orElse(ASSUMED_STATUS), List.copyOf(made.headers().entrySet())));
  }

  /** Returns the method sent. */
  String method() {
    return isPreflight ? "OPTIONS" : page.method();
  }

  /** Returns the headers sent. */
  Map<String, List<String>> headers() {
    return isPreflight ? page.preflight().headers() : page.actualHeaders();
  }

  /** Returns what the browser makes of the response. */
  Verdict verdict() {
    if (isSameOrigin) {
      return new Verdict(Outcome.SAME_ORIGIN, "");
    }
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
