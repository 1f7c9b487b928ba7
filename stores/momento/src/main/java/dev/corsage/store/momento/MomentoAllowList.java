package dev.corsage.store.momento;

import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import momento.sdk.requests.CollectionTtl;
import momento.sdk.responses.cache.dictionary.DictionaryFetchResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldsResponse;

/**
 * A list in a dictionary: the fields are the entries, the values when they end.
 *
 * <p>A dictionary and not a set, because Momento's sets have no ends, its client for Java (1.21.0)
 * cannot ask whether several elements are in one, and two collections could be dropped one without
 * the other.
 */
final class MomentoAllowList implements EditableAllowList {
  private static final Duration QUESTION_DEADLINE = Duration.ofSeconds(1);
  private static final Duration EDIT_DEADLINE = Duration.ofSeconds(10);
  private static final int BATCH = 500;

  /** The longest Momento keeps anything. https://docs.momentohq.com/cache/limits */
  private static final CollectionTtl TTL =
      CollectionTtl.of(Duration.ofHours(24)).withRefreshTtlOnUpdates();

  /**
   * A field that is always there and that no entry is called: with it, a list from which everything
   * was removed can be told from one that Momento has dropped. The former refuses; the latter is a
   * failure, for which somebody has to do something.
   */
  private static final String MARK = "corsage";

  private final MomentoReference reference;
  private final Clock clock;
  private final Failures failures;
  private final Client questions;
  private final Client edits;

  MomentoAllowList(MomentoReference reference, Clock clock) {
    this.reference = reference;
    this.clock = clock;
    failures = new Failures(reference);
    questions = new Client(reference, failures, QUESTION_DEADLINE);
    edits = new Client(reference, failures, EDIT_DEADLINE);
  }

  @Override
  public List<Entry> find(List<String> patterns) throws StoreException {
    String asked = patterns.size() + " entries" + ofTheList();
    DictionaryGetFieldsResponse response =
        questions.ask(
            asked,
            client ->
                client.dictionaryGetFields(reference.cache(), reference.dictionary(), patterns));
    if (!(response instanceof DictionaryGetFieldsResponse.Hit hit)) {
      throw failures.gone(asked);
    }
    List<Entry> found = new ArrayList<>();
    String unreadable = null;
    for (DictionaryGetFieldResponse field : hit.perFieldResponses()) {
      if (field instanceof DictionaryGetFieldResponse.Hit value) {
        Optional<Ending> ending = Ending.parse(value.valueString());
        if (ending.isPresent()) {
          found.add(new Entry(value.fieldString(), ending.get().expires()));
        } else {
          unreadable = value.fieldString();
        }
      } else if (field instanceof DictionaryGetFieldResponse.Error e) {
        throw failures.of(asked, e);
      }
    }
    Instant now = clock.instant();
    if (unreadable != null && found.stream().allMatch(entry -> entry.isExpired(now))) {
      throw failures.corrupt(asked, unreadable);
    }
    return found;
  }

  /** {@inheritDoc} Whether there are any or not, the list is kept for another 24 hours. */
  @Override
  public void add(List<Entry> entries) throws StoreException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Entry entry : entries) {
      fields.put(entry.pattern(), Ending.text(entry.expires()));
      if (fields.size() == BATCH) {
        put(fields);
        fields.clear();
      }
    }
    if (!fields.isEmpty() || entries.isEmpty()) {
      put(fields);
    }
  }

  private void put(Map<String, String> fields) throws StoreException {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put(MARK, "1");
    edits.ask(
        "taking " + fields.size() + " entries into" + theList(),
        client -> client.dictionarySetFields(reference.cache(), reference.dictionary(), all, TTL));
  }

  @Override
  public void remove(List<String> patterns) throws StoreException {
    // The mark first: without it, the list would be gone with its last entry.
    put(Map.of());
    for (int from = 0; from < patterns.size(); from += BATCH) {
      List<String> batch = patterns.subList(from, Math.min(from + BATCH, patterns.size()));
      edits.ask(
          "removing " + batch.size() + " entries" + ofTheList(),
          client ->
              client.dictionaryRemoveFields(reference.cache(), reference.dictionary(), batch));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Momento gives dictionaries as a whole only, in no order (and they are 5 MB at most): each
   * page is cut out of all of it, in the order of the names, so that it goes on behind the same
   * entry whatever has changed.
   */
  @Override
  public Page list(String after, int limit) throws StoreException {
    String asked = "all entries" + ofTheList();
    DictionaryFetchResponse response =
        edits.ask(
            asked, client -> client.dictionaryFetch(reference.cache(), reference.dictionary()));
    if (!(response instanceof DictionaryFetchResponse.Hit hit)) {
      return new Page(List.of(), null);
    }
    TreeMap<String, String> fields = new TreeMap<>(hit.valueMapStringString());
    fields.remove(MARK);
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, String> field :
        (after == null ? fields : fields.tailMap(after, false)).entrySet()) {
      if (entries.size() == limit) {
        return new Page(entries, entries.get(limit - 1).pattern());
      }
      Optional<Ending> ending = Ending.parse(field.getValue());
      if (ending.isEmpty()) {
        throw failures.corrupt(asked, field.getKey());
      }
      entries.add(new Entry(field.getKey(), ending.get().expires()));
    }
    return new Page(entries, null);
  }

  private String theList() {
    return " the list \"" + reference.list() + "\"";
  }

  private String ofTheList() {
    return " of" + theList();
  }

  @Override
  public void close() {
    questions.close();
    edits.close();
  }
}
