package dev.corsage.store;

import java.util.Optional;

/**
 * A place where a whole policy document is kept.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface PolicySource extends AutoCloseable {

  /**
   * Returns the document as it is now, or nothing if it is as it was when it was read last.
   *
   * @throws StoreException if there is none, or the store did not answer
   */
  Optional<String> read() throws StoreException;

  /** Gives back connections and threads. Nothing else may be called afterwards. */
  @Override
  void close();
}
