package dev.corsage.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.util.Map;

/** Takes one event after the other, and sends the handler's responses. */
final class InvocationLoop {
  private final RuntimeClient client;
  private final RequestStreamHandler handler;
  private final FunctionLog log;
  private final Map<String, String> environment;

  InvocationLoop(
      RuntimeClient client,
      RequestStreamHandler handler,
      FunctionLog log,
      Map<String, String> environment) {
    this.client = client;
    this.handler = handler;
    this.log = log;
    this.environment = environment;
  }

  /** Runs until the Runtime API is gone, or until the process cannot be trusted any more. */
  void run() throws IOException {
    while (true) {
      Invocation invocation = client.next();
      Throwable failure = handle(invocation);
      if (isFatal(failure)) {
        // Most likely out of memory: Lambda starts another process.
        System.exit(1);
      }
      // An interrupt in one event must not affect the next.
      Thread.interrupted();
    }
  }

  private static boolean isFatal(Throwable failure) {
    return failure instanceof IOError
        || (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError));
  }

  /** Handles one event; returns what the handler threw, or null. */
  private Throwable handle(Invocation invocation) throws IOException {
    InvocationContext context = new InvocationContext(invocation, environment, log);
    log.begin(invocation.requestId());
    ByteArrayOutputStream response = new ByteArrayOutputStream(1024);
    try {
      handler.handleRequest(new ByteArrayInputStream(invocation.event()), response, context);
    } catch (Throwable failure) {
      log.logFailure(failure);
      client.reportError(invocation.requestId(), new ErrorReport(failure, "Runtime.UserException"));
      return failure;
    }
    client.respond(invocation.requestId(), response);
    return null;
  }
}
