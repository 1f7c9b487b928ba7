package dev.corsage.store.momento;

import dev.corsage.store.Expiry;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreFailures;
import dev.corsage.store.StoredAllowList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.requests.CollectionTtl;
import momento.sdk.responses.cache.dictionary.DictionaryFetchResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldResponse;
import momento.sdk.responses.cache.dictionary.DictionaryGetFieldsResponse;

/**
 * A list in a dictionary: the fields are the entries, the values say when they expire.
 *
 * <p>It is a dictionary because Momento's sets have no values, its client for Java (1.21.0) cannot
 * ask whether several elements are in a set, and two collections could be evicted one without the
 * other.
 */
final class MomentoAllowList extends StoredAllowList {
  private static final Duration DECISION_DEADLINE = Duration.ofSeconds(1);
  private static final Duration EDIT_DEADLINE = Duration.ofSeconds(10);
  private static final int BATCH = 500;
  private static final String NEVER = "-";

  /** The longest TTL, see <a href="https://docs.momentohq.com/cache/limits">limits</a>. */
  private static final CollectionTtl TTL =
      CollectionTtl.of(Duration.ofHours(24)).withRefreshTtlOnUpdates();

  /**
   * A field that every list has and no entry is called. It tells a list whose entries were removed,
   * which refuses origins, from one that Momento has evicted, which is a failure.
   */
  private static final String MARK = "corsage";

  private final MomentoTarget target;
  private final MomentoErrors errors;
  private final Client decisions;
  private final Client edits;

  MomentoAllowList(MomentoTarget target, Clock clock) {
    this(target, Credentials.ofOrNull(target), clock);
  }

  private MomentoAllowList(MomentoTarget target, CredentialProvider credentials, Clock clock) {
    super(
        new StoreFailures(
            target.toString(),
            target.key(),
            credentials == null ? null : credentials.getAuthToken()),
        BATCH,
        clock);
    this.target = target;
    errors = new MomentoErrors(failures(), target.keyVariable());
    decisions = new Client(credentials, errors, DECISION_DEADLINE);
    edits = new Client(credentials, errors, EDIT_DEADLINE);
  }

  @Override
  protected Found read(List<String> patterns) throws StoreException {
    String asked = "reading " + patterns.size() + " entries";
    DictionaryGetFieldsResponse response =
        decisions.send(
            asked,
            client -> client.dictionaryGetFields(target.cache(), target.dictionary(), patterns));
    if (!(response instanceof DictionaryGetFieldsResponse.Hit hit)) {
      throw errors.noSuchList(asked);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (DictionaryGetFieldResponse field : hit.perFieldResponses()) {
      if (field instanceof DictionaryGetFieldResponse.Hit value) {
        fields.put(value.fieldString(), value.valueString());
      } else if (field instanceof DictionaryGetFieldResponse.Error e) {
        throw errors.of(asked, e);
      }
    }
    return entries(fields, asked);
  }

  private Found entries(Map<String, String> fields, String asked) {
    List<Entry> entries = new ArrayList<>();
    StoreException corrupt = null;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      boolean never = field.getValue().equals(NEVER);
      Optional<Instant> expires = Expiry.ofStored(field.getValue());
      if (never || expires.isPresent()) {
        entries.add(new Entry(field.getKey(), never ? null : expires.get()));
      } else {
        corrupt = failures().corruptEntry(asked, field.getKey(), field.getValue());
      }
    }
    return new Found(entries, corrupt);
  }

  /** {@inheritDoc} With or without entries, the list is kept for another 24 hours. */
  @Override
  public void add(List<Entry> entries) throws StoreException {
    super.add(entries);
    if (entries.isEmpty()) {
      write(List.of());
    }
  }

  @Override
  protected List<Entry> write(List<Entry> batch) throws StoreException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Entry entry : batch) {
      fields.put(entry.pattern(), entry.expires() == null ? NEVER : Expiry.stored(entry.expires()));
    }
    fields.put(MARK, "1");
    edits.send(
        "adding " + batch.size() + " entries",
        client -> client.dictionarySetFields(target.cache(), target.dictionary(), fields, TTL));
    return List.of();
  }

  @Override
  protected List<String> delete(List<String> batch) throws StoreException {
    // The mark first: without it, the list would be gone with its last entry.
    write(List.of());
    edits.send(
        "removing " + batch.size() + " entries",
        client -> client.dictionaryRemoveFields(target.cache(), target.dictionary(), batch));
    return List.of();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Momento returns a dictionary as a whole, in no order (and of 5 MB at most). Each page is cut
   * out of all of it, in the order of the names, so that paging continues after the same entry
   * whatever has changed.
   */
  @Override
  protected Page page(String after, int limit) throws StoreException {
    String asked = "listing all entries";
    DictionaryFetchResponse response =
        edits.send(asked, client -> client.dictionaryFetch(target.cache(), target.dictionary()));
    if (!(response instanceof DictionaryFetchResponse.Hit hit)) {
      return new Page(List.of(), null);
    }
    TreeMap<String, String> all = new TreeMap<>(hit.valueMapStringString());
    all.remove(MARK);
    Map<String, String> page = new LinkedHashMap<>();
    String last = null;
    boolean more = false;
    for (Map.Entry<String, String> field :
        (after == null ? all : all.tailMap(after, false)).entrySet()) {
      if (page.size() == limit) {
        more = true;
        break;
      }
      page.put(field.getKey(), field.getValue());
      last = field.getKey();
    }
    Found found = entries(page, asked);
    if (found.rest() != null) {
      throw found.rest();
    }
    return new Page(found.entries(), more ? last : null);
  }

  @Override
  protected void disconnect() {
    decisions.close();
    edits.close();
  }
}
