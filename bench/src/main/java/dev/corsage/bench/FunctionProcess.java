package dev.corsage.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** One start of a function's process, and its cost. */
final class FunctionProcess {
  private static final long TIMEOUT_SECONDS = 120;

  /**
   * The cost of one start.
   *
   * @param firstMillis from the start of the process to its first response
   * @param cpuMillis the processor's time until then, of all threads
   * @param peakKilobytes the most memory that was resident, until its last response
   * @param warmNanos the time of each response after the first
   */
  record Sample(double firstMillis, double cpuMillis, long peakKilobytes, List<Long> warmNanos) {}

  private record Usage(double cpuMillis, long peakKilobytes) {}

  private FunctionProcess() {}

  /**
   * Starts the process, hands it the event some times, and ends it.
   *
   * @throws IllegalStateException if a response is wrong or missing
   */
  static Sample run(ColdSubject subject, byte[] event, int events)
      throws IOException, InterruptedException {
    AtomicReference<Process> process = new AtomicReference<>();
    AtomicReference<Usage> first = new AtomicReference<>();
    Path output = Files.createTempFile("corsage-bench-", ".log");
    try (StopwatchApi api =
        new StopwatchApi(
            event, ColdStarts.ORIGIN, events, () -> first.set(usage(process.get().pid())))) {
      ProcessBuilder builder = builder(subject, api).redirectOutput(output.toFile());
      long start = System.nanoTime();
      process.set(builder.start());
      List<Long> nanos = api.responded().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return new Sample(
          (nanos.get(0) - start) / 1e6,
          first.get().cpuMillis,
          usage(process.get().pid()).peakKilobytes,
          nanos.subList(1, nanos.size()));
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException(
          subject.name() + " does not respond: " + Files.readString(output), failed);
    } finally {
      if (process.get() != null) {
        process.get().destroyForcibly().waitFor();
      }
      Files.delete(output);
    }
  }

  /**
   * Starts the process for one event, and lets it end by itself when the Runtime API does: a JVM
   * writes its cache at its end.
   *
   * @throws IllegalStateException if the response is wrong or missing
   */
  static void train(ColdSubject subject, byte[] event) throws IOException, InterruptedException {
    Process process = null;
    try {
      try (StopwatchApi api = new StopwatchApi(event, ColdStarts.ORIGIN, 1, () -> {})) {
        process = builder(subject, api).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        api.responded().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(subject.name() + " does not end as it should.");
      }
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException(subject.name() + " does not respond.", failed);
    } finally {
      if (process != null) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** Returns how a function is started: with its own variables, and no others. */
  private static ProcessBuilder builder(ColdSubject subject, StopwatchApi api) {
    ProcessBuilder builder = new ProcessBuilder(subject.command());
    builder.directory(subject.folder().toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(subject.variables());
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    return builder;
  }

  /** Reads what the kernel has counted. */
  private static Usage usage(long pid) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try (Stream<Path> threads = Files.list(proc.resolve("task"))) {
      double nanos = 0;
      for (Path thread : threads.toList()) {
        nanos += busyNanos(thread);
      }
      return new Usage(nanos / 1e6, Machine.peakKilobytes(proc));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static double busyNanos(Path thread) throws IOException {
    try {
      String[] counted = Files.readString(thread.resolve("schedstat")).split(" ", -1);
      return Double.parseDouble(counted[0]);
    } catch (IOException ended) {
      // JVMs end idle compiler threads at any time: NoSuchFileException, or "No such process".
      if (Files.exists(thread)) {
        throw ended;
      }
      return 0;
    }
  }
}
