package dev.corsage;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Origins, and what is nearly one. */
final class Origins {
  private static final List<String> LABELS =
      List.of("a", "b", "app", "example", "xn--bcher-kva", "a-b", "_a", "1", "0x1", "ao");

  /** What a hostile or careless client puts between the characters of an origin. */
  private static final List<String> PIECES =
      List.of(
          // The first is nothing: to leave something out is a change too.
          (" . .. a b 1 - _ : :: / // ? # @ \\ % * , ; + [ ] evil .evil.test evil.test/ user@ :443 :80"
                  + " :0 :00 :8080 :65535 :65536 https:// http:// app:// file:// null 127.0.0.1 [::1]"
                  + " ::ffff: 256 0x1 xn-- K \u212a \u00e9 \u3002 \0 \t \n \r \u00a0 \u2028 ſ")
              .split(" ", -1));

  private Origins() {}

  /** Names that end in letters, as those do that can be registered. */
  static Arbitrary<String> names() {
    return joined(labels().list().ofMaxSize(3), Arbitraries.of("com", "test", "b", "co.uk"));
  }

  static Arbitrary<String> labels() {
    Arbitrary<String> others =
        Arbitraries.strings().withChars("ab1-_").ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> longest = Arbitraries.of("a".repeat(63), "a".repeat(31));
    return Arbitraries.frequencyOf(
        Tuple.of(20, Arbitraries.of(LABELS)),
        Tuple.of(5, others.filter(label -> !label.matches("-.*|.*-"))),
        Tuple.of(1, longest));
  }

  static Arbitrary<String> ports() {
    Arbitrary<String> any = Arbitraries.integers().between(1, 65_535).map(port -> ":" + port);
    return Arbitraries.oneOf(Arbitraries.of("", "", ":8080", ":3000"), any)
        .filter(port -> !port.matches(":(80|443)"));
  }

  static Arbitrary<String> addresses() {
    Arbitrary<String> ipv4 =
        Arbitraries.integers()
            .between(0, 255)
            .list()
            .ofSize(4)
            .map(bytes -> bytes.get(0) + "." + bytes.get(1) + "." + bytes.get(2) + ".1");
    // Many zeros: only then is there something to compress.
    Arbitrary<String> ipv6 =
        Arbitraries.of("0", "0", "0", "1", "db8", "ffff", "2001", "a")
            .list()
            .ofSize(8)
            .map(pieces -> "[" + NaiveIpv6.spelled(pieces) + "]")
            .filter(host -> !host.startsWith("[::ffff:"));
    return Arbitraries.oneOf(Arbitraries.of("127.0.0.1", "[::1]", "[::]"), ipv4, ipv6);
  }

  static Arbitrary<String> schemes() {
    return Arbitraries.of("https", "https", "https", "http", "app", "capacitor", "ws", "a+b-c.0");
  }

  /** Origins as browsers serialize them. */
  static Arbitrary<String> wellFormed() {
    Arbitrary<String> hosts =
        Arbitraries.oneOf(
            names(), names(), addresses(), Arbitraries.of("localhost", "a.b.", "a.localhost"));
    return Combinators.combine(schemes(), hosts, ports()).as((s, h, p) -> s + "://" + h + p);
  }

  /** The same text, or its neighbours: the fewer changes, the smaller. */
  static Arbitrary<String> near(String origin) {
    return changes()
        .list()
        .ofMaxSize(2)
        .map(
            changes -> {
              String changed = origin;
              for (UnaryOperator<String> change : changes) {
                changed = change.apply(changed);
              }
              return changed;
            });
  }

  private static Arbitrary<UnaryOperator<String>> changes() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 60);
    Arbitrary<String> pieces = Arbitraries.of(PIECES);
    Arbitrary<UnaryOperator<String>> edits =
        Combinators.combine(places, Arbitraries.integers().between(0, 3), pieces)
            .as((place, removed, piece) -> origin -> edit(origin, place, removed, piece));
    Arbitrary<UnaryOperator<String>> wholes =
        Arbitraries.of(
            origin -> origin + ".",
            origin -> origin + "/",
            origin -> origin + "evil",
            origin -> origin + ":8080",
            origin -> origin + ":443",
            origin -> origin + ":80",
            origin -> origin + ":0",
            origin -> " " + origin,
            origin -> origin + ", " + origin,
            origin -> origin.replaceFirst("://", "://a_b."),
            origin -> origin.replaceFirst("://", "://evil.test/"),
            origin -> origin.replaceFirst("://", "://evil.test?."),
            origin -> origin.replaceFirst("://", "://user@"),
            origin -> origin.replaceFirst("://[^.]*\\.", "://"),
            origin -> origin.replaceFirst("\\.", "x"),
            origin -> origin.replaceFirst("\\.", ".."),
            // The hash codes of these two are the same.
            origin -> origin.replaceFirst("ao", "c1"),
            origin -> origin.replaceFirst(":[0-9]*$", ""),
            origin -> origin.replaceFirst("^[^:]*", "http"),
            origin -> origin.replaceFirst("^[^:]*", "https"),
            origin -> origin.replaceFirst("^[^:]*", "wss"),
            origin -> origin.toUpperCase(Locale.ROOT),
            origin -> "null",
            origin -> "");
    // What attackers try first: a name of their own around the one that is allowed.
    Arbitrary<UnaryOperator<String>> glue =
        Arbitraries.of(
            origin -> origin.replaceFirst("://", "://evil"),
            origin -> origin.replaceFirst("://", "://evil-"),
            origin -> origin.replaceFirst("://", "://evil."),
            origin -> origin.replaceFirst("(:[0-9]+)?$", ".evil.test$1"),
            origin -> origin.replaceFirst("\\.", "evil."));
    return Arbitraries.oneOf(edits, wholes, glue);
  }

  private static String edit(String origin, int place, int removed, String piece) {
    int start = place % (origin.length() + 1);
    int end = Math.min(origin.length(), start + removed);
    return origin.substring(0, start) + piece + origin.substring(end);
  }

  private static Arbitrary<String> joined(Arbitrary<List<String>> labels, Arbitrary<String> end) {
    return Combinators.combine(labels, end)
        .as((before, last) -> (before.isEmpty() ? "" : String.join(".", before) + ".") + last);
  }
}
