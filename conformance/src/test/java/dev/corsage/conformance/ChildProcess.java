package dev.corsage.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that a test needs, and that ends with it. */
final class ChildProcess implements AutoCloseable {
  private static final int SECONDS_TO_START = 60;
  private static final int SECONDS_TO_END = 10;
  private static final int LINES_KEPT = 30;

  private final Process process;
  private final Thread onExit;
  private final String greeting;

  private ChildProcess(Process process, Thread onExit, String greeting) {
    this.process = process;
    this.onExit = onExit;
    this.greeting = greeting;
  }

  /**
   * Starts a program.
   *
   * @param ready a line that it prints when it is ready
   * @throws IOException if it cannot be started, or does not print such a line in time
   */
  static ChildProcess start(ProcessBuilder builder, Pattern ready)
      throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    Thread onExit = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(onExit);
    Deque<String> lines = new ArrayDeque<>();
    CompletableFuture<String> greeting = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, ready, lines, greeting));
    reader.setDaemon(true);
    reader.start();
    try {
      return new ChildProcess(process, onExit, greeting.get(SECONDS_TO_START, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException failed) {
      end(process);
      Runtime.getRuntime().removeShutdownHook(onExit);
      synchronized (lines) {
        throw new IOException(
            builder.command().get(0) + " did not start. It printed: " + List.copyOf(lines), failed);
      }
    }
  }

  /** Reads until the end: a program whose output nobody reads stops when the pipe is full. */
  private static void read(
      Process process, Pattern ready, Deque<String> lines, CompletableFuture<String> greeting) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = out.readLine()) != null; ) {
        synchronized (lines) {
          lines.add(line);
          if (lines.size() > LINES_KEPT) {
            lines.remove();
          }
        }
        Matcher matcher = ready.matcher(line);
        if (matcher.find()) {
          greeting.complete(matcher.group());
        }
      }
      greeting.completeExceptionally(new IOException("It ended"));
    } catch (IOException | UncheckedIOException failed) {
      greeting.completeExceptionally(failed);
    }
  }

  /** Returns what it printed when it was ready: what the pattern found. */
  String greeting() {
    return greeting;
  }

  /** Waits until it has ended by itself; ends it if it does not. */
  void awaitEnd() {
    try {
      process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public void close() {
    end(process);
    Runtime.getRuntime().removeShutdownHook(onExit);
  }

  private static void end(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
