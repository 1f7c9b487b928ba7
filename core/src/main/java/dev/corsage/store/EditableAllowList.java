package dev.corsage.store;

import java.util.List;

/**
 * An {@link AllowList} that people change: what {@code corsage origins} works on.
 *
 * <p>It takes entries as they are; whoever adds them checks them first. Each method may make many
 * requests to the store and takes the time that needs; when it fails, some of them may have been
 * carried out, and it can be called again with the same arguments.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface EditableAllowList extends AllowList, AutoCloseable {

  /**
   * Some entries of a list.
   *
   * @param entries in the order of the store, expired ones included; unmodifiable
   * @param next what {@link #list} continues with, or null if these are the last
   */
  record Page(List<Entry> entries, String next) {
    /** Creates a page of a copy of these entries. */
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Puts entries on the list. One that is there already gets the expiry that is given now.
   *
   * @param entries any number of them; not null
   * @throws StoreException if the store did not take all of them
   */
  void add(List<Entry> entries) throws StoreException;

  /**
   * Takes entries off the list; those that are not there are no error.
   *
   * @param patterns any number of them; not null
   * @throws StoreException if the store did not remove all of them
   */
  void remove(List<String> patterns) throws StoreException;

  /**
   * Returns entries in the order of the store. Who goes from page to page sees every entry that was
   * there all the time exactly once, and each as it was last written.
   *
   * @param after {@link Page#next()} of the page before, or null for the first
   * @param limit how many entries at most, 1 or more
   * @throws StoreException if the store did not answer
   */
  Page list(String after, int limit) throws StoreException;

  /** Gives back connections and threads. Nothing else may be called afterwards. */
  @Override
  void close();
}
