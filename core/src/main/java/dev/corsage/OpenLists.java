package dev.corsage;

import dev.corsage.PolicySettings.Key;
import dev.corsage.store.AllowList;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The allow lists of one decider while it is built: each is opened once, however many of its
 * policies name it, and has threads of its own.
 */
final class OpenLists {
  private final Function<StoreReference, ? extends EditableAllowList> stores;
  private final Map<StoreReference, LookupThreads> opened = new HashMap<>();
  private final IdentityHashMap<AllowList, LookupThreads> given = new IdentityHashMap<>();

  OpenLists(Function<StoreReference, ? extends EditableAllowList> stores) {
    this.stores = stores;
  }

  /** Returns the threads that ask the list of a policy, or null if it has none. */
  LookupThreads of(PolicySettings settings) {
    AllowList list = settings.get(Key.ALLOW_LIST).value();
    if (list != null) {
      return given.computeIfAbsent(list, LookupThreads::ofGiven);
    }
    StoreReference reference = settings.get(Key.STORE).value();
    return reference == null
        ? null
        : opened.computeIfAbsent(reference, r -> LookupThreads.ofOpened(stores.apply(r)));
  }

  /** Closes what was opened, because the decider could not be built. */
  void close() {
    opened.values().forEach(LookupThreads::close);
  }
}
