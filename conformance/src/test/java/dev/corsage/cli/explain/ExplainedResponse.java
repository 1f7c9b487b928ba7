package dev.corsage.cli.explain;

import dev.corsage.browser.Browser;
import dev.corsage.browser.Engine;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What {@code explain} makes of a response that no policy has made. */
public final class ExplainedResponse {
  private ExplainedResponse() {}

  /** Returns the key of the verdict on the response to a page's request, or to its preflight. */
  public static String key(PageRequest page, boolean isPreflight, Response response) {
    Prediction prediction =
        new Browser(Engine.CHROMIUM)
            .fetch(
                page,
                URI.create("https://api.invalid/"),
                sent -> sent.isPreflight() == isPreflight ? response : allowing(page));
    return prediction.exchanges().stream()
        .filter(exchange -> exchange.request().isPreflight() == isPreflight)
        .findFirst()
        .orElseThrow()
        .verdict()
        .outcome()
        .key();
  }

  /** Returns what allows everything, so that a preflight does not decide on the request. */
  private static Response allowing(PageRequest page) {
    return new Response(
        204,
        List.of(
            Map.entry("Access-Control-Allow-Origin", page.origin()),
            Map.entry("Access-Control-Allow-Credentials", "true"),
            Map.entry("Access-Control-Allow-Methods", page.method()),
            Map.entry("Access-Control-Allow-Headers", String.join(",", page.unsafeHeaderNames()))));
  }
}
