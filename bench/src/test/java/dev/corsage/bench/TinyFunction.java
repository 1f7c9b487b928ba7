package dev.corsage.bench;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A function of the smallest kind, in a process of its own: every preflight is allowed. */
final class TinyFunction {
  private TinyFunction() {}

  public static void main(String[] arguments) throws Exception {
    String api =
        "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";
    byte[] response =
        ("{\"statusCode\":204,\"headers\":{\"Access-Control-Allow-Origin\":\""
                + ColdStarts.ORIGIN
                + "\"}}")
            .getBytes(StandardCharsets.UTF_8);
    while (true) {
      HttpURLConnection next = open(api + "next");
      try (InputStream event = next.getInputStream()) {
        event.readAllBytes();
      }
      String id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
      HttpURLConnection respond = open(api + id + "/response");
      respond.setDoOutput(true);
      try (OutputStream out = respond.getOutputStream()) {
        out.write(response);
      }
      try (InputStream accepted = respond.getInputStream()) {
        accepted.readAllBytes();
      }
    }
  }

  private static HttpURLConnection open(String url) throws Exception {
    return (HttpURLConnection) URI.create(url).toURL().openConnection();
  }
}
