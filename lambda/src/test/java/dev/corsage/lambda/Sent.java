package dev.corsage.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What an invoker gets. */
final class Sent {
  private Sent() {}

  static byte[] bytes(ReadyResponse response) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try {
      response.writeTo(sent);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return sent.toByteArray();
  }

  static String text(ReadyResponse response) {
    return new String(bytes(response), StandardCharsets.UTF_8);
  }
}
