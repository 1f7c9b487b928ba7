package dev.corsage.store;

import java.util.Map;
import java.util.Set;

/** Opens the allow lists of one kind of store. Found with {@link java.util.ServiceLoader}. */
public interface AllowListProvider {

  /** Returns what references to such stores begin with, such as {@code dynamodb}, without colon. */
  Set<String> schemes();

  /**
   * Returns the allow list that a reference means. It does not connect: that is done by the first
   * who asks, and a store that is not there is no error here.
   *
   * @param reference the whole reference, such as {@code dynamodb:origins/shop}; not null
   * @param environment the variables of the process, for what the reference does not say; not null
   * @throws IllegalArgumentException if the reference is none; the message says what to write
   */
  EditableAllowList open(String reference, Map<String, String> environment);
}
