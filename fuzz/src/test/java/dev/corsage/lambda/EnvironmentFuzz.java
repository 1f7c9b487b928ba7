package dev.corsage.lambda;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.fuzz.Input;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Variables write a policy, or it is told what is wrong with them; no entry is lost. */
public final class EnvironmentFuzz {
  private EnvironmentFuzz() {}

  /** The lines of the input are {@code NAME=value}; a tab stands for the end of a line. */
  public static void fuzzerTestOneInput(byte[] input) {
    Map<String, String> environment = new HashMap<>();
    for (String line : Input.text(input).split("\n", -1)) {
      String[] parts = line.split("=", 2);
      // The file system is not what is fuzzed.
      if (parts.length == 2 && !parts[0].equals("CORS_POLICY_FILE")) {
        environment.put(parts[0], parts[1].replace('\t', '\n'));
      }
    }
    checkSplit(environment.getOrDefault("ALLOWED_ORIGINS", ""));
    environment.keySet().forEach(EnvironmentPolicy::concerns);
    try {
      check(EnvironmentPolicy.read(environment).warnings().stream().noneMatch(Problem::isError));
    } catch (InvalidPolicyException refused) {
      check(refused.problems().stream().anyMatch(Problem::isError), environment);
      DocumentFuzz.checkProblems(refused.problems());
    }
  }

  private static void checkSplit(String list) {
    List<String> entries = VariableLists.split(list);
    check(!entries.contains(""), list);
    check(
        withoutSeparators(String.join("", entries)).equals(withoutSeparators(list)), list, entries);
    for (String entry : entries) {
      check(entry.startsWith("/") || withoutSeparators(entry).equals(entry), list, entry);
    }
  }

  private static String withoutSeparators(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .filter(c -> c != ',' && !Character.isWhitespace(c))
        .forEach(c -> out.append((char) c));
    return out.toString();
  }
}
