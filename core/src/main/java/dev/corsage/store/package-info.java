/**
 * Allow lists and policy documents that are kept in a store: the interfaces that a store
 * implements, and the ground that all stores share, such as references, expiry, retries, failures
 * and secrets.
 *
 * <p>{@link dev.corsage.store.Stores} opens what a reference such as {@code dynamodb:origins/shop}
 * names. A store works where its archive is on the class path.
 */
package dev.corsage.store;
