package dev.corsage;

import dev.corsage.Decision.Kind;
import dev.corsage.Decision.Reason;
import java.util.List;

/** Decides on requests that no policy applies to: they get no CORS. */
final class NoPolicy implements CorsDecider {
  private static final int NO_STATUS = 0;

  static final NoPolicy INSTANCE = strictestOf(List.of());

  private final int statusOfActual;
  private final String[] headersOfActual;

  private NoPolicy(int statusOfActual, String[] headersOfActual) {
    this.statusOfActual = statusOfActual;
    this.headersOfActual = headersOfActual;
  }

  /**
   * Returns what decides on a request of which it is not known whether one of these policies
   * applies: it is blocked, and its response restricted, as by the strictest of them.
   */
  static NoPolicy strictestOf(List<CorsPolicy> possible) {
    return new NoPolicy(
        possible.stream().anyMatch(CorsPolicy::blocksRefusedOrigins)
            ? CorsPolicy.BLOCKED_STATUS
            : NO_STATUS,
        PolicyHeaders.ofNoPolicy(possible.stream().map(CorsPolicy::headers).toList()));
  }

  @Override
  public Decision decide(HttpRequest request) {
    List<String> lines = request.header("origin");
    if (lines.isEmpty()) {
      return decision(Kind.NON_CORS, Reason.NO_ORIGIN, "", NO_STATUS);
    }
    String origin = Text.joined(lines);
    if (request.method().equals("OPTIONS")
        && !request.header("access-control-request-method").isEmpty()) {
      return decision(
          Kind.PREFLIGHT, Reason.NO_POLICY, origin, PolicyValidator.DEFAULT_REFUSED_STATUS);
    }
    return request.isSentTo(origin)
        ? decision(Kind.NON_CORS, Reason.SAME_ORIGIN, origin, NO_STATUS)
        : decision(Kind.ACTUAL, Reason.NO_POLICY, origin, statusOfActual);
  }

  /** A cache must not hand the response on to a request that a policy applies to. */
  private Decision decision(Kind kind, Reason reason, String origin, int status) {
    String[] headers =
        kind == Kind.PREFLIGHT
            ? new String[] {"Vary", PolicyHeaders.PREFLIGHT_VARY}
            : headersOfActual;
    return new Decision(
        new Outcome(kind, kind == Kind.NON_CORS, reason, status, null, headers, null), origin);
  }

  @Override
  public List<Problem> warnings() {
    return List.of();
  }
}
