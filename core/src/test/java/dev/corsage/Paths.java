package dev.corsage;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Paths as clients send them, honest ones and those that look for a second reading. */
final class Paths {
  private static final List<String> SEGMENTS =
      List.of("a", "a", "b", "", ".", "..", "...", "A", "%61", "a.b", ".a", "a b", "+", "~");

  private static final List<String> ODD =
      List.of(
          "%2e",
          "%2E%2e",
          ".%2e",
          "..;",
          "..;x=1",
          ".;",
          "%2e%2e;",
          "..%3b",
          "a;v=1",
          "a..;",
          "%2f",
          "%2F..%2f",
          "%5c",
          "\\",
          "..\\",
          "\u00fc",
          "%C3%BC",
          "%c3",
          "%ff",
          "%C0%AE",
          "%25",
          "%2561",
          "%252e",
          "%",
          "%2",
          "%zz",
          "a%",
          "%+1",
          "?",
          "a?b",
          "%3f",
          "#",
          "%23",
          "\0",
          "%00",
          "\n",
          "%0a",
          "%7f",
          "*",
          "%2a",
          "\ufffd",
          "%ef%bf%bd",
          "%ed%a0%80",
          "\u2215",
          "\uff0e\uff0e");

  private Paths() {}

  static Arbitrary<String> sent() {
    Arbitrary<String> segments =
        Arbitraries.frequencyOf(
            Tuple.of(7, Arbitraries.of(SEGMENTS)), Tuple.of(1, Arbitraries.of(ODD)));
    Arbitrary<String> plain =
        segments.list().ofMinSize(1).ofMaxSize(6).map(list -> "/" + String.join("/", list));
    return Arbitraries.frequencyOf(
        Tuple.of(20, plain),
        Tuple.of(1, plain.map(path -> path.substring(1))),
        Tuple.of(1, Arbitraries.strings().map(path -> "/" + path)),
        Tuple.of(1, Arbitraries.of("", "*", "https://a.test/a", "//a", "/")));
  }

  static Arbitrary<String> places() {
    return Arbitraries.of(
        "/", "/*", "/a", "/a/", "/a/*", "/a/b", "/a/b/*", "/b/*", "/a.b", "/\u00fc");
  }
}
