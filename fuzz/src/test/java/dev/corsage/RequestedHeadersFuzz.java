package dev.corsage;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.fuzz.Input;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Any lines of names are judged as the naive splitter judges them. */
public final class RequestedHeadersFuzz {
  private RequestedHeadersFuzz() {}

  /**
   * The first line of the input has the allowed names, with an exclamation mark in front if with
   * credentials; the others are those of {@code Access-Control-Request-Headers}.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> lines = Input.lines(input, 2);
    boolean credentials = lines.get(0).startsWith("!");
    List<String> allowed =
        Stream.of(lines.get(0).substring(credentials ? 1 : 0).split(",", -1))
            .filter(name -> name.matches("\\*|[a-zA-Z][a-z0-9-]*"))
            .filter(name -> !FetchNames.isForbiddenRequestHeader(FetchNames.lowerCase(name)))
            .filter(name -> !name.toLowerCase(Locale.ROOT).startsWith("access-control-"))
            .toList();
    List<String> requested = List.of(lines.get(1).split("\n", -1));
    NaiveCors oracle =
        new NaiveCors(
            List.of("https://a.test"), List.of(), allowed, List.of(), credentials, 9, false, null);
    NaiveCors.Request request =
        new NaiveCors.Request(
            "OPTIONS", List.of("https://a.test"), List.of("GET"), requested, null);
    String expected = oracle.decide(request);
    String decided = NaiveCors.text(oracle.policy().decide(request.http()));
    check(decided.equals(expected), allowed, requested, decided, expected);
  }
}
