package dev.corsage.cli.packaging;

import java.util.Locale;
import java.util.Optional;

/**
 * What <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda</a>
 * takes of an archive that is uploaded to it directly.
 */
final class ArchiveSize {
  /** 50 MB, zipped, through the API and the SDKs. */
  private static final long QUOTA = 50L << 20;

  /** From here on one more library is too much. */
  private static final long NEAR = 45L << 20;

  private ArchiveSize() {}

  /** Returns what to say about an archive of a size in bytes, if there is anything to say. */
  static Optional<String> warning(long bytes) {
    if (bytes < NEAR) {
      return Optional.empty();
    }
    String size = String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
    return Optional.of(
        bytes > QUOTA
            ? size + " are more than the 50 MB that Lambda takes directly: upload it to S3."
            : size + " are near the 50 MB that Lambda takes directly; larger archives go to S3.");
  }
}
