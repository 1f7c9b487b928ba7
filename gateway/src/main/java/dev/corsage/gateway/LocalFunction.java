package dev.corsage.gateway;

import dev.corsage.gateway.FunctionException.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A packaged function, invoked as Lambda would: its process is started once, gets one event at a
 * time, and is replaced when it died or took too long.
 */
final class LocalFunction implements AutoCloseable {
  private final String name;
  private final String handler;
  private final FunctionFolder folder;
  private final Path runtimeInterfaceClient;
  private final Map<String, String> variables;
  private final Duration timeout;
  private final Consumer<String> output;

  /** One event at a time, in the order of their arrival. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private volatile ExecutionEnvironment environment;
  private volatile boolean closed;

  /**
   * Creates a function; {@link #start} starts it.
   *
   * @param handler the class that Lambda would be configured with
   * @param output takes every line of the function's log, and the platform's own
   */
  LocalFunction(
      String name,
      String handler,
      Path archive,
      Path runtimeInterfaceClient,
      Map<String, String> variables,
      Duration timeout,
      Consumer<String> output)
      throws IOException {
    this.name = name;
    this.handler = handler;
    this.folder = FunctionFolder.unpack(archive);
    this.runtimeInterfaceClient = runtimeInterfaceClient;
    this.variables = Map.copyOf(variables);
    this.timeout = timeout;
    this.output = output;
  }

  String name() {
    return name;
  }

  /** Starts the process and waits for its init. */
  void start() throws FunctionException, IOException {
    environment =
        ExecutionEnvironment.start(
            FunctionCommand.of(folder.path(), runtimeInterfaceClient, handler),
            handler,
            folder.path(),
            variables,
            ExecutionEnvironment.INIT_TIMEOUT,
            output);
  }

  /**
   * Returns the response to an event; waits for those before it. The timeout begins when its turn
   * comes.
   *
   * @throws FunctionException if there is no response; the next event finds a process again
   */
  byte[] invoke(byte[] event) throws FunctionException, IOException {
    turn.lock();
    try {
      if (closed) {
        throw new FunctionException(Cause.DIED, "The gateway is closing.");
      }
      if (environment == null || !environment.isAlive()) {
        closeEnvironment();
        start();
      }
      return environment.invoke(event, timeout);
    } catch (FunctionException failed) {
      output.accept(failed.getMessage());
      if (failed.reason() == Cause.TIMED_OUT) {
        // It is still busy with the event; the next one gets a new process.
        closeEnvironment();
      }
      throw failed;
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
    folder.close();
  }
}
