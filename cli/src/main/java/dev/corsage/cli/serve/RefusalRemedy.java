package dev.corsage.cli.serve;

import dev.corsage.Decision.Reason;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.GatewayReason;
import dev.corsage.gateway.api.Judgement.Access;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to do about a request that failed though its page is allowed, in a sentence that names the
 * setting in the environment and in a policy document; {@code explain} says more.
 */
final class RefusalRemedy {
  private static final int SHOWN = 200;

  private RefusalRemedy() {}

  /** Returns the remedy, or an empty text if there is none to give. */
  static String of(Exchange exchange) {
    String reason = exchange.judgement().reason();
    if (reason.equals(GatewayReason.BACKEND_UNREACHABLE.key())) {
      return GatewayReason.BACKEND_UNREACHABLE.explanation();
    }
    if (reason.equals(GatewayReason.BACKEND_TIMED_OUT.key())) {
      return GatewayReason.BACKEND_TIMED_OUT.explanation();
    }
    if (exchange.judgement().access() != Access.REFUSED) {
      return "";
    }
    if (reason.equals(Reason.METHOD_NOT_ALLOWED.toString())) {
      String method = value(exchange, "access-control-request-method");
      return "Add " + cut(method) + " to ALLOWED_METHODS (\"methods\" of a policy document).";
    }
    if (reason.equals(Reason.HEADER_NOT_ALLOWED.toString())) {
      return "Add what is missing of "
          + cut(String.join(", ", names(exchange)))
          + " to ALLOWED_HEADERS (\"requestHeaders\" of a policy document).";
    }
    return "";
  }

  private static Set<String> names(Exchange exchange) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(value(exchange, "access-control-request-headers").split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  private static String value(Exchange exchange, String name) {
    return String.join(
        ",",
        exchange.requestHeaders().stream()
            .filter(field -> field.name().equalsIgnoreCase(name))
            .map(Field::value)
            .toList());
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
