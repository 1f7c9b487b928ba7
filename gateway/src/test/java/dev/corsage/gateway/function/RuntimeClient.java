package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Talks to the Runtime API as the runtime interface client of a function does. */
final class RuntimeClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  RuntimeClient(RuntimeApi api) {
    base = "http://" + api.address() + "/2018-06-01/runtime/";
  }

  CompletableFuture<HttpResponse<byte[]>> next() {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + "invocation/next")).build();
    return http.sendAsync(request, BodyHandlers.ofByteArray());
  }

  /** Posts a report and returns the status of the response. */
  int post(String operation, String body, String... headers)
      throws IOException, InterruptedException {
    return post(operation, body.getBytes(UTF_8), headers);
  }

  int post(String operation, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + operation)).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString()).statusCode();
  }
}
