package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every picture that a page of the documentation shows is one that {@link ConsoleTest} makes. */
@Tag("once")
class PicturesTest {

  @Test
  void pagesShowPicturesThatATestMakes() throws Exception {
    String test =
        Files.readString(
            Repository.root()
                .resolve("conformance/src/test/java/dev/corsage/conformance/ConsoleTest.java"));
    Set<Path> made =
        Pattern.compile("picture\\(\"([a-z-]+)\"\\)")
            .matcher(test)
            .results()
            .map((MatchResult result) -> "docs/images/console-" + result.group(1) + ".png")
            .map(Repository.root().normalize()::resolve)
            .collect(Collectors.toSet());

    assertThat(Pictures.shown()).isNotEmpty();
    Pictures.shown()
        .forEach(
            (picture, page) -> {
              assertThat(made).as("what %s shows", page).contains(picture);
              assertThat(picture).isNotEmptyFile();
            });
  }
}
