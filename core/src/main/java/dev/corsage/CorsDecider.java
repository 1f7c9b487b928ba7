package dev.corsage;

import dev.corsage.store.AllowList;
import java.util.List;

/**
 * Decides on requests: a {@link CorsPolicy}, {@link CorsPolicies} by scope, or a {@link
 * ReplaceableDecider} around either.
 *
 * <p><b>Lifetime.</b> Most deciders are values: they hold nothing open and need not be closed. One
 * that was made from settings that name a store, such as a policy document with {@code allowList},
 * holds that store open. The code that made it owns it, and {@linkplain #close closes} it when it
 * has been replaced or is not needed any more. A Lambda function never does, because its process
 * ends without notice.
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

  /**
   * Returns the lists in stores that decisions may ask, each once; unmodifiable, empty unless
   * overridden. A function asks them when it starts, so that its first request finds the
   * connections made.
   */
  default List<AllowList> allowLists() {
    return List.of();
  }

  /**
   * Closes the stores that were opened for this decider, but not a list that was given to the
   * {@link CorsPolicy.Builder}. A store that is being asked is closed when that lookup has ended.
   * No decision may be made afterwards. May be called again. Does nothing unless overridden.
   */
  default void close() {}
}
