package dev.corsage.cli.explain;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.browser.RequestKind;
import dev.corsage.browser.Response;
import dev.corsage.browser.SentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An API with a policy, behind which every request succeeds or is redirected, and which remembers
 * what it has decided. Not thread-safe.
 */
final class PolicyServer implements Function<SentRequest, Response> {
  /** The application's own status is not known, and does not matter to the browser. */
  private static final int ASSUMED_STATUS = 200;

  /** The preflight function has this for an OPTIONS that is not a preflight. */
  private static final int NOT_A_PREFLIGHT = 400;

  private final CorsDecider policy;
  private final RequestKind kind;
  private final List<Redirect> redirects;
  private final List<Decision> decisions = new ArrayList<>();
  private int redirected;

  /**
   * Creates one.
   *
   * @param redirects where requests are redirected to, one after the other
   */
  PolicyServer(CorsDecider policy, RequestKind kind, List<Redirect> redirects) {
    this.policy = policy;
    this.kind = kind;
    this.redirects = redirects;
  }

  /** Returns what it has decided, one for each request. */
  List<Decision> decisions() {
    return decisions;
  }

  @Override
  public Response apply(SentRequest request) {
    Decision made = policy.decide(HttpRequest.of(request.method(), request.headers()));
    decisions.add(made);
    List<Map.Entry<String, String>> headers = new ArrayList<>(made.headers().entrySet());
    if (made.status().isPresent()) {
      return new Response(made.status().getAsInt(), headers);
    }
    if (redirected < redirects.size()) {
      Redirect redirect = redirects.get(redirected++);
      headers.add(Map.entry("Location", redirect.location().toString()));
      return new Response(redirect.status(), headers);
    }
    if (kind == RequestKind.EVENTSOURCE) {
      headers.add(Map.entry("Content-Type", "text/event-stream"));
    }
    return new Response(
        request.method().equals("OPTIONS") ? NOT_A_PREFLIGHT : ASSUMED_STATUS, headers);
  }
}
