package dev.corsage.gateway.demo;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Stands in for a function of a template whose code is not here: responds to every request with
 * 200. With a policy in its environment it is wrapped, as the function should be; without one its
 * responses have no CORS headers.
 */
public final class StandIn implements RequestStreamHandler {
  private final RequestStreamHandler handler;

  /** Creates the function with the policy of its environment, if there is one. */
  public StandIn() {
    handler =
        EnvironmentPolicy.isPolicy(System.getenv())
            ? Cors.wrap(EnvironmentPolicy.read(System.getenv()), StandIn::handle)
            : StandIn::handle;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    handler.handleRequest(input, output, context);
  }

  private static void handle(InputStream input, OutputStream output, Context context)
      throws IOException {
    DemoFunction.response(output, 200, "{\"message\":\"This function stands in for another.\"}");
  }
}
