package dev.corsage.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A packaged function and the way it is started.
 *
 * @param name what it is, and on what it runs
 * @param archiveBytes the size of its archive
 */
record ColdSubject(
    String name,
    List<String> command,
    Path folder,
    Map<String, String> variables,
    long archiveBytes) {

  /** Returns the same function started by another command and with other variables. */
  ColdSubject with(List<String> otherCommand, Map<String, String> otherVariables) {
    return new ColdSubject(name, otherCommand, folder, otherVariables, archiveBytes);
  }
}
