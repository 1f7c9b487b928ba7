package dev.corsage.cli.explain;

import dev.corsage.Decision;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.RedirectMode;
import dev.corsage.browser.Response;
import dev.corsage.browser.SentRequest;
import dev.corsage.browser.Verdict;
import java.util.Optional;

/**
 * One request on its way from the page to the server and back. Immutable.
 *
 * @param engine the engine that sends it
 * @param request the request as it is sent
 * @param decision what the server decides
 * @param response the response, as far as the policy makes it
 * @param verdict what the engine makes of the response
 * @param mode what becomes of redirects
 */
record SimulatedExchange(
    Engine engine,
    SentRequest request,
    Decision decision,
    Response response,
    Verdict verdict,
    RedirectMode mode) {

  static SimulatedExchange of(
      Engine engine, Prediction.Exchange exchange, Decision decision, RedirectMode mode) {
    return new SimulatedExchange(
        engine, exchange.request(), decision, exchange.response(), exchange.verdict(), mode);
  }

  boolean isPreflight() {
    return request.isPreflight();
  }

  /** Tells whether it is sent to the page's own origin, so that no check is made. */
  boolean isSameOrigin() {
    return verdict.outcome() == Outcome.SAME_ORIGIN;
  }

  boolean isPassed() {
    return verdict.isPassed();
  }

  /** Returns where the response redirects to; empty if it does not. */
  Optional<String> redirect() {
    boolean followed = isPassed() && mode == RedirectMode.FOLLOW && response.status() / 100 == 3;
    return followed ? response.get("Location") : Optional.empty();
  }

  /** Returns what browsers print in their consoles, or null if the response satisfies them. */
  ConsoleMessage console() {
    return isPassed()
        ? null
        : ConsoleMessage.of(verdict, String.valueOf(request.origin()), response.status());
  }
}
