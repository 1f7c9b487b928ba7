package dev.corsage.store;

import java.util.Optional;

/**
 * A place where a whole policy document is kept.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface PolicySource extends AutoCloseable {

  /**
   * Returns the document, or nothing if it has not changed since the last successful call. After a
   * failure the next call returns the document again if it differs from the last one that was
   * returned.
   *
   * @return the text of the document, which need not be a valid policy; not null
   * @throws StoreException if there is no document, it is empty, not UTF-8 or longer than 1 MiB, or
   *     the store failed
   * @throws IllegalStateException if the source is closed
   */
  Optional<String> read() throws StoreException;

  /** Closes connections and threads. Closing twice has no effect. */
  @Override
  void close();
}
