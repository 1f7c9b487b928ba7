package dev.corsage.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.stream.Collectors;

/** Functions' answers, read and written down for tables to compare with. */
final class Responses {
  private Responses() {}

  static FunctionResponse read(ApiType type, String response) throws IOException {
    return FunctionResponse.read(type, response.getBytes(UTF_8));
  }

  /** Returns the lines of the headers as {@code a: 1 // b: 2}. */
  static String headers(FunctionResponse response) {
    return response.headers().stream()
        .map(field -> field.name() + ": " + field.value())
        .collect(Collectors.joining(" // "));
  }

  static String body(FunctionResponse response) {
    return new String(response.body(), UTF_8);
  }
}
