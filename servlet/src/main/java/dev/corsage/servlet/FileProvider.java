package dev.corsage.servlet;

import dev.corsage.store.PolicySource;
import dev.corsage.store.PolicySourceProvider;
import dev.corsage.store.StoreReference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Opens policy documents in files that are read again, {@code file:/etc/corsage/policy.json}.
 * Called by {@link java.util.ServiceLoader}. In a function there is nothing to read again: its
 * archive does not change.
 */
public final class FileProvider implements PolicySourceProvider {
  private static final String EXAMPLE = "file:/etc/corsage/policy.json";

  /** Creates it; called by {@link java.util.ServiceLoader}. */
  public FileProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public PolicySource open(StoreReference reference, Map<String, String> environment) {
    reference.checkOptions();
    if (reference.target().isEmpty()) {
      throw reference.malformed("it has no path", EXAMPLE);
    }
    try {
      return new PolicyFile(Path.of(reference.target()));
    } catch (InvalidPathException invalid) {
      throw reference.malformed("it is not a path", EXAMPLE);
    }
  }
}
