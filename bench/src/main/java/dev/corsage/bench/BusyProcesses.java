package dev.corsage.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes that keep the processors busy, as other work on the machine would. */
final class BusyProcesses implements AutoCloseable {
  /** If this process is killed, they end by themselves. */
  private static final String SECONDS_AT_MOST = "1800";

  private final List<Process> processes = new ArrayList<>();

  BusyProcesses(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      processes.add(
          new ProcessBuilder("timeout", SECONDS_AT_MOST, "sh", "-c", "while :; do :; done")
              .start());
    }
  }

  @Override
  public String toString() {
    return processes.size() + " busy processes";
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
