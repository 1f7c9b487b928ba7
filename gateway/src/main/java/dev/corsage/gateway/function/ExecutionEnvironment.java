package dev.corsage.gateway.function;

import dev.corsage.gateway.function.FunctionException.Cause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One process of a function and the Runtime API it talks to, from its start to its end; what AWS
 * calls an <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">execution
 * environment</a>. The unpacked archive is the working directory.
 */
final class ExecutionEnvironment implements AutoCloseable {
  /** The limit of AWS for the init phase. */
  static final Duration INIT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration END_TIMEOUT = Duration.ofSeconds(60);

  /** They are there at once, unless processes that it has started hold its output open. */
  private static final Duration LAST_LINES_TIMEOUT = Duration.ofSeconds(2);

  private final RuntimeApi api = new RuntimeApi();
  private final Consumer<String> output;
  private Process process;
  private Thread reader;

  private ExecutionEnvironment(Consumer<String> output) {
    // Clients name the address when they do not get on, and functions print their environment.
    this.output = line -> output.accept(api.withoutSecret(line));
  }

  /**
   * Starts a process and waits until it asks for its first event.
   *
   * @throws FunctionException if its init fails, with the message of the function
   */
  static ExecutionEnvironment start(
      List<String> command,
      String handler,
      Path folder,
      Map<String, String> variables,
      Duration initTimeout,
      Consumer<String> output)
      throws FunctionException, IOException {
    ExecutionEnvironment environment = launch(command, handler, folder, variables, output);
    try {
      environment.awaitInit(initTimeout);
      return environment;
    } catch (FunctionException | IOException failed) {
      environment.close();
      throw failed;
    }
  }

  /** Starts a process, whose init is still to {@linkplain #awaitInit wait} for. */
  static ExecutionEnvironment launch(
      List<String> command,
      String handler,
      Path folder,
      Map<String, String> variables,
      Consumer<String> output)
      throws IOException {
    ExecutionEnvironment environment = new ExecutionEnvironment(output);
    try {
      environment.api.open();
      environment.launch(command, handler, folder, variables);
      return environment;
    } catch (IOException failed) {
      environment.close();
      throw failed;
    }
  }

  private void launch(
      List<String> command, String handler, Path folder, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    // Nothing of this machine's environment: a function that works here must not depend on it.
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(variables);
    environment.put("_HANDLER", handler);
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "corsage-local");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    environment.putIfAbsent("AWS_REGION", "us-east-1");
    environment.put("LAMBDA_TASK_ROOT", folder.toString());
    environment.put("LANG", "en_US.UTF-8");
    environment.put("TZ", ":UTC");
    process = builder.start();
    CompletableFuture<Void> unused =
        process.onExit().thenAccept(ended -> api.processEnded(ended.exitValue()));
    reader = new Thread(this::copyOutput, "corsage-function-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void copyOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(output);
    } catch (IOException | UncheckedIOException ended) {
      // The process was destroyed while it wrote; its end is reported by onExit.
      return;
    }
  }

  /**
   * Waits until the process asks for its first event.
   *
   * @throws FunctionException if its init fails, with the message of the function
   */
  void awaitInit(Duration timeout) throws FunctionException, IOException {
    await(
        api.ready(),
        timeout,
        Cause.INIT,
        "The init took longer than " + timeout.toSeconds() + " seconds.");
  }

  /** Tells whether the process can take another event. */
  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Returns the function's response to an event; one at a time.
   *
   * @throws FunctionException if it gives none
   */
  FunctionResponse invoke(byte[] event, Duration timeout) throws FunctionException, IOException {
    CompletableFuture<FunctionResponse> response = new CompletableFuture<>();
    String requestId = UUID.randomUUID().toString();
    output.accept("START RequestId: " + requestId + " Version: $LATEST");
    long start = System.nanoTime();
    long deadline = System.currentTimeMillis() + timeout.toMillis();
    api.offer(new RuntimeApi.Invocation(requestId, event, deadline, response));
    try {
      return await(
          response,
          timeout,
          Cause.TIMED_OUT,
          "Task timed out after " + timeout.toMillis() / 1000.0 + " seconds.");
    } finally {
      double millis = (System.nanoTime() - start) / 1e6;
      output.accept("END RequestId: " + requestId);
      output.accept(
          String.format(Locale.ROOT, "REPORT RequestId: %s Duration: %.2f ms", requestId, millis));
    }
  }

  private static <T> T await(
      CompletableFuture<T> future, Duration timeout, Cause onTimeout, String message)
      throws FunctionException, IOException {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new FunctionException(onTimeout, message);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof FunctionException reason) {
        throw reason;
      }
      throw new IOException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a function was running", interrupted);
    }
  }

  /** Asks the process to end, and waits until it has. */
  void end() throws IOException {
    // By its handle, here as below: the process's own method closes its output, and what it has
    // written until then would be lost.
    List<ProcessHandle> descendants = descendants();
    process.toHandle().destroy();
    try {
      if (!process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("The function does not end");
      }
      descendants.forEach(ProcessHandle::destroyForcibly);
      // Its last lines may not have been read yet.
      reader.join(END_TIMEOUT.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a function was ending", interrupted);
    }
  }

  /** Returns the processes that it has started; to be asked while it runs, or nobody knows them. */
  private List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      List<ProcessHandle> descendants = descendants();
      process.toHandle().destroyForcibly();
      descendants.forEach(ProcessHandle::destroyForcibly);
      try {
        reader.join(LAST_LINES_TIMEOUT.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
    }
    api.close();
  }
}
