package dev.corsage.cli.terminal;

import dev.corsage.Problem;

/**
 * A problem and where it is written. Immutable.
 *
 * @param problem its field is a place within the file
 * @param file the path as the user wrote it, or as it is from there; empty if it is in no file
 * @param line from 1; 0 if it is not known
 * @param column where the text of the line begins, or the value, from 1; 0 if it is not known
 * @param where a path in the document, the name of a variable, or resource and property
 */
public record Finding(Problem problem, String file, int line, int column, String where) {

  /** Returns one that is not in a file. */
  public static Finding of(Problem problem) {
    return new Finding(problem, "", 0, 0, problem.field());
  }

  /** Tells whether the line is known. */
  public boolean hasLine() {
    return line > 0;
  }

  /** Returns the problem as it is shown beside those of other files: {@code FILE:LINE WHERE}. */
  public Problem inFile() {
    return file.isEmpty()
        ? problem
        : problem.inField(file + (hasLine() ? ":" + line : "") + " " + where);
  }
}
