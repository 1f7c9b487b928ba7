package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The preflight function as it is rehearsed when the AOT cache of its custom runtime is made: it is
 * configured in every way at once, so that all that any configuration needs is in the cache.
 *
 * <p>Safe for use by many threads.
 */
public final class TrainingRun implements RequestStreamHandler {
  private final PreflightHandler handler = new PreflightHandler();

  private final List<PreflightHandler> others =
      List.of(
          new PreflightHandler(Map.of("ALLOWED_ORIGINS", "*")),
          new PreflightHandler(
              Map.of(
                  "ALLOWED_ORIGINS", "https://app.example.com",
                  "ALLOW_CREDENTIALS", "true",
                  "REFUSED_ORIGIN", "https://app.example.com")),
          new PreflightHandler(
              Map.of(
                  "CORS_POLICY",
                  """
                  {"origins": ["https://app.example.com", "https://*.preview.example.net",
                   {"regex": "https://build-[0-9]+\\\\.example\\\\.org"}],
                   "methods": ["PUT"], "requestHeaders": ["authorization", "content-type"],
                   "exposedHeaders": ["etag"], "credentials": true, "maxAgeSeconds": 7200,
                   "preflightStatus": 200, "refused": {"status": 400}}
                  """)));

  /** Creates the handler from the process's environment, as {@link PreflightHandler} is. */
  public TrainingRun() {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    for (PreflightHandler other : others) {
      other.handleRequest(
          new ByteArrayInputStream(event), OutputStream.nullOutputStream(), context);
    }
    handler.handleRequest(new ByteArrayInputStream(event), output, context);
  }
}
