package dev.corsage.store;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens what one kind of store keeps: an {@link AllowListProvider} or a {@link
 * PolicySourceProvider}.
 *
 * <p>Implementations have a public constructor without parameters, no state, and are safe for use
 * by many threads.
 *
 * @param <T> what is opened
 */
public interface StoreProvider<T extends AutoCloseable> {

  /** Returns the schemes of the references it opens, such as {@code dynamodb}, without colon. */
  Set<String> schemes();

  /**
   * Opens what a reference names. This does not connect: the first call that needs the store does,
   * and reports a store that cannot be reached.
   *
   * @param reference a reference with one of {@link #schemes()}; not null
   * @param environment the environment variables, for what the reference leaves out; not null
   * @return what is open until the caller closes it; not null
   * @throws IllegalArgumentException if the store cannot use the reference; the message says what
   *     to write and contains no secret
   */
  T open(StoreReference reference, Map<String, String> environment);

  /**
   * Checks that the store can use a reference, as {@link #open} does, and keeps nothing open. A
   * store whose {@code open} makes clients or threads overrides it, and one that can be used in a
   * way that is not safe.
   *
   * @return what is not safe about the reference, a sentence for each reason, without secrets; not
   *     null, empty if nothing is
   * @throws IllegalArgumentException as {@link #open} does
   */
  default List<String> check(StoreReference reference, Map<String, String> environment) {
    try {
      open(reference, environment).close();
    } catch (IllegalArgumentException unusable) {
      throw unusable;
    } catch (Exception ignored) {
      // It can be opened; how it is closed says nothing about the reference.
    }
    return List.of();
  }
}
