package dev.corsage;

import dev.corsage.store.AllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A store that responses, or fails, as a test says. */
final class FakeAllowList implements AllowList {

  /** How it answers. */
  enum Response {
    GOOD(null),
    SLOW(Kind.TIMED_OUT),
    THROTTLED(Kind.THROTTLED),
    DOWN(Kind.UNAVAILABLE),
    DENIED(Kind.ACCESS_DENIED),
    MISSING(Kind.NOT_FOUND),
    CORRUPT(Kind.CORRUPT),
    /** A client that throws what it should not. */
    BROKEN(Kind.UNAVAILABLE);

    final Kind kind;

    Response(Kind kind) {
      this.kind = kind;
    }
  }

  final Map<String, Entry> entries = new ConcurrentHashMap<>();
  final List<List<String>> asked = Collections.synchronizedList(new ArrayList<>());
  volatile Response response = Response.GOOD;
  volatile CountDownLatch gate;
  volatile CountDownLatch responded = new CountDownLatch(1);
  volatile Entry unasked;

  void add(String pattern, Instant expires) {
    entries.put(pattern, new Entry(pattern, expires));
  }

  CountDownLatch nextResponse() {
    responded = new CountDownLatch(1);
    return responded;
  }

  @Override
  public List<Entry> find(List<String> patterns) throws StoreException {
    asked.add(List.copyOf(patterns));
    try {
      if (gate != null) {
        gate.await();
      }
      switch (response) {
        case GOOD -> {}
        case SLOW, THROTTLED, DOWN, DENIED, MISSING, CORRUPT ->
            throw new StoreException(response.kind, "The store says " + response + ".", null);
        case BROKEN -> throw new IllegalStateException("client\nfailed");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    List<Entry> found = new ArrayList<>();
    for (String pattern : patterns) {
      if (entries.containsKey(pattern)) {
        found.add(entries.get(pattern));
      }
    }
    if (unasked != null) {
      found.add(unasked);
    }
    responded.countDown();
    return found;
  }
}
