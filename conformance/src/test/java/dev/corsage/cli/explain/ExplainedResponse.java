package dev.corsage.cli.explain;

import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Response;

/** What {@code explain} makes of a response that no policy has made. */
public final class ExplainedResponse {
  private ExplainedResponse() {}

  /** Returns the key of the verdict on the response to a page's request, or to its preflight. */
  public static String key(PageRequest page, boolean isPreflight, Response response) {
    return new SimulatedExchange(page, isPreflight, false, null, response)
        .verdict()
        .outcome()
        .key();
  }
}
