package dev.corsage.store;

import java.util.List;

/**
 * An {@link AllowList} that people and pipelines edit, with {@code corsage origins}.
 *
 * <p>It takes entries as they are: callers check them first. An edit may take many requests. When
 * it fails, a part of it may have been carried out; calling it again with the same arguments
 * completes it. Edits are retried as {@link RetryPolicy#EDIT} says.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface EditableAllowList extends AllowList, AutoCloseable {

  /**
   * Some entries of a list.
   *
   * @param entries in the order of the store, expired ones included; unmodifiable
   * @param next what {@link #list} continues after, or null if these are the last
   */
  record Page(List<Entry> entries, String next) {
    /** Creates a page of a copy of these entries. */
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Puts entries on the list. An entry that is already on it gets the new expiry; of two with the
   * same pattern the last one counts.
   *
   * @param entries any number of entries; not null
   * @throws StoreException if the store did not take all of them
   * @throws IllegalArgumentException if a pattern is empty or longer than 1,024 bytes; then nothing
   *     is written
   */
  void add(List<Entry> entries) throws StoreException;

  /**
   * Takes entries off the list. Patterns that are not on it are ignored.
   *
   * @param patterns any number of patterns; not null
   * @throws StoreException if the store did not remove all of them
   */
  void remove(List<String> patterns) throws StoreException;

  /**
   * Returns a page of the entries, in the order of the store. Going from page to page returns every
   * entry that stays on the list exactly once, each as it was last written, while others edit the
   * list.
   *
   * @param after {@link Page#next()} of the page before, or null for the first page
   * @param limit how many entries at most, 1 or more; the store may return fewer
   * @throws StoreException if the store failed, or an entry cannot be read
   * @throws IllegalArgumentException if the limit is less than 1
   */
  Page list(String after, int limit) throws StoreException;

  /**
   * Closes connections and threads. Closing twice has no effect; every other method throws {@link
   * IllegalStateException} afterwards.
   */
  @Override
  void close();
}
