package dev.corsage.probe;

import dev.corsage.Origin;
import dev.corsage.browser.Outcome;
import java.util.List;

/** Whether Access-Control-Allow-Origin is what it can be at all, whatever the page. */
final class AllowOrigin {
  private AllowOrigin() {}

  /** Looks at the header by itself: a verdict has only the first of its faults. */
  static void check(Session session, Exchange exchange) {
    ProbeCode code = fault(exchange);
    if (code == null) {
      return;
    }
    if (session.has(code)) {
      session.explains(exchange);
    } else {
      session.found(code, exchange, message(code, exchange));
    }
  }

  /** Returns what is wrong with the header by itself; null if nothing is, or it is not there. */
  static ProbeCode fault(Exchange exchange) {
    List<String> lines = lines(exchange);
    if (lines.isEmpty()) {
      return null;
    }
    String value = lines.get(0);
    if (lines.size() > 1 || value.contains(",")) {
      return ProbeCode.ALLOW_ORIGIN_TWICE;
    }
    if (value.equals("*")) {
      return starWithCredentials(exchange) ? ProbeCode.STAR_WITH_CREDENTIALS : null;
    }
    return value.equals("null") || Origin.parse(value).isPresent()
        ? null
        : ProbeCode.ALLOW_ORIGIN_INVALID;
  }

  private static String message(ProbeCode code, Exchange exchange) {
    String value = String.join(", ", lines(exchange));
    return switch (code) {
      case ALLOW_ORIGIN_TWICE ->
          "Access-Control-Allow-Origin has several values, \""
              + value
              + "\"; browsers refuse that.";
      case ALLOW_ORIGIN_INVALID ->
          "Access-Control-Allow-Origin is \""
              + value
              + "\", which is neither *, null nor an origin as browsers write it.";
      default ->
          exchange.response().get("Access-Control-Allow-Credentials").isPresent()
              ? "The API sends Access-Control-Allow-Origin: * together with"
                  + " Access-Control-Allow-Credentials; with credentials browsers refuse *."
              : "The page sends credentials, and the API sends Access-Control-Allow-Origin: *;"
                  + " browsers refuse that.";
    };
  }

  private static List<String> lines(Exchange exchange) {
    return exchange.response().headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Access-Control-Allow-Origin"))
        .map(header -> header.getValue().strip())
        .toList();
  }

  private static boolean starWithCredentials(Exchange exchange) {
    return exchange.verdict().outcome() == Outcome.ANY_ORIGIN_WITH_CREDENTIALS
        || exchange
            .response()
            .get("Access-Control-Allow-Credentials")
            .filter("true"::equals)
            .isPresent();
  }
}
