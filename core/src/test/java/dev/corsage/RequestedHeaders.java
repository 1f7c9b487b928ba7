package dev.corsage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Lines of {@code Access-Control-Request-Headers}, as browsers, proxies and attackers send them.
 */
final class RequestedHeaders {
  private static final List<String> NAMES =
      List.of("authorization", "content-type", "x-a", "x-b", "x-kk", "x");

  private static final List<String> OTHERS =
      List.of(
          "",
          "",
          "*",
          "x-c",
          "authorizatio",
          "authorizations",
          "x-\u212ak",
          "x-a;",
          "x -a",
          "\n",
          "x-a\r\n",
          "\u00e9",
          "x-a\0",
          "\u00a0x-a",
          "X-A:1",
          "\"x-a\"",
          "a".repeat(128),
          "a".repeat(129));

  private RequestedHeaders() {}

  static Arbitrary<List<String>> lines() {
    return lines(NAMES, OTHERS);
  }

  /** Lines of these names alone. */
  static Arbitrary<List<String>> linesOf(List<String> names) {
    return lines(names, List.of(""));
  }

  private static Arbitrary<List<String>> lines(List<String> usual, List<String> others) {
    Arbitrary<String> names = Arbitraries.of(usual);
    Arbitrary<String> good =
        Combinators.combine(names, Arbitraries.of(false, false, true))
            .as((name, upper) -> upper ? name.toUpperCase(Locale.ROOT) : name);
    Arbitrary<String> elements =
        Arbitraries.frequencyOf(Tuple.of(20, good), Tuple.of(1, Arbitraries.of(others)));
    Arbitrary<String> spaces = Arbitraries.of("", "", "", " ", "\t", " \t ");
    Arbitrary<String> line =
        Combinators.combine(spaces, elements, spaces)
            .as((before, element, behind) -> before + element + behind)
            .list()
            .ofMaxSize(4)
            .map(list -> String.join(",", list));
    // Around the number of names that a response repeats.
    Arbitrary<List<String>> many =
        Combinators.combine(Arbitraries.integers().between(98, 102), good)
            .as((count, name) -> List.of(String.join(",", Collections.nCopies(count, name))));
    return Arbitraries.frequencyOf(Tuple.of(30, line.list().ofMaxSize(3)), Tuple.of(1, many));
  }

  /** The same names, otherwise: every element a line of its own, in the other direction. */
  static List<String> turnedRound(List<String> lines) {
    List<String> turned = new ArrayList<>();
    for (String element : NaiveCors.elements(lines)) {
      turned.add(0, " " + element + "\t,");
    }
    return turned;
  }
}
