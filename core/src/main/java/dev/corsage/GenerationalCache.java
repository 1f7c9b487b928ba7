package dev.corsage;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A bounded map that roughly forgets what was not used for longest: when the young generation is
 * full it becomes the old one, and what is found there moves back. A lookup is one or two lookups
 * in a hash map, without locks.
 *
 * <p>Safe for use by many threads. Threads that write at the moment of the turn can exceed the
 * bound by one entry each.
 */
final class GenerationalCache<V> {
  private final int generationSize;
  private volatile Generations<V> generations = new Generations<>();

  /** Both in one object, so that a lookup sees two that belong together. */
  private static final class Generations<V> {
    final ConcurrentHashMap<String, V> young = new ConcurrentHashMap<>();
    final ConcurrentHashMap<String, V> old;

    Generations() {
      this(new ConcurrentHashMap<>());
    }

    Generations(ConcurrentHashMap<String, V> old) {
      this.old = old;
    }
  }

  /** Creates a map of at most this many entries, 2 or more. */
  GenerationalCache(int size) {
    generationSize = size / 2;
  }

  /** Returns the value, or null. */
  V get(String key) {
    Generations<V> now = generations;
    V value = now.young.get(key);
    if (value != null) {
      return value;
    }
    value = now.old.get(key);
    if (value == null) {
      return now.young.get(key);
    }
    V newer = now.young.putIfAbsent(key, value);
    if (newer != null) {
      return newer;
    }
    // Removing looks into the old generation first: what was revoked must not come back.
    if (!now.old.remove(key, value)) {
      now.young.remove(key, value);
    }
    turnIfFull(now);
    return value;
  }

  void put(String key, V value) {
    Generations<V> now = generations;
    now.young.put(key, value);
    now.old.remove(key);
    turnIfFull(now);
  }

  void remove(String key) {
    Generations<V> now = generations;
    now.old.remove(key);
    now.young.remove(key);
  }

  int size() {
    Generations<V> now = generations;
    return now.young.size() + now.old.size();
  }

  private void turnIfFull(Generations<V> full) {
    if (full.young.size() >= generationSize) {
      turn(full);
    }
  }

  private synchronized void turn(Generations<V> full) {
    if (generations == full) {
      generations = new Generations<>(full.young);
    }
  }
}
