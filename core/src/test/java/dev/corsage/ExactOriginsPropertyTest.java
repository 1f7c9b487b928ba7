package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The lookup of exact origins beside {@link HashSet#contains}, on short and on long lists. */
class ExactOriginsPropertyTest {
  /** Entries, and texts that may be among them or differ from one in a character or the length. */
  record Asked(Set<String> listed, List<String> texts) {}

  @Property
  void findsWhatASetContains(@ForAll("shortLists") Asked asked) {
    agree(asked);
  }

  @Property(tries = 100)
  void findsWhatASetContainsInLongLists(@ForAll("longLists") Asked asked) {
    agree(asked);
  }

  private static void agree(Asked asked) {
    agree(asked, ExactOrigins.SMALL);
    agree(asked, 0);
  }

  private static void agree(Asked asked, int small) {
    List<String> listed = List.copyOf(asked.listed);
    ExactOrigins origins = new ExactOrigins(listed, small);
    Set<Integer> numbers = new HashSet<>();
    for (String origin : listed) {
      numbers.add(origins.find(new String(origin)));
    }
    assertThat(numbers).hasSize(listed.size()).doesNotContain(ExactOrigins.NOT_FOUND);
    for (String text : asked.texts) {
      assertThat(origins.find(text) != ExactOrigins.NOT_FOUND)
          .as("%s in %s", text, listed)
          .isEqualTo(asked.listed.contains(text));
    }
  }

  @Provide
  Arbitrary<Asked> shortLists() {
    return asked(0, 20);
  }

  @Provide
  Arbitrary<Asked> longLists() {
    return asked(200, 600);
  }

  private static Arbitrary<Asked> asked(int least, int most) {
    return origins()
        .set()
        .ofMinSize(least)
        .ofMaxSize(most)
        .flatMap(
            listed -> {
              Arbitrary<String> any = origins();
              Arbitrary<String> near =
                  listed.isEmpty()
                      ? any
                      : Arbitraries.of(new ArrayList<>(listed))
                          .flatMap(ExactOriginsPropertyTest::near);
              return Arbitraries.oneOf(any, near)
                  .list()
                  .ofSize(20)
                  .map(texts -> new Asked(listed, texts));
            });
  }

  /** Few letters, so that many have a place or a length in common. */
  private static Arbitrary<String> origins() {
    Arbitrary<String> label = Arbitraries.strings().withChars("ab-1").ofMinLength(1).ofMaxLength(9);
    return Combinators.combine(label, Arbitraries.of(".com", ".a.com", ".example.org", ":8080"))
        .as((name, end) -> "https://" + name + end);
  }

  private static Arbitrary<String> near(String origin) {
    return Combinators.combine(
            Arbitraries.integers().between(0, origin.length() - 1),
            Arbitraries.of("", "a", "b", "A", "1", "\u0161", "aa", "\n"))
        .as((at, other) -> origin.substring(0, at) + other + origin.substring(at + 1));
  }
}
