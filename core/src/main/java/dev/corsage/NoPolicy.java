package dev.corsage;

import dev.corsage.Decision.Kind;
import dev.corsage.Decision.Reason;
import java.util.List;

/** Decides on requests that no policy applies to: they get no CORS. */
final class NoPolicy implements CorsDecider {
  static final NoPolicy INSTANCE = new NoPolicy(0);

  /**
   * For a request of which it is not known whether a policy that blocks refused origins applies.
   */
  static final NoPolicy BLOCKING = new NoPolicy(CorsPolicy.BLOCKED_STATUS);

  private static final int NO_STATUS = 0;

  private final int statusOfActual;

  private NoPolicy(int statusOfActual) {
    this.statusOfActual = statusOfActual;
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
    return origin.equals(request.targetOrigin())
        ? decision(Kind.NON_CORS, Reason.SAME_ORIGIN, origin, NO_STATUS)
        : decision(Kind.ACTUAL, Reason.NO_POLICY, origin, statusOfActual);
  }

  /** A cache must not hand the response on to a request that a policy applies to. */
  private static Decision decision(Kind kind, Reason reason, String origin, int status) {
    String vary = kind == Kind.PREFLIGHT ? PolicyHeaders.PREFLIGHT_VARY : PolicyHeaders.VARY;
    return new Decision(
        kind,
        kind == Kind.NON_CORS,
        reason,
        origin,
        status,
        null,
        new String[] {"Vary", vary},
        null);
  }

  @Override
  public List<Problem> warnings() {
    return List.of();
  }
}
