package dev.corsage.gateway.function;

import dev.corsage.gateway.function.FunctionException.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A packaged function, invoked as Lambda would: its process is started once, gets one event at a
 * time, and is replaced when it ended, took too long, or its archive was written again. Safe for
 * use by many threads.
 */
public final class LocalFunction implements AutoCloseable {
  private final String name;
  private final String handler;
  private final FunctionFiles files;
  private final Interpreter interpreter;
  private final Path runtimeInterfaceClient;
  private volatile Map<String, String> variables;
  private final Duration timeout;
  private final Consumer<String> output;

  /** One event at a time, in the order of their arrival. */
  private final ReentrantLock turn = new ReentrantLock(true);

  /** These two change in the function's turn alone. */
  private FunctionFiles.Stamp stamp;

  private volatile FunctionArchive archive;
  private volatile ExecutionEnvironment environment;
  private volatile boolean closed;

  /**
   * Creates a function; {@link #start} starts it.
   *
   * @param name its name in the log
   * @param handler the class that Lambda would be configured with
   * @param files its files, as they are deployed
   * @param interpreter what runs them; null if a JVM does, or a bootstrap of their own
   * @param runtimeInterfaceClient the folder with the jars of AWS's runtime interface client
   * @param variables its environment
   * @param timeout how long it may take for an event
   * @param output takes every line of the function's log, and the platform's own
   * @throws IOException if the files cannot be read
   */
  public LocalFunction(
      String name,
      String handler,
      FunctionFiles files,
      Interpreter interpreter,
      Path runtimeInterfaceClient,
      Map<String, String> variables,
      Duration timeout,
      Consumer<String> output)
      throws IOException {
    this.name = name;
    this.handler = handler;
    this.files = files;
    // Before it is read: what is written meanwhile is newer.
    this.stamp = files.stamp();
    this.archive = FunctionArchive.open(files);
    this.interpreter = interpreter;
    this.runtimeInterfaceClient = runtimeInterfaceClient;
    this.variables = Map.copyOf(variables);
    this.timeout = timeout;
    this.output = output;
  }

  /** Returns the name that it was created with. */
  public String name() {
    return name;
  }

  /**
   * Starts the process and waits for its init.
   *
   * @throws FunctionException if the init fails; the message says why
   */
  public void start() throws FunctionException, IOException {
    ExecutionEnvironment launched =
        ExecutionEnvironment.launch(
            interpreter == null
                ? FunctionCommand.of(
                    archive.task(), archive.temporary(), runtimeInterfaceClient, handler)
                : interpreter.command(archive.client(), handler),
            handler,
            archive.task(),
            environment(),
            output);
    // Before its init: whoever closes the function ends the process, or it is ended here.
    environment = launched;
    try {
      if (closed) {
        throw closing();
      }
      launched.awaitInit(ExecutionEnvironment.INIT_TIMEOUT);
    } catch (FunctionException | IOException failed) {
      closeEnvironment();
      throw failed;
    }
  }

  private static FunctionException closing() {
    return new FunctionException(Cause.DIED, "The gateway is closing.");
  }

  /** Returns the variables of its environment; unmodifiable. */
  public Map<String, String> variables() {
    return variables;
  }

  /** Writes a line into its log. */
  void log(String line) {
    output.accept(line);
  }

  private Map<String, String> environment() {
    if (interpreter == null) {
      return variables;
    }
    Map<String, String> all = new HashMap<>(variables);
    // As on AWS, where functions find the programs of the system; and /tmp, which here is another.
    all.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
    all.put("TMPDIR", archive.temporary().toString());
    // Nothing is written beside the sources.
    all.putIfAbsent("PYTHONDONTWRITEBYTECODE", "1");
    return all;
  }

  /**
   * Returns the response to an event; waits for the events before it. The timeout begins when its
   * turn comes.
   *
   * @throws FunctionException if there is no response; the next event gets a process again
   */
  FunctionResponse invoke(byte[] event) throws FunctionException, IOException {
    turn.lock();
    try {
      if (closed) {
        throw closing();
      }
      reloadIfChanged();
      if (environment == null || !environment.isAlive()) {
        closeEnvironment();
        start();
      }
      return environment.invoke(event, timeout);
    } catch (FunctionException failed) {
      failed.log(output);
      if (failed.reason() == Cause.TIMED_OUT) {
        // It is still busy with the event; the next one gets a new process.
        closeEnvironment();
      }
      throw failed;
    } finally {
      turn.unlock();
    }
  }

  /** While a build writes the archive it cannot be read: the one before goes on until it can. */
  private void reloadIfChanged() throws IOException {
    FunctionFiles.Stamp now = files.stamp();
    if (now == null || now.equals(stamp)) {
      return;
    }
    FunctionArchive written;
    try {
      written = FunctionArchive.open(files);
    } catch (IOException incomplete) {
      log(files.path() + " has changed and cannot be read yet: " + incomplete.getMessage());
      return;
    }
    log(files.path() + " has changed: the function starts again");
    closeEnvironment();
    archive.close();
    archive = written;
    stamp = now;
    if (closed) {
      written.close();
    }
  }

  /**
   * Ends the process and starts one with another environment, between two events. If that does not
   * start, the next event gets a process with the former environment.
   *
   * @throws FunctionException if the init fails; the message says why
   */
  public void restart(Map<String, String> environmentVariables)
      throws FunctionException, IOException {
    turn.lock();
    try {
      Map<String, String> former = variables;
      closeEnvironment();
      variables = Map.copyOf(environmentVariables);
      try {
        start();
      } catch (FunctionException | IOException failed) {
        variables = former;
        throw failed;
      }
    } finally {
      turn.unlock();
    }
  }

  private void closeEnvironment() throws IOException {
    if (environment != null) {
      environment.close();
      environment = null;
    }
  }

  @Override
  public void close() throws IOException {
    // Without waiting for a turn: closing ends an event that is still running.
    closed = true;
    ExecutionEnvironment running = environment;
    if (running != null) {
      running.close();
    }
    archive.close();
  }
}
