package dev.corsage.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.util.Map;

/**
 * Runs a function: makes its handler, then takes one event after the other until the process is
 * ended.
 */
public final class Main {
  private Main() {}

  /** Runs the handler that {@code _HANDLER} names; ends with status 1 if its init fails. */
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
      client.reportInitError(ErrorReport.of(failure, "Runtime.BadFunctionCode"));
      // Without it, threads that the handler's class has started would keep the process.
      System.exit(1);
      return;
    }
    new InvocationLoop(client, handler, log, environment).run();
  }
}
