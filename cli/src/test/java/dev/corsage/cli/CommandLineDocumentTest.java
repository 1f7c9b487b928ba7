package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/command-line.md} shows is what the command prints. */
class CommandLineDocumentTest {
  /** A template, and the run on it. */
  private static final Pattern RUN =
      Pattern.compile(
          "(?s)```yaml\\n(.*?)```\\n\\n```\\n\\$ \\./corsage lint --template (\\S+)\\n(.*?)```");

  @TempDir private Path folder;

  @Test
  void theRunOnATemplateOfSomebodyElseIsReal() throws Exception {
    Matcher run = RUN.matcher(Files.readString(Path.of("../docs/command-line.md")));
    assertThat(run.find()).isTrue();
    Path template = Files.writeString(folder.resolve(run.group(2)), run.group(1));

    CommandRun real = CommandRun.of("lint", "--template", template.toString());

    assertThat(real.out()).isEqualToNormalizingNewlines(run.group(3));
    assertThat(run.group(1)).doesNotContain("corsage", "ALLOWED_ORIGINS");
    assertThat(real.status()).isEqualTo(1);
  }
}
