package com.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

public final class Orders implements RequestStreamHandler {
  // set-up
  private final RequestStreamHandler handler =
      dev.corsage.lambda.Cors.wrap(
          dev.corsage.lambda.EnvironmentPolicy.read(System.getenv()), Orders::order);
  // end

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    handler.handleRequest(input, output, context);
  }

  private static void order(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write("{\"statusCode\": 200, \"body\": \"orders\"}".getBytes());
  }
}
