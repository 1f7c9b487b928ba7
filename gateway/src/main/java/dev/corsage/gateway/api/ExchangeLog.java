package dev.corsage.gateway.api;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The last exchanges, for the demo page to find its own. Safe for use by many threads. */
public final class ExchangeLog {
  private static final int KEPT = 1_000;

  private final Deque<Exchange> exchanges = new ArrayDeque<>();

  /** Adds an exchange. */
  public synchronized void add(Exchange exchange) {
    exchanges.addLast(exchange);
    if (exchanges.size() > KEPT) {
      exchanges.removeFirst();
    }
  }

  /** Returns the exchanges whose query says {@code call=ID}, oldest first. */
  public synchronized List<Exchange> ofCall(String id) {
    return exchanges.stream().filter(exchange -> hasCall(exchange.path(), id)).toList();
  }

  private static boolean hasCall(String path, String id) {
    int query = path.indexOf('?');
    return query >= 0
        && Arrays.asList(path.substring(query + 1).split("&", -1)).contains("call=" + id);
  }
}
