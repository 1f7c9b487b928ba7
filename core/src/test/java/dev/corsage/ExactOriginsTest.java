package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactOriginsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 1_000, 50_000})
  void eachIsFoundAndNothingElse(int count) {
    List<String> origins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      origins.add("https://app-" + i + ".example.com");
    }
    ExactOrigins set = new ExactOrigins(origins);
    Set<Integer> numbers = new HashSet<>();

    for (String origin : origins) {
      int number = set.find(origin);
      assertThat(number).isBetween(0, set.slots() - 1);
      assertThat(numbers.add(number)).as("%s has a number of its own", origin).isTrue();
      assertThat(set.find(origin + "x")).isEqualTo(ExactOrigins.NOT_FOUND);
      assertThat(set.find(origin.substring(1))).isEqualTo(ExactOrigins.NOT_FOUND);
    }
    assertThat(set.find("")).isEqualTo(ExactOrigins.NOT_FOUND);
  }

  /** "Aa" and "BB" have the same hash code, and so have all texts made of them. */
  @Test
  void equalHashesAreNoMatch() {
    List<String> origins = List.of("https://AaAa", "https://AaBB", "https://BBAa");
    ExactOrigins set = new ExactOrigins(origins);

    assertThat("https://BBBB").hasSameHashCodeAs(origins.get(0));
    assertThat(set.find("https://BBBB")).isEqualTo(ExactOrigins.NOT_FOUND);
    assertThat(origins.stream().map(set::find)).doesNotHaveDuplicates().hasSize(3);
  }

  /** A character whose last byte is that of another one is another character all the same. */
  @Test
  void charactersAreComparedWhole() {
    ExactOrigins set = new ExactOrigins(List.of("https://a"));
    String twin = "https://\u0161";
    assertThat(set.find(twin)).isEqualTo(ExactOrigins.NOT_FOUND);
  }
}
