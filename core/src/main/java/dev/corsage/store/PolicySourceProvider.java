package dev.corsage.store;

import java.util.Map;
import java.util.Set;

/** Opens policy documents in one kind of store. Found with {@link java.util.ServiceLoader}. */
public interface PolicySourceProvider {

  /** Returns what references to such documents begin with, such as {@code ssm}, without colon. */
  Set<String> schemes();

  /**
   * Returns the source that a reference means. It does not connect.
   *
   * @param reference the whole reference, such as {@code ssm:/shop/cors}; not null
   * @param environment the variables of the process, for what the reference does not say; not null
   * @throws IllegalArgumentException if the reference is none; the message says what to write
   */
  PolicySource open(String reference, Map<String, String> environment);
}
