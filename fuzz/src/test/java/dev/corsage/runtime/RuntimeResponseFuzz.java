package dev.corsage.runtime;

import static dev.corsage.fuzz.Input.check;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A response of the Runtime API is read in one way, or refused; nothing else. */
public final class RuntimeResponseFuzz {
  private RuntimeResponseFuzz() {}

  /** The input is the response, with LF in place of each CR LF. */
  public static void fuzzerTestOneInput(byte[] input) {
    byte[] wire = new String(input, ISO_8859_1).replace("\n", "\r\n").getBytes(ISO_8859_1);
    HttpResponse response;
    try {
      response = HttpResponseReader.read(new ByteArrayInputStream(wire));
    } catch (IOException refused) {
      check(refused.getMessage().startsWith("The Runtime API "), refused.getMessage());
      return;
    }
    check(response.status() >= 200 && response.status() < 600, response.status());
    check(response.body().length <= wire.length, response.body().length);
    checkReadAgain(response);
  }

  /** The same response, written with a length, is the same, whatever follows. */
  private static void checkReadAgain(HttpResponse response) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(response.status()).append("\r\n");
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.equals("transfer-encoding") && !name.equals("content-length")) {
                head.append(name).append(": ").append(value).append("\r\n");
              }
            });
    head.append("content-length: ").append(response.body().length).append("\r\n\r\n");
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(head.toString().getBytes(ISO_8859_1));
    wire.writeBytes(response.body());
    wire.writeBytes("HTTP/1.1 500 Next\r\n\r\n".getBytes(ISO_8859_1));
    try {
      HttpResponse again = HttpResponseReader.read(new ByteArrayInputStream(wire.toByteArray()));
      check(again.status() == response.status(), head);
      check(Arrays.equals(again.body(), response.body()), head);
      check(
          again
              .headers()
              .keySet()
              .containsAll(
                  response.headers().keySet().stream()
                      .filter(name -> !name.equals("transfer-encoding"))
                      .toList()),
          head);
    } catch (IOException refused) {
      throw new AssertionError(head.toString(), refused);
    }
  }
}
