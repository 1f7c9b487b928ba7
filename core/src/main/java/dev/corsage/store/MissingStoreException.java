package dev.corsage.store;

/** A reference is right, and the store that it names is not on the class path. */
public final class MissingStoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The name of the store's archive. */
  private final String archive;

  MissingStoreException(StoreReference reference, String archive) {
    super(
        "\""
            + reference
            + "\" needs the store "
            + archive
            + ", which is not on the class path. Make an archive that has it:"
            + " ./corsage package --store "
            + archive
            + ".");
    this.archive = archive;
  }

  /** Returns the value of {@code ./corsage package --store} that includes the store; not null. */
  public String archive() {
    return archive;
  }
}
