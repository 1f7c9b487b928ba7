package com.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

public final class Orders implements RequestStreamHandler {
  private final RequestStreamHandler handler =
      Cors.wrap(EnvironmentPolicy.read(System.getenv()), Orders::order);

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    handler.handleRequest(input, output, context);
  }

  private static void order(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write("{\"statusCode\": 200, \"body\": \"[]\"}".getBytes(StandardCharsets.UTF_8));
  }
}
