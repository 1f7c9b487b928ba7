package dev.corsage.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A function of a user's own within the wrapper; its response has the event that it was given. */
public final class WrappedFunction implements RequestStreamHandler {
  private final RequestStreamHandler handler =
      Cors.wrap(EnvironmentPolicy.read(System.getenv()), WrappedFunction::response);

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    handler.handleRequest(input, output, context);
  }

  /** With headers of CORS as people write them, which are not to get out. */
  private static void response(InputStream input, OutputStream output, Context context)
      throws IOException {
    String body = Base64.getEncoder().encodeToString(input.readAllBytes());
    String response =
        "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\","
            + "\"Vary\":\"Accept-Encoding\",\"access-control-allow-origin\":\"*\"},"
            + "\"cookies\":[\"a=1\",\"b=2\"],\"body\":\""
            + body
            + "\",\"isBase64Encoded\":true}";
    output.write(response.getBytes(StandardCharsets.UTF_8));
  }
}
