package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactOriginsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 16, 17, 255, 256, 257, 1_000, 50_000})
  void eachIsFoundAndNothingElse(int count) {
    List<String> origins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      origins.add("https://app-" + i + ".example.com");
    }
    ExactOrigins set = new ExactOrigins(origins);
    Set<Integer> numbers = new HashSet<>();

    for (String origin : origins) {
      int number = set.find(origin);
      assertThat(number)
          .isBetween(0, count <= ExactOrigins.SMALL ? set.size() - 1 : Integer.MAX_VALUE);
      assertThat(numbers.add(number)).as("%s has a number of its own", origin).isTrue();
      assertThat(set.find(origin + "x")).isEqualTo(ExactOrigins.NOT_FOUND);
      assertThat(set.find(origin.substring(1))).isEqualTo(ExactOrigins.NOT_FOUND);
    }
    assertThat(set.find("")).isEqualTo(ExactOrigins.NOT_FOUND);
  }

  /** A character whose last byte is that of another one is another character all the same. */
  @Test
  void charactersAreComparedWhole() {
    String twin = "https://\u0161";
    for (int small : List.of(0, ExactOrigins.SMALL)) {
      ExactOrigins set = new ExactOrigins(List.of("https://a"), small);
      assertThat(set.find(twin)).isEqualTo(ExactOrigins.NOT_FOUND);
    }
  }

  /** A list of one has one bucket for a length, so that only the comparison tells origins apart. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 63, 64, 65, 263})
  void everyPlaceIsCompared(int length) {
    String origin = "a".repeat(length);
    for (int small : List.of(0, ExactOrigins.SMALL)) {
      ExactOrigins set = new ExactOrigins(List.of(origin), small);
      assertThat(set.find(origin)).isZero();
      for (int place = 0; place < length; place++) {
        String other = origin.substring(0, place) + "b" + origin.substring(place + 1);
        assertThat(set.find(other)).as("place %d", place).isEqualTo(ExactOrigins.NOT_FOUND);
      }
    }
  }

  /** An Origin header can have every character, also one that stands between entries. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\0", ",", " ", "", "\u00ff", "\u00ff\u00f6", "\uffff"})
  void twoEntriesAreNoEntry(String between) {
    List<String> origins =
        List.of("https://a", "https://b", "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    for (int small : List.of(0, ExactOrigins.SMALL)) {
      ExactOrigins set = new ExactOrigins(origins, small);
      for (String first : origins) {
        for (String second : origins) {
          assertThat(set.find(first + between + second)).isEqualTo(ExactOrigins.NOT_FOUND);
        }
        assertThat(set.find(first + between)).isEqualTo(between.isEmpty() ? set.find(first) : -1);
        assertThat(set.find(between + first)).isEqualTo(between.isEmpty() ? set.find(first) : -1);
      }
    }
  }

  /** A list, and how often an origin may be compared with its entries. */
  record Collisions(String name, List<String> origins, int comparisons) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Collisions> collisions() {
    return Stream.of(
        new Collisions("ten that look alike", shops(IntStream.range(0, 10)), 2),
        new Collisions("10,000 that look alike", shops(IntStream.range(0, 10_000)), 4),
        new Collisions("every length", shops(IntStream.range(0, 200).map(i -> 1 << (i % 20))), 3),
        // All of them have the same String.hashCode: "Aa" and "BB" have.
        new Collisions(
            "one hash code", codes(12, (bits, i) -> (bits >> i & 1) == 0 ? "Aa" : "BB"), 13),
        // Two letters at each of twelve places, where few are looked at: 4,096 in 256 groups.
        new Collisions(
            "too many places", codes(12, (bits, i) -> (bits >> i & 1) == 0 ? "a" : "b"), 6),
        // The first ones, and with them the sample, differ elsewhere than the others do.
        new Collisions("a sample that misleads", misleading(), 14));
  }

  private interface Part {
    String of(int bits, int place);
  }

  private static List<String> codes(int places, Part part) {
    return IntStream.range(0, 1 << places)
        .mapToObj(
            bits ->
                IntStream.range(0, places)
                    .mapToObj(place -> part.of(bits, place))
                    .collect(Collectors.joining("", "https://", ".com")))
        .toList();
  }

  private static List<String> shops(IntStream numbers) {
    return numbers.distinct().mapToObj(i -> "https://shop-" + i + ".example.com").toList();
  }

  /** Of every 32 origins one differs from the others in front, and all the others far behind. */
  private static List<String> misleading() {
    List<String> origins = new ArrayList<>();
    for (int i = 0; i < 8_192; i++) {
      String number = String.format("%05d", i);
      origins.add(
          i % 32 == 0
              ? "https://" + number + "a".repeat(40) + "00000.com"
              : "https://00000" + "a".repeat(40) + number + ".com");
    }
    return origins;
  }

  /** Counted, not timed: the logarithm of the longest bucket, whatever the list. */
  @ParameterizedTest
  @MethodSource("collisions")
  void collisionsCostFewComparisons(Collisions asked) {
    assertThat(halvings(asked.origins)).isBetween(1, asked.comparisons);
    for (int small : List.of(0, ExactOrigins.SMALL)) {
      ExactOrigins set = new ExactOrigins(asked.origins, small);

      assertThat(asked.origins.stream().map(set::find))
          .doesNotContain(ExactOrigins.NOT_FOUND)
          .doesNotHaveDuplicates();
      assertThat(asked.origins.stream().map(origin -> set.find(origin.replace("https", "httpz"))))
          .containsOnly(ExactOrigins.NOT_FOUND);
    }
  }

  /** Returns how often the longest bucket can be halved. */
  private static int halvings(List<String> origins) {
    int longest = origins.stream().mapToInt(String::length).max().orElse(0);
    FewCharacters characters = FewCharacters.telling(origins, longest);
    int buckets = FewCharacters.buckets(origins.size());
    int most =
        origins.stream()
            .collect(
                Collectors.groupingBy(
                    origin -> characters.bucket(origin, buckets), Collectors.summingInt(one -> 1)))
            .values()
            .stream()
            .max(Integer::compare)
            .orElse(0);
    return Integer.SIZE - Integer.numberOfLeadingZeros(most);
  }
}
