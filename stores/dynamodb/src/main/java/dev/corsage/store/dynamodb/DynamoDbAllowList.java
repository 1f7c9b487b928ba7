package dev.corsage.store.dynamodb;

import dev.corsage.store.RetryPolicy;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreFailures;
import dev.corsage.store.StoredAllowList;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A list in a table: an item for each entry, all items of a list under one partition key.
 *
 * <p>Decisions read eventually consistent, for half the price: a change counts a moment later, as
 * it does with the cache. Listing reads consistently.
 */
final class DynamoDbAllowList extends StoredAllowList {
  /** What one BatchWriteItem takes. */
  private static final int MAX_WRITES = 25;

  private final DynamoDbTarget target;
  private final DynamoDbErrors errors;
  private final Requests requests;

  DynamoDbAllowList(DynamoDbTarget target, CredentialChain credentials, Clock clock) {
    super(new StoreFailures(sentence(target.toString())), MAX_WRITES, clock);
    this.target = target;
    errors = new DynamoDbErrors(failures());
    requests = new Requests(target, sentence(target.toString()), credentials, clock);
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  @Override
  protected Found read(List<String> patterns) throws StoreException {
    byte[] request = Items.batchGet(target, patterns);
    Object response = null;
    RetryPolicy.Attempts attempts = RetryPolicy.DECISION.begin();
    while (response == null) {
      try {
        response = requests.send("BatchGetItem", request, Deadline.ofDecision());
      } catch (StoreException e) {
        attempts.pause(e);
      }
    }
    Found found =
        Items.read(JsonTree.at(response, "Responses", target.table()), failures(), "BatchGetItem");
    boolean all =
        JsonTree.at(response, "UnprocessedKeys") instanceof Map<?, ?> left && left.isEmpty();
    return all || found.rest() != null
        ? found
        : new Found(found.entries(), errors.readInPart(patterns.size()));
  }

  @Override
  protected List<Entry> write(List<Entry> batch) throws StoreException {
    Set<String> left = send(Items.batchPut(target, batch));
    return batch.stream().filter(entry -> left.contains(entry.pattern())).toList();
  }

  @Override
  protected List<String> delete(List<String> batch) throws StoreException {
    return List.copyOf(send(Items.batchDelete(target, batch)));
  }

  /** Sends writes, and returns the keys of those that were not carried out. */
  private Set<String> send(byte[] writes) throws StoreException {
    Object response = requests.send("BatchWriteItem", writes, Deadline.ofEdit());
    Set<String> left = new LinkedHashSet<>();
    if (JsonTree.at(response, "UnprocessedItems", target.table()) instanceof List<?> list) {
      for (Object item : list) {
        Object put = JsonTree.at(item, "PutRequest", "Item", Items.ORIGIN, "S");
        Object deleted = JsonTree.at(item, "DeleteRequest", "Key", Items.ORIGIN, "S");
        left.add(Objects.toString(put != null ? put : deleted));
      }
    }
    return left;
  }

  @Override
  protected Page page(String after, int limit) throws StoreException {
    Object response = requests.send("Query", Items.query(target, after, limit), Deadline.ofEdit());
    Found found = Items.read(JsonTree.at(response, "Items"), failures(), "Query");
    if (found.rest() != null) {
      throw found.rest();
    }
    Object next = JsonTree.at(response, "LastEvaluatedKey", Items.ORIGIN, "S");
    return new Page(found.entries(), next instanceof String text ? text : null);
  }

  /** The JDK keeps the connections to a host for all who use it, and closes them by itself. */
  @Override
  protected void disconnect() {}
}
