package dev.corsage.probe;

import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Verdict;

/**
 * A cross-origin request of a page, as a browser recorded it, with its preflight. Immutable. Holds
 * nothing secret: no query, no body, and of the headers those that matter.
 *
 * @param origin the page's origin; not null
 * @param method the method of the request; not null
 * @param url its URL, without the query; not null
 * @param preflight its preflight; null if none was recorded
 * @param actual the request; null if it was never sent, or not recorded
 * @param refused the verdict that kept the page from reading the response; null if none did, or if
 *     it cannot be told
 * @param cause what went wrong, in sentences; empty if nothing did; not null
 * @param fix what to do, in sentences; empty if nothing is wrong; not null
 */
public record RecordedCall(
    String origin,
    String method,
    String url,
    Exchange preflight,
    Exchange actual,
    Verdict refused,
    String cause,
    String fix) {

  /** The key of a call whose response the browser hides. */
  private static final String HIDDEN = "hidden";

  /** Tells whether the page could read the response. */
  public boolean isReadable() {
    return cause.isEmpty();
  }

  /**
   * Returns the stable key: {@code passed}, that of the verdict, or {@code hidden} if the recording
   * does not show why the call failed.
   */
  public String key() {
    if (isReadable()) {
      return "passed";
    }
    return refused == null ? HIDDEN : refused.outcome().key();
  }

  /** Returns the exchange that failed; null if none did, or if it cannot be told. */
  public Exchange failed() {
    if (refused == null) {
      return null;
    }
    return preflight != null && refused.equals(preflight.verdict()) ? preflight : actual;
  }

  /** Returns what browsers print in their consoles; null if nothing, or if it cannot be told. */
  public ConsoleMessage console() {
    return refused == null
        ? null
        : ConsoleMessage.of(refused, origin, failed().response().status());
  }
}
