package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.ApiType;
import java.io.IOException;
import java.util.stream.Collectors;

/** Functions' answers, read and written down for tables to compare with. */
final class Responses {
  private Responses() {}

  static ApiResponse read(ApiType type, String response) throws IOException {
    return ResponseReader.read(type, response.getBytes(UTF_8));
  }

  /** Returns the lines of the headers as {@code a: 1 // b: 2}. */
  static String headers(ApiResponse response) {
    return response.headers().stream()
        .map(field -> field.name() + ": " + field.value())
        .collect(Collectors.joining(" // "));
  }

  static String body(ApiResponse response) {
    return new String(response.body(), UTF_8);
  }
}
