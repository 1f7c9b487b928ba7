package dev.corsage.browser;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What one engine makes of a whole fetch: every request that it sends, and what the page gets.
 * Immutable.
 *
 * @param engine the engine; not null
 * @param exchanges the requests in the order in which they are sent, with their responses; not null
 * @param verdict what decided; not null
 * @param exposedHeaders the names of the headers that the page can read in addition to the
 *     safelisted ones, in lower case, {@code *} for all; empty unless the response is readable; not
 *     null
 * @param isTimingReadable whether the page sees the times of the response ({@code
 *     Timing-Allow-Origin})
 */
public record Prediction(
    Engine engine,
    List<Exchange> exchanges,
    Verdict verdict,
    Set<String> exposedHeaders,
    boolean isTimingReadable) {

  /** Creates a prediction; no argument may be null. */
  public Prediction {
    exchanges = List.copyOf(exchanges);
    exposedHeaders = Set.copyOf(exposedHeaders);
  }

  /**
   * A request, its response and what the engine makes of it. Immutable.
   *
   * @param request the request; not null
   * @param response the response; not null
   * @param verdict the verdict on the response; not null
   */
  public record Exchange(SentRequest request, Response response, Verdict verdict) {}

  /** What the page gets. */
  public enum Access {
    /** The response; an element can use what it has loaded without restrictions. */
    READABLE,
    /** Nothing of the response, as the page wants it ({@code no-cors}, redirects by hand). */
    OPAQUE,
    /** An error, although requests were sent. */
    REFUSED,
    /** An error, or silence: no request is sent at all. */
    NOT_SENT;

    /** Returns the stable key, such as {@code not-sent}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Returns what the page gets; not null. */
  public Access access() {
    if (verdict.outcome().isOpaque()) {
      return Access.OPAQUE;
    }
    if (verdict.outcome().isPassed()) {
      return Access.READABLE;
    }
    return exchanges.isEmpty() ? Access.NOT_SENT : Access.REFUSED;
  }

  /** Tells whether the page can read the response. */
  public boolean isReadable() {
    return access() == Access.READABLE;
  }

  /** Tells whether it goes as the page wants, also where nothing can be read by intention. */
  public boolean isFine() {
    return verdict.outcome().isPassed();
  }

  /** Returns the last exchange; null if nothing is sent. */
  public Exchange last() {
    return exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1);
  }
}
