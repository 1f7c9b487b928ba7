package dev.corsage.gateway.console;

import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Judgement.Access;
import java.util.List;

/**
 * What a page takes for one call: a request, and the preflight before it if there was one.
 * Immutable.
 *
 * @param id its number, from 1
 * @param version the number of its last change; grows with every change of any call
 * @param time when it began, in milliseconds since the epoch
 * @param preflight the preflight; null if none was seen
 * @param actual the actual request, or one that is not a CORS request; null if none was seen, and
 *     then there is a preflight
 */
public record Call(long id, long version, long time, Exchange preflight, Exchange actual) {
  private static final String REQUESTED_METHOD = "access-control-request-method";

  /** Returns the call with the actual request that followed its preflight. */
  Call followedBy(Exchange request, long newVersion) {
    return new Call(id, newVersion, time, preflight, request);
  }

  /** Returns the exchange that decides what the page gets: the last one; not null. */
  public Exchange deciding() {
    return actual == null ? preflight : actual;
  }

  /** Returns the method that the page asked for; not null. */
  public String method() {
    if (actual != null) {
      return actual.method();
    }
    String requested = header(preflight, REQUESTED_METHOD);
    return requested == null ? preflight.method() : requested;
  }

  /** Tells whether a request is the one that this call's preflight has asked for. */
  boolean isAwaiting(Exchange request) {
    return actual == null
        && preflight.judgement().access() != Access.REFUSED
        && request.method().equals(header(preflight, REQUESTED_METHOD))
        && request.path().equals(preflight.path())
        && preflight.origin().equals(request.origin())
        && String.valueOf(header(request, "host")).equals(header(preflight, "host"));
  }

  /** Returns the first line of a header of a request; null if there is none. */
  public static String header(Exchange exchange, String name) {
    return exchange.requestHeaders().stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst()
        .orElse(null);
  }

  /** Returns about how many characters it holds. */
  int size() {
    return size(preflight) + size(actual);
  }

  private static int size(Exchange exchange) {
    return exchange == null
        ? 0
        : exchange.path().length()
            + size(exchange.requestHeaders())
            + size(exchange.responseHeaders());
  }

  private static int size(List<Field> headers) {
    return headers.stream().mapToInt(field -> field.name().length() + field.value().length()).sum();
  }
}
