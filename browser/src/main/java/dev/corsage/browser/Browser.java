package dev.corsage.browser;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * Predicts what an engine makes of the requests of pages, one after the other: it keeps the
 * responses to preflights as the engine does.
 *
 * <pre>{@code
 * PageRequest request = PageRequest.of("https://app.example.com", "PUT", List.of(), OMIT);
 * Prediction prediction = new Browser(Engine.FIREFOX).fetch(request, url, this::respond);
 * prediction.isReadable();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Browser {
  private final Engine engine;
  private final PreflightCache cache;

  /** Creates a browser that has made no requests. */
  public Browser(Engine engine) {
    this.engine = Objects.requireNonNull(engine);
    this.cache = new PreflightCache(engine);
  }

  /**
   * Predicts a fetch.
   *
   * @param request the request of the page; not null
   * @param url where it is sent to, an absolute http or https URL; not null
   * @param server returns the response to every request that is sent; it never returns null
   * @return every request, and what the page gets; not null
   */
  public Prediction fetch(PageRequest request, URI url, Function<SentRequest, Response> server) {
    return new Walk(engine, cache, request, url, server).run();
  }

  /** Lets time pass, in which preflights that are kept expire. */
  public void pass(Duration time) {
    cache.pass(time);
  }
}
