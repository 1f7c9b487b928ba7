package dev.corsage.bench;

import dev.corsage.store.AllowList;
import dev.corsage.store.StoreException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests to a list. */
final class CountingList implements AllowList {
  private final AllowList list;
  private final LongAdder asked = new LongAdder();

  CountingList(AllowList list) {
    this.list = list;
  }

  @Override
  public List<Entry> find(List<String> patterns) throws StoreException {
    asked.increment();
    return list.find(patterns);
  }

  long asked() {
    return asked.sum();
  }
}
