package dev.corsage.store;

/** Opens the allow lists of one kind of store. {@link Stores} finds it by its references. */
public interface AllowListProvider extends StoreProvider<EditableAllowList> {}
