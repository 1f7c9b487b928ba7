package dev.corsage.gateway.demo;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Stands in for a function of a template whose code is not here: answers every request with 200.
 * With a policy in its environment it is wrapped, as the function is meant to be; without one it
 * has no CORS headers, as most functions have none.
 */
public final class StandIn implements RequestStreamHandler {
  private static final JsonFactory JSON = new JsonFactory();

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
    DemoRequest request = DemoRequest.read(input);
    try (JsonGenerator out = JSON.createGenerator(output)) {
      out.writeStartObject();
      out.writeNumberField("statusCode", 200);
      out.writeObjectFieldStart("headers");
      out.writeStringField("Content-Type", "text/plain; charset=utf-8");
      out.writeEndObject();
      out.writeStringField("body", "stands in: " + request.method() + " " + request.path() + "\n");
      out.writeEndObject();
    }
  }
}
