package dev.corsage.cli.origins;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.StoreException;
import dev.corsage.store.EditableAllowList;
import java.io.IOException;
import java.util.List;

/** Goes through a list page by page, so that its length does not matter. */
final class Pages {
  /** What one request fetches. */
  private static final int SIZE = 1_000;

  /** What is done with the entries of a page. */
  interface Reader {
    void read(List<Entry> entries) throws IOException;
  }

  private Pages() {}

  static void of(EditableAllowList list, Reader reader) throws StoreException, IOException {
    String after = null;
    do {
      EditableAllowList.Page page = list.list(after, SIZE);
      reader.read(page.entries());
      after = page.next();
    } while (after != null);
  }
}
