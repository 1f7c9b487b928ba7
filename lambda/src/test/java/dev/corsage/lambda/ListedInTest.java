package dev.corsage.lambda;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store of the tests: {@code test:NAME} is a set of patterns that a test has put there. */
public final class ListedInTest implements AllowListProvider {
  private static final Map<String, InMemory> LISTS = new ConcurrentHashMap<>();

  /** What is on the list, and how the store is doing. */
  static final class InMemory implements EditableAllowList {
    final Set<String> patterns = ConcurrentHashMap.newKeySet();
    final List<List<String>> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile StoreException failure;

    @Override
    public List<Entry> find(List<String> wanted) throws StoreException {
      asked.add(wanted);
      if (failure != null) {
        throw failure;
      }
      return wanted.stream().filter(patterns::contains).map(p -> new Entry(p, null)).toList();
    }

    @Override
    public void add(List<Entry> entries) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void remove(List<String> gone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Page list(String after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  static InMemory list(String reference) {
    return LISTS.computeIfAbsent(reference, r -> new InMemory());
  }

  @Override
  public Set<String> schemes() {
    return Set.of("test");
  }

  @Override
  public EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    List<String> unused = check(reference, environment);
    InMemory list = list(reference.toString());
    list.opened.incrementAndGet();
    return list;
  }

  @Override
  public List<String> check(StoreReference reference, Map<String, String> environment) {
    if (reference.target().isEmpty()) {
      throw reference.malformed("it has no name", "test:NAME");
    }
    return reference.target().equals("unsafe") ? List.of("Nothing is encrypted.") : List.of();
  }
}
