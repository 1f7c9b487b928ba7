package dev.corsage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A control group of Linux whose processes get no more than a part of a processor. It is created
 * below the one of this process, and removed again.
 */
record CpuLimit(Path folder) implements AutoCloseable {
  private static final int TRIES = 200;
  private static final long TRY_MILLIS = 10;

  /**
   * Makes one.
   *
   * @throws IOException if there are no such groups here, or this process may not create one
   */
  static CpuLimit of(CpuQuota quota) throws IOException {
    CpuGroups groups =
        CpuGroups.find(
                Files.readAllLines(Path.of("/proc/self/mounts")),
                Files.readAllLines(Path.of("/proc/self/cgroup")))
            .orElseThrow(() -> new NoSuchFileException("a control group for processors"));
    Path folder = groups.folder().resolve("corsage-bench-" + ProcessHandle.current().pid());
    Files.createDirectory(folder);
    CpuLimit limit = new CpuLimit(folder);
    try {
      for (Map.Entry<String, String> setting : groups.settings(quota).entrySet()) {
        Path file = folder.resolve(setting.getKey());
        if (!Files.exists(file)) {
          throw new NoSuchFileException(file.toString());
        }
        Files.writeString(file, setting.getValue());
      }
      return limit;
    } catch (IOException notOurs) {
      limit.close();
      throw notOurs;
    }
  }

  /** Returns the command that starts a process within the group. */
  List<String> within(List<String> command) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("/bin/sh", "-c", "echo $$ >\"$0\" && exec \"$@\""));
    all.add(folder.resolve("cgroup.procs").toString());
    all.addAll(command);
    return all;
  }

  @Override
  public void close() throws IOException {
    for (int i = 1; i < TRIES; i++) {
      try {
        Files.delete(folder);
        return;
      } catch (IOException busy) {
        // A process that was killed may take a moment to leave.
        pause();
      }
    }
    Files.delete(folder);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(TRY_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
