package dev.corsage.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the fuzzer hands in: text in lines, so that people can read and write inputs too. */
public final class Input {
  private Input() {}

  /** Returns the input as text. */
  public static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /**
   * Returns so many lines of the input; the last has the rest, those that are missing are empty.
   */
  public static List<String> lines(byte[] input, int count) {
    List<String> lines = new ArrayList<>(List.of(text(input).split("\n", count)));
    while (lines.size() < count) {
      lines.add("");
    }
    return lines;
  }

  /** Makes a finding of what does not hold. */
  public static void check(boolean holds, Object... about) {
    if (!holds) {
      throw new AssertionError(List.of(about).toString());
    }
  }
}
