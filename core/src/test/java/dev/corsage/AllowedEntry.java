package dev.corsage;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * An entry of an allow list, and origins that it was written for, or nearly.
 *
 * @param pattern the entry
 * @param members origins, most of which it matches
 */
record AllowedEntry(String pattern, Arbitrary<String> members) {

  /** Entries of every kind but {@code *}; each of them can be built where all is tolerated. */
  static Arbitrary<AllowedEntry> all() {
    Arbitrary<AllowedEntry> opaque =
        Arbitraries.just(new AllowedEntry("null", Arbitraries.just("null")));
    return Arbitraries.frequencyOf(
        Tuple.of(4, exact()),
        Tuple.of(4, subdomains()),
        Tuple.of(4, labelStars()),
        Tuple.of(4, anyPort()),
        Tuple.of(4, regexes()),
        Tuple.of(1, opaque));
  }

  static Arbitrary<AllowedEntry> exact() {
    return Origins.wellFormed().map(origin -> new AllowedEntry(origin, Arbitraries.just(origin)));
  }

  private static Arbitrary<AllowedEntry> subdomains() {
    return Combinators.combine(Origins.schemes(), Origins.names(), Origins.ports())
        .as(
            (scheme, name, port) ->
                new AllowedEntry(
                    scheme + "://*." + name + port,
                    Origins.labels()
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(labels -> scheme + "://" + String.join(".", labels) + "." + name)
                        .map(origin -> origin + port)));
  }

  private static Arbitrary<AllowedEntry> labelStars() {
    Arbitrary<String> before = Arbitraries.of("a", "qa-", "pr-", "_", "a_");
    Arbitrary<String> behind = Arbitraries.of("", "-a", "--shop", "_");
    // Also none at all and what may not be there, which only oracle and engine can tell apart.
    Arbitrary<String> stars = Arbitraries.of("a", "7", "a-b", "a--1", "qa", "bb", "", "_", "a.b");
    return Combinators.combine(Origins.schemes(), before, behind, Origins.names(), Origins.ports())
        .as(
            (scheme, start, end, name, port) ->
                new AllowedEntry(
                    scheme + "://" + start + "*" + end + "." + name + port,
                    stars.map(star -> scheme + "://" + start + star + end + "." + name + port)));
  }

  private static Arbitrary<AllowedEntry> anyPort() {
    Arbitrary<AllowedEntry> others =
        Arbitraries.oneOf(exact(), subdomains(), labelStars())
            .filter(entry -> !entry.pattern.matches(".*:[0-9]+"));
    return others.map(
        entry ->
            new AllowedEntry(
                entry.pattern + ":*",
                Combinators.combine(entry.members, Origins.ports()).as((o, port) -> o + port)));
  }

  /** Expressions that match what they were meant for and nothing a stranger can get. */
  private static Arbitrary<AllowedEntry> regexes() {
    Arbitrary<Part> parts =
        Arbitraries.of(
            new Part("app", "app"),
            new Part("qa-[0-9a-z]+", "qa-1", "qa-b7"),
            new Part("[a-z0-9-]+", "a", "a-b"),
            new Part("[^.]+", "a", "_"),
            new Part("(a|b|a.b)", "a", "b", "a.b"),
            new Part("pr-\\d{1,3}", "pr-1", "pr-123"),
            new Part("\\w*a?b", "b", "ab", "_1ab"),
            new Part("(?:[ab]{2})+?", "ab", "abba"),
            new Part(".*", "a", "a.b"));
    Arbitrary<Part> ports =
        Arbitraries.of(
            new Part("", ""), new Part(":8080", ":8080"), new Part("(:3\\d+)?", ":3000"));
    Arbitrary<String> bases = Arbitraries.of("example.com", "a.b.test", "b.example");
    return Combinators.combine(parts, bases, ports)
        .as(
            (part, base, port) ->
                new AllowedEntry(
                    "/https:\\/\\/"
                        + part.expression
                        + "\\."
                        + quoted(base)
                        + port.expression
                        + "/",
                    Combinators.combine(Arbitraries.of(part.texts), Arbitraries.of(port.texts))
                        .as((text, end) -> "https://" + text + "." + base + end)));
  }

  private static String quoted(String name) {
    return name.replace(".", "\\.");
  }

  /** A part of an expression and texts that it matches. */
  private record Part(String expression, List<String> texts) {
    Part(String expression, String... texts) {
      this(expression, List.of(texts));
    }
  }

  @Override
  public String toString() {
    return pattern;
  }
}
