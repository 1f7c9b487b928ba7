package dev.corsage.store.momento;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens allow lists in Momento caches: {@code
 * momento:CACHE[/LIST][?endpoint=URL&key-variable=NAME]}.
 *
 * <p>The API key is in the variable {@code MOMENTO_API_KEY}, or in the one that is named.
 *
 * <p>A Momento cache forgets a list 24 hours after its last edit. Keep the list elsewhere too, and
 * add it again more often than that.
 */
public final class MomentoProvider implements AllowListProvider {

  /** Creates a provider. */
  public MomentoProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of(MomentoTarget.SCHEME);
  }

  @Override
  public EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    return new MomentoAllowList(MomentoTarget.of(reference, environment), Clock.systemUTC());
  }

  @Override
  public List<String> check(StoreReference reference, Map<String, String> environment) {
    var unused = MomentoTarget.of(reference, environment);
    return List.of();
  }
}
