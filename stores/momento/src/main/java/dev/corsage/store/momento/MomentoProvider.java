package dev.corsage.store.momento;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/**
 * Opens allow lists in Momento caches: {@code momento:CACHE[/LIST][?endpoint=URL&key-variable=V]}.
 *
 * <p>The API key is in the variable {@code MOMENTO_API_KEY}, or in the one that is named.
 *
 * <p>A Momento cache forgets: 24 hours after a list was last edited it is gone. Who keeps one there
 * has it elsewhere too, and adds it again more often than that.
 *
 * <p>Stateless, and safe for use by many threads.
 */
public final class MomentoProvider implements AllowListProvider {

  /** Creates a provider; {@link java.util.ServiceLoader} does. */
  public MomentoProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("momento");
  }

  @Override
  public EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    MomentoReference parsed = MomentoReference.parse(written(reference), environment);
    return new MomentoAllowList(parsed, Clock.systemUTC());
  }

  private static String written(StoreReference reference) {
    StringBuilder text = new StringBuilder(reference.scheme() + ":" + reference.target());
    char separator = '?';
    for (Map.Entry<String, String> option : reference.options().entrySet()) {
      text.append(separator).append(option.getKey()).append('=').append(option.getValue());
      separator = '&';
    }
    return text.toString();
  }
}
