package dev.corsage.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Code that is the same for every policy. It is written in its own language, in a file of its own
 * beside the classes, so that it can be read and checked as such.
 */
final class CodeFile {
  private CodeFile() {}

  /**
   * Returns the code with the data of a policy.
   *
   * @param name the name of the resource
   * @param data what stands in the place of each mark, which the code has once
   */
  static String with(String name, Map<String, String> data) {
    String code = read(name);
    for (Map.Entry<String, String> mark : data.entrySet()) {
      int start = code.indexOf(mark.getKey());
      if (start < 0 || start != code.lastIndexOf(mark.getKey())) {
        throw new IllegalStateException(name + " must have " + mark.getKey() + " once");
      }
      code =
          code.substring(0, start)
              + mark.getValue()
              + code.substring(start + mark.getKey().length());
    }
    return code;
  }

  /** Returns how many bytes a text has in a file. */
  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Returns the code of a resource without marks. */
  static String read(String name) {
    try (InputStream in = CodeFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The archive has no file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
