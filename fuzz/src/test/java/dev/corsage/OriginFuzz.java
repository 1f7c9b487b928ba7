package dev.corsage;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.fuzz.Input;

/** An origin is what the naive grammar says, and is said back as it was read. */
public final class OriginFuzz {
  private OriginFuzz() {}

  /** The input is the value of an {@code Origin} header. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Input.text(input);
    Origin origin = Origin.parseOrNull(text);
    check((origin != null) == NaivePattern.isWellFormed(text), text);
    if (origin != null) {
      String port = origin.port() < 0 ? "" : ":" + origin.port();
      check(text.equals(origin.scheme() + "://" + origin.host() + port), text);
    }
  }
}
