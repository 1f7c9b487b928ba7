package dev.corsage.generate;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten thousand origins: work that grows faster than the list would not end in time. */
@Tag("once")
@Timeout(30)
class ManyOriginsTest {
  private static final int COUNT = 10_000;

  static Stream<Target> targets() {
    return Targets.all().stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void areCompiledOrRefusedAtOnce(Target target) {
    String origins =
        IntStream.range(0, COUNT)
            .mapToObj(i -> "\"https://app-" + i + ".customers.example.com\"")
            .collect(joining(","));
    Case many =
        new Case("many", "{\"origins\": [" + origins + "], \"credentials\": true}", List.of());

    Generated generated = many.generate(target);

    if (generated.isRefused()) {
      assertThat(generated.problems())
          .extracting(problem -> problem.code().name())
          .contains("TARGET_LIMIT");
    } else {
      assertThat(generated.files())
          .extracting(GeneratedFile::content)
          .anyMatch(text -> text.contains("app-" + (COUNT - 1) + ".customers"));
    }
  }
}
