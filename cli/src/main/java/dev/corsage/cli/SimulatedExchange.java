package dev.corsage.cli;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request on the way from the page to the server and back: what is sent, what the server
 * decides, what the browser makes of the response.
 *
 * @param method the method sent
 * @param headers the headers sent
 * @param decision what the server decides
 * @param response the response, as far as the policy makes it
 * @param verdict what the browser makes of it
 */
record SimulatedExchange(
    String method,
    Map<String, List<String>> headers,
    Decision decision,
    Response response,
    Verdict verdict) {

  /** The application's own status is not known, and does not matter to the browser. */
  private static final int ASSUMED_STATUS = 200;

  static SimulatedExchange preflight(CorsDecider policy, PageRequest request) {
    Map<String, List<String>> headers = request.preflightHeaders();
    Decision decision = policy.decide(HttpRequest.of("OPTIONS", headers));
    Response response = response(decision);
    return new SimulatedExchange(
        "OPTIONS", headers, decision, response, BrowserModel.checkPreflight(request, response));
  }

  static SimulatedExchange actual(CorsDecider policy, PageRequest request) {
    Map<String, List<String>> headers = request.actualHeaders();
    Decision decision = policy.decide(HttpRequest.of(request.method(), headers));
    Response response = response(decision);
    return new SimulatedExchange(
        request.method(), headers, decision, response, BrowserModel.check(request, response));
  }

  private static Response response(Decision decision) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    decision.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return new Response(decision.status().orElse(ASSUMED_STATUS), headers);
  }

  boolean isPreflight() {
    return decision.kind() == Decision.Kind.PREFLIGHT;
  }

  /** Returns what the browser prints in its console, or null if the response satisfies it. */
  ConsoleMessage console(PageRequest request) {
    return verdict.isPassed() ? null : ConsoleMessage.of(verdict, request, response.status());
  }
}
