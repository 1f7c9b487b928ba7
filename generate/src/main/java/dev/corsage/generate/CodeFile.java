package dev.corsage.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Code that is the same for every policy. It is written in its own language, in a file of its own
 * beside the classes, so that it can be read and checked as such.
 */
final class CodeFile {
  private CodeFile() {}

  /** Returns the text of a file, such as {@code lambda.mjs}. */
  static String read(String name) {
    try (InputStream file = CodeFile.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("The archive has no file " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
