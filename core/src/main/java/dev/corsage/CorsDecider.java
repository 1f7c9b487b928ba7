package dev.corsage;

import java.util.List;

/**
 * What decides on requests: a {@link CorsPolicy}, {@link CorsPolicies} by place, or a {@link
 * ReplaceableDecider} around either.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface CorsDecider {

  /**
   * Decides on a request.
   *
   * @param request the request; not null
   * @return the decision; never null
   */
  Decision decide(HttpRequest request);

  /** Returns what is questionable about the configuration, for the log; unmodifiable. */
  List<Problem> warnings();
}
