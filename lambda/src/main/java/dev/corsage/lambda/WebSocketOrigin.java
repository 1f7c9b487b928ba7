package dev.corsage.lambda;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;

/**
 * Judges who opens a WebSocket. Browsers let every page open one to every server, with the user's
 * cookies, and only say in {@code Origin} whose page it is: without a look at it any page can talk
 * to the API as the user (<a href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455,
 * section 10.2</a>).
 */
final class WebSocketOrigin {
  private WebSocketOrigin() {}

  /** Tells whether the origin is allowed, or there is none: then it was no browser that asked. */
  static boolean mayOpen(CorsDecider policy, Event event) {
    Decision decision = policy.decide(event);
    return decision.isAllowed();
  }
}
