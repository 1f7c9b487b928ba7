package dev.corsage.store.dynamodb;

import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A list in a table: an item for each entry, all items of a list under one partition key.
 *
 * <p>Decisions read eventually consistent, for half the price: what was just changed is seen a
 * moment later, as it is with every cached response. Who looks at the list sees it as it is.
 */
final class DynamoDbAllowList implements EditableAllowList {
  /** What one BatchWriteItem takes. */
  private static final int MAX_WRITES = 25;

  /** What DynamoDB takes as a sort key, in bytes. */
  private static final int MAX_KEY = 1024;

  private final Reference reference;
  private final Requests requests;
  private final Clock clock;

  DynamoDbAllowList(Reference reference, Requests requests, Clock clock) {
    this.reference = reference;
    this.requests = requests;
    this.clock = clock;
  }

  @Override
  public List<Entry> find(List<String> patterns) throws StoreException {
    // DynamoDB refuses a request that names a key twice.
    Set<String> keys = new LinkedHashSet<>(patterns);
    if (keys.isEmpty()) {
      return List.of();
    }
    Object response =
        requests.send("BatchGetItem", Items.batchGet(reference, keys), Patience.DECIDING);
    Items.Read read = Items.read(JsonTree.at(response, "Responses", reference.table()));
    Instant now = clock.instant();
    for (Entry entry : read.entries()) {
      if (!entry.isExpired(now)) {
        return read.entries();
      }
    }
    // Nothing that is known allows the origin: then what is not known matters.
    if (!read.corrupt().isEmpty()) {
      throw corrupt(read.corrupt());
    }
    if (!(JsonTree.at(response, "UnprocessedKeys") instanceof Map<?, ?> left) || !left.isEmpty()) {
      throw throttled("BatchGetItem", "some of " + keys.size() + " keys were not read");
    }
    return read.entries();
  }

  @Override
  public void add(List<Entry> entries) throws StoreException {
    Map<String, Entry> byPattern = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.expires() != null && entry.expires().getEpochSecond() > Items.LAST_SECOND) {
        throw new IllegalArgumentException(
            "expires: "
                + entry.expires()
                + " of "
                + entry.pattern()
                + " is after the year 9999; leave it out for an entry that does not expire.");
      }
      byPattern.put(checkedKey(entry.pattern()), entry);
    }
    write(
        List.copyOf(byPattern.values()), batch -> Items.batchPut(reference, batch), Entry::pattern);
  }

  @Override
  public void remove(List<String> patterns) throws StoreException {
    Set<String> keys = new LinkedHashSet<>(patterns);
    // No entry has such a key, so it is removed already.
    keys.removeIf(key -> !isKey(key));
    write(List.copyOf(keys), batch -> Items.batchDelete(reference, batch), key -> key);
  }

  @Override
  public Page list(String after, int limit) throws StoreException {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " is less than 1.");
    }
    Object response =
        requests.send("Query", Items.query(reference, after, limit), Patience.EDITING);
    Items.Read read = Items.read(JsonTree.at(response, "Items"));
    if (!read.corrupt().isEmpty()) {
      throw corrupt(read.corrupt());
    }
    Object next = JsonTree.at(response, "LastEvaluatedKey", "origin", "S");
    return new Page(read.entries(), next instanceof String text ? text : null);
  }

  /** Connections are kept by the JDK for all who speak to a host, and close by themselves. */
  @Override
  public void close() {}

  private <T> void write(
      List<T> all, Function<Collection<T>, byte[]> request, Function<T, String> key)
      throws StoreException {
    for (int from = 0; from < all.size(); from += MAX_WRITES) {
      Map<String, T> left = new LinkedHashMap<>();
      for (T one : all.subList(from, Math.min(all.size(), from + MAX_WRITES))) {
        left.put(key.apply(one), one);
      }
      try {
        writeBatch(left, request);
      } catch (StoreException e) {
        throw new StoreException(
            e.kind(), e.getMessage() + " " + from + " of " + all.size() + " were written.", e);
      }
    }
  }

  private <T> void writeBatch(Map<String, T> left, Function<Collection<T>, byte[]> request)
      throws StoreException {
    Deadline deadline = Patience.EDITING.begin();
    for (int failed = 1; ; failed++) {
      Object response =
          requests.send("BatchWriteItem", request.apply(left.values()), Patience.EDITING, deadline);
      Set<String> unprocessed = unprocessed(response);
      left.keySet().retainAll(unprocessed);
      if (left.isEmpty()) {
        return;
      }
      Requests.pause(
          failed, deadline, throttled("BatchWriteItem", left.size() + " items were not written"));
    }
  }

  private Set<String> unprocessed(Object response) {
    Set<String> keys = new LinkedHashSet<>();
    if (JsonTree.at(response, "UnprocessedItems", reference.table()) instanceof List<?> list) {
      for (Object item : list) {
        Object put = JsonTree.at(item, "PutRequest", "Item", "origin", "S");
        Object deleted = JsonTree.at(item, "DeleteRequest", "Key", "origin", "S");
        keys.add(Objects.toString(put != null ? put : deleted));
      }
    }
    return keys;
  }

  private static String checkedKey(String pattern) {
    if (!isKey(pattern)) {
      throw new IllegalArgumentException(
          "pattern: '"
              + Refusals.printable(pattern)
              + "' is not 1 to "
              + MAX_KEY
              + " bytes long, so DynamoDB cannot take it.");
    }
    return pattern;
  }

  private static boolean isKey(String pattern) {
    int length = pattern.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    return length > 0 && length <= MAX_KEY;
  }

  private StoreException throttled(String operation, String what) {
    return new StoreException(
        Kind.THROTTLED,
        "DynamoDB, "
            + reference
            + ": "
            + operation
            + " was carried out in part, "
            + what
            + ". Raise the table's throughput or make it on-demand, and let the policy keep"
            + " answers longer.",
        null);
  }

  private StoreException corrupt(List<String> what) {
    List<String> sentences = new ArrayList<>();
    sentences.add("DynamoDB, " + reference + ", list " + reference.list() + ":");
    sentences.addAll(what);
    sentences.add("Add the entry again with the right time, or remove it.");
    return new StoreException(Kind.CORRUPT, String.join(" ", sentences), null);
  }
}
