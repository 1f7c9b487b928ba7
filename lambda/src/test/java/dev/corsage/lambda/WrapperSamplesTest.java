package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in the page on wrapping is that of {@code com.example}, so that it compiles. */
class WrapperSamplesTest {
  private static final Pattern SAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

  @Test
  void thePageShowsThisCode() throws IOException {
    String page = Files.readString(Path.of("../docs/lambda-wrapper.md"));
    List<String> samples =
        SAMPLE.matcher(page).results().map((MatchResult sample) -> sample.group(1)).toList();

    assertThat(samples).containsExactly(source("Orders"), source("TypedOrders"));
  }

  private static String source(String name) throws IOException {
    return Files.readString(Path.of("src/test/java/com/example/" + name + ".java"));
  }
}
