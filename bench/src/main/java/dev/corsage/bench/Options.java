package dev.corsage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a benchmark, as they were given. */
final class Options {
  private static final Set<String> FLAGS = Set.of("--quick");

  private final Map<String, String> given = new HashMap<>();

  private Options() {}

  /**
   * Reads options.
   *
   * @param benchmark whose they are
   * @param known those that it has
   * @throws WrongUseException if there is another one, or one without its value
   */
  static Options of(String benchmark, Set<String> known, List<String> words) {
    Options options = new Options();
    for (int i = 0; i < words.size(); i++) {
      String option = words.get(i);
      if (!known.contains(option)) {
        throw new WrongUseException(benchmark + " has no option " + option + ".");
      }
      if (FLAGS.contains(option)) {
        options.given.put(option, "");
      } else if (i + 1 == words.size()) {
        throw new WrongUseException(option + " needs a value.");
      } else {
        options.given.put(option, words.get(++i));
      }
    }
    return options;
  }

  boolean has(String option) {
    return given.containsKey(option);
  }

  /** Returns the path that was given, or null. */
  Path path(String option) {
    return has(option) ? Path.of(given.get(option)) : null;
  }

  /**
   * Returns the number that was given, or another one.
   *
   * @throws WrongUseException if it is none from 1 to {@code most}
   */
  int number(String option, int otherwise, int most) {
    String text = given.getOrDefault(option, Integer.toString(otherwise));
    int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > most) {
      throw new WrongUseException(option + " needs a number from 1 to " + most + ".");
    }
    return number;
  }

  /** Makes what the results go into, before the long wait: what cannot be written is known now. */
  static void prepare(Path json, Path plots) throws IOException {
    if (json != null) {
      Files.writeString(json, "");
    }
    if (plots != null) {
      Files.createDirectories(plots);
    }
  }
}
