package dev.corsage.store;

/** Opens the policy documents of one kind of store. {@link Stores} finds it by its references. */
public interface PolicySourceProvider extends StoreProvider<PolicySource> {}
