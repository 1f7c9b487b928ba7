package dev.corsage.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.util.Map;

/** Runs a function: creates its handler, then takes one event after the other. */
public final class Main {
  private Main() {}

  /** Runs the handler that {@code _HANDLER} names; exits with status 1 if its init fails. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> environment = System.getenv();
    RuntimeClient client = new RuntimeClient(environment.get("AWS_LAMBDA_RUNTIME_API"));
    FunctionLog log = FunctionLog.of(environment, System.out);
    RequestStreamHandler handler;
    try {
      log.install();
      handler = Handlers.load(environment.get("_HANDLER"));
    } catch (Throwable failure) {
      log.logFailure(failure);
      client.reportInitError(new ErrorReport(failure, "Runtime.BadFunctionCode"));
      // Explicitly: threads that the handler has started would keep the process alive.
      System.exit(1);
      return;
    }
    new InvocationLoop(client, handler, log, environment).run();
  }
}
