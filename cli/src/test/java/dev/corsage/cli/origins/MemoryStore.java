package dev.corsage.cli.origins;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store of the tests: {@code memory:NAME} is a list, {@code tally:NAME} only counts what it gets
 * (so that a million entries need no memory).
 */
public final class MemoryStore implements AllowListProvider {
  private static final Map<String, InMemory> LISTS = new ConcurrentHashMap<>();

  /** A list, and how its store is doing. */
  static final class InMemory implements EditableAllowList {
    final NavigableMap<String, Optional<Instant>> entries = new ConcurrentSkipListMap<>();
    final AtomicLong taken = new AtomicLong();
    private final boolean tally;

    /** What every call fails with, if anything. */
    volatile StoreException failure;

    /** How many entries it takes before it fails. */
    volatile long capacity = Long.MAX_VALUE;

    InMemory(boolean tally) {
      this.tally = tally;
    }

    /** One at a time, so that several writers together have no more than it takes. */
    private synchronized void take() throws StoreException {
      if (failure != null && taken.get() >= capacity) {
        throw failure;
      }
      taken.incrementAndGet();
    }

    @Override
    public List<Entry> find(List<String> patterns) throws StoreException {
      if (failure != null) {
        throw failure;
      }
      return patterns.stream().filter(entries::containsKey).map(this::entry).toList();
    }

    private Entry entry(String pattern) {
      return new Entry(pattern, entries.get(pattern).orElse(null));
    }

    @Override
    public void add(List<Entry> added) throws StoreException {
      for (Entry entry : added) {
        take();
        if (!tally) {
          entries.put(entry.pattern(), Optional.ofNullable(entry.expires()));
        }
      }
    }

    @Override
    public void remove(List<String> patterns) throws StoreException {
      if (failure != null && failure.kind() != StoreException.Kind.CORRUPT) {
        throw failure;
      }
      entries.keySet().removeAll(Set.copyOf(patterns));
    }

    @Override
    public Page list(String after, int limit) throws StoreException {
      if (failure != null) {
        throw failure;
      }
      // Smaller pages than asked for, as stores do.
      int size = Math.max(1, Math.min(limit, 7));
      List<Entry> page = new ArrayList<>();
      for (String pattern :
          after == null ? entries.keySet() : entries.tailMap(after, false).keySet()) {
        if (page.size() == size) {
          return new Page(page, page.get(size - 1).pattern());
        }
        page.add(entry(pattern));
      }
      return new Page(page, null);
    }

    @Override
    public void close() {}
  }

  /** Returns the list that a reference means. */
  static InMemory list(String reference) {
    return LISTS.computeIfAbsent(reference, r -> new InMemory(r.startsWith("tally:")));
  }

  /** Returns a new, empty list under this reference. */
  static InMemory emptied(String reference) {
    LISTS.remove(reference);
    return list(reference);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("memory", "tally");
  }

  @Override
  public EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    if (reference.target().isEmpty()) {
      throw reference.malformed("it names no list", reference + "NAME");
    }
    return list(reference.toString());
  }
}
