package dev.corsage.generate;

import java.util.Objects;

/**
 * A file that was generated.
 *
 * @param path its name, relative to the folder of all of them, such as {@code cors.mjs}; not null
 * @param content its text, in UTF-8 and with line feeds; not null
 */
public record GeneratedFile(String path, String content) {
  /** Creates it; no argument may be null. */
  public GeneratedFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(content, "content");
  }
}
