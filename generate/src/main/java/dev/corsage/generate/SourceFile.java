package dev.corsage.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Code in the language of a target: a resource beside this class, the same for every policy. */
final class SourceFile {
  private SourceFile() {}

  /**
   * Returns the code with the data of a policy.
   *
   * @param name the name of the resource
   * @param data what stands in the place of each mark, put in one after the other
   */
  static String with(String name, Map<String, String> data) {
    String code = read(name);
    for (Map.Entry<String, String> mark : data.entrySet()) {
      if (!code.contains(mark.getKey())) {
        throw new IllegalStateException(name + " must have " + mark.getKey());
      }
      code = code.replace(mark.getKey(), mark.getValue());
    }
    return code;
  }

  private static String read(String name) {
    try (InputStream in = SourceFile.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
