package dev.corsage.store;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every allow list in a store does: it asks for nothing twice, writes in batches, tries again
 * as {@link RetryPolicy} says, lets what can be read count where the rest cannot, and is not used
 * after it was closed. A store adds how it reads, writes, deletes and lists.
 *
 * <p>Safe for use by many threads if what a store adds is.
 */
public abstract class StoredAllowList implements EditableAllowList {
  /** What DynamoDB takes as a sort key, in bytes; far more than any origin has. */
  private static final int MAX_PATTERN_BYTES = 1_024;

  private final StoreFailures failures;
  private final int batchSize;
  private final Clock clock;
  private volatile boolean closed;

  /**
   * What a store has for some patterns.
   *
   * @param entries those that can be read, expired ones included; not null
   * @param rest why others cannot be read, or null if all can; thrown unless one of the entries
   *     counts
   */
  public record Found(List<Entry> entries, StoreException rest) {}

  /**
   * Creates a list.
   *
   * @param failures makes the exceptions of the store; not null
   * @param batchSize how many entries are written or deleted by one request at most
   * @param clock by which entries expire; not null
   */
  protected StoredAllowList(StoreFailures failures, int batchSize, Clock clock) {
    this.failures = failures;
    this.batchSize = batchSize;
    this.clock = clock;
  }

  /** Returns what makes the exceptions of the store. */
  protected final StoreFailures failures() {
    return failures;
  }

  /**
   * Returns what the store has for these patterns, with one request.
   *
   * @param patterns 1 or more, none twice
   */
  protected abstract Found read(List<String> patterns) throws StoreException;

  /**
   * Writes entries, and returns those that the store did not take yet.
   *
   * @param batch 1 or more, no pattern twice
   */
  protected abstract List<Entry> write(List<Entry> batch) throws StoreException;

  /**
   * Deletes entries, and returns the patterns of those that the store did not delete yet.
   *
   * @param batch 1 or more, none twice
   */
  protected abstract List<String> delete(List<String> batch) throws StoreException;

  /** Returns a page, as {@link #list} does. */
  protected abstract Page page(String after, int limit) throws StoreException;

  /** Closes what is open. */
  protected abstract void disconnect();

  @Override
  public final List<Entry> find(List<String> patterns) throws StoreException {
    checkOpen();
    List<String> asked = keys(patterns);
    if (asked.isEmpty()) {
      return List.of();
    }
    Found found = read(asked);
    if (found.rest == null || counts(found.entries)) {
      return found.entries;
    }
    throw found.rest;
  }

  private boolean counts(List<Entry> entries) {
    Instant now = clock.instant();
    for (Entry entry : entries) {
      if (!entry.isExpired(now)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void add(List<Entry> entries) throws StoreException {
    checkOpen();
    Map<String, Entry> byPattern = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!isKey(entry.pattern())) {
        throw new IllegalArgumentException(
            "pattern: \""
                + Secrets.masked(entry.pattern())
                + "\" is not from 1 to "
                + MAX_PATTERN_BYTES
                + " bytes long, so it is not an origin. Write an origin such as"
                + " https://app.example.com.");
      }
      byPattern.put(entry.pattern(), entry);
    }
    inBatches(List.copyOf(byPattern.values()), this::write, "added");
  }

  @Override
  public void remove(List<String> patterns) throws StoreException {
    checkOpen();
    inBatches(keys(patterns), this::delete, "removed");
  }

  @Override
  public final Page list(String after, int limit) throws StoreException {
    checkOpen();
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " is less than 1.");
    }
    RetryPolicy.Attempts attempts = RetryPolicy.EDIT.begin();
    while (true) {
      try {
        return page(after, limit);
      } catch (StoreException e) {
        attempts.pause(e);
      }
    }
  }

  @Override
  public final void close() {
    closed = true;
    disconnect();
  }

  /** Carries out a part of an edit, and returns what of it is left. */
  private interface Step<T> {
    List<T> carryOut(List<T> batch) throws StoreException;
  }

  private <T> void inBatches(List<T> all, Step<T> step, String done) throws StoreException {
    int finished = 0;
    for (int from = 0; from < all.size(); from += batchSize) {
      List<T> left = all.subList(from, Math.min(from + batchSize, all.size()));
      RetryPolicy.Attempts attempts = RetryPolicy.EDIT.begin();
      while (!left.isEmpty()) {
        StoreException failure;
        try {
          List<T> rest = step.carryOut(left);
          if (rest.size() < left.size()) {
            finished += left.size() - rest.size();
            attempts = RetryPolicy.EDIT.begin();
          }
          left = rest;
          failure = left.isEmpty() ? null : takenInPart(left.size());
        } catch (StoreException e) {
          failure = e;
        }
        if (failure != null) {
          pause(attempts, failure, finished + " of " + all.size() + " were " + done + ".");
        }
      }
    }
  }

  private StoreException takenInPart(int left) {
    return failures.of(
        StoreException.Kind.THROTTLED,
        "an edit",
        "the store did not carry out " + left + " of the changes",
        "Raise its throughput, or edit fewer entries at a time",
        null);
  }

  private static void pause(RetryPolicy.Attempts attempts, StoreException failure, String progress)
      throws StoreException {
    try {
      attempts.pause(failure);
    } catch (StoreException last) {
      throw new StoreException(last.kind(), last.getMessage() + " " + progress, last.getCause());
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("The allow list is closed.");
    }
  }

  /** Returns what can be a key in a store: nothing else is in one. */
  private static List<String> keys(List<String> patterns) {
    Set<String> keys = new LinkedHashSet<>();
    for (String pattern : patterns) {
      if (isKey(pattern)) {
        keys.add(pattern);
      }
    }
    return new ArrayList<>(keys);
  }

  private static boolean isKey(String pattern) {
    int length = pattern.length();
    return length > 0
        && length <= MAX_PATTERN_BYTES
        && pattern.getBytes(StandardCharsets.UTF_8).length <= MAX_PATTERN_BYTES;
  }
}
