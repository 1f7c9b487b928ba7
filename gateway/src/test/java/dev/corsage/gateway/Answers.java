package dev.corsage.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.stream.Collectors;

/** Functions' answers, read and written down for tables to compare with. */
final class Answers {
  private Answers() {}

  static FunctionAnswer read(ApiType type, String answer) throws IOException {
    return FunctionAnswer.read(type, answer.getBytes(UTF_8));
  }

  /** Returns the lines of the headers as {@code a: 1 // b: 2}. */
  static String headers(FunctionAnswer answer) {
    return answer.headers().stream()
        .map(field -> field.name() + ": " + field.value())
        .collect(Collectors.joining(" // "));
  }

  static String body(FunctionAnswer answer) {
    return new String(answer.body(), UTF_8);
  }
}
