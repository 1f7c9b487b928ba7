package dev.corsage;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.fuzz.Input;
import java.util.List;

/** Hostile requests are decided as the naive engine decides them, and are shown in safe form. */
public final class DecideFuzz {
  private static final List<NaiveCors> ORACLES =
      List.of(
          new NaiveCors(
              List.of("https://app.example.com", "https://*.example.com", "http://localhost:*"),
              List.of("PUT", "DELETE"),
              List.of("authorization", "content-type"),
              List.of("etag"),
              true,
              600,
              false,
              null),
          new NaiveCors(
              List.of("https://qa-*.a.test", "/https://pr-[0-9]+(-[a-z]+)*\\.b\\.test/", "app://a"),
              List.of("*"),
              List.of("*"),
              List.of(),
              true,
              null,
              true,
              "app://a"),
          new NaiveCors(
              List.of("null", "https://*.a.test.:8443", "http://[::1]:3000"),
              List.of("*", "patch"),
              List.of("*", "authorization"),
              List.of("*"),
              false,
              -1,
              true,
              null),
          new NaiveCors(
              List.of("*", "https://a.test"),
              List.of(),
              List.of("x-a"),
              List.of("x-b"),
              false,
              null,
              false,
              "https://a.test"));

  private static final List<CorsPolicy> POLICIES = ORACLES.stream().map(NaiveCors::policy).toList();

  private DecideFuzz() {}

  /**
   * The lines of the input: the number of a policy; method; {@code Origin}; {@code
   * Access-Control-Request-Method}; the target's origin; and those of {@code
   * Access-Control-Request-Headers}. Of the others, {@code |} divides lines and {@code -} is none.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> lines = Input.lines(input, 6);
    int number = lines.get(0).hashCode() & 3;
    NaiveCors.Request request =
        new NaiveCors.Request(
            lines.get(1),
            fieldLines(lines.get(2)),
            fieldLines(lines.get(3)),
            List.of(lines.get(5).split("\n", -1)),
            lines.get(4));
    Decision decision = POLICIES.get(number).decide(request.http());
    String expected = ORACLES.get(number).decide(request);
    check(NaiveCors.text(decision).equals(expected), request, decision, expected);
    for (String shown : List.of(decision.explanation(), decision.hint())) {
      check(shown.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\u2026'), shown);
    }
    decision
        .nearestOrigin()
        .ifPresent(near -> check(POLICIES.get(number).origins().contains(near)));
  }

  private static List<String> fieldLines(String text) {
    return text.equals("-") ? List.of() : List.of(text.split("\\|", -1));
  }
}
