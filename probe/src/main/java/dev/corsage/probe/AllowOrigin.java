package dev.corsage.probe;

import dev.corsage.Origin;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.Response;
import java.util.List;

/** Whether Access-Control-Allow-Origin is what it can be at all, whatever the page. */
final class AllowOrigin {
  private AllowOrigin() {}

  /** Looks at the header by itself: a verdict has only the first of its faults. */
  static void check(Session session, Exchange exchange) {
    Response response = exchange.response();
    List<String> lines =
        response.headers().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Access-Control-Allow-Origin"))
            .map(header -> header.getValue().strip())
            .toList();
    if (lines.isEmpty()) {
      return;
    }
    String value = lines.get(0);
    if (lines.size() > 1 || value.contains(",")) {
      foundOnce(
          session,
          ProbeCode.ALLOW_ORIGIN_TWICE,
          exchange,
          "Access-Control-Allow-Origin has several values, \""
              + String.join(", ", lines)
              + "\"; browsers refuse that.");
    } else if (!value.equals("*") && !value.equals("null") && Origin.parse(value).isEmpty()) {
      foundOnce(
          session,
          ProbeCode.ALLOW_ORIGIN_INVALID,
          exchange,
          "Access-Control-Allow-Origin is \""
              + value
              + "\", which is neither *, null nor an origin as browsers write it.");
    } else if (value.equals("*") && starWithCredentials(exchange)) {
      foundOnce(
          session,
          ProbeCode.STAR_WITH_CREDENTIALS,
          exchange,
          response.get("Access-Control-Allow-Credentials").isPresent()
              ? "The API sends Access-Control-Allow-Origin: * together with"
                  + " Access-Control-Allow-Credentials; with credentials browsers refuse *."
              : "The page sends credentials, and the API sends Access-Control-Allow-Origin: *;"
                  + " browsers refuse that.");
    }
  }

  private static boolean starWithCredentials(Exchange exchange) {
    return exchange.verdict().outcome() == Outcome.ANY_ORIGIN_WITH_CREDENTIALS
        || exchange
            .response()
            .get("Access-Control-Allow-Credentials")
            .filter("true"::equals)
            .isPresent();
  }

  private static void foundOnce(
      Session session, ProbeCode code, Exchange exchange, String message) {
    if (session.has(code)) {
      session.explains(exchange);
    } else {
      session.found(code, exchange, message);
    }
  }
}
