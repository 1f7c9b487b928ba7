package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code ./corsage …} of every page, in a folder of its own with the files that the page
 * speaks of, by the command that this build has made. What it prints is what the page shows. What
 * is not run stands in {@link #NOT_RUN} with the reason.
 */
@Tag("once")
class PagesTest {
  /** Beginnings of commands, and why they are not run. */
  private static final Map<String, String> NOT_RUN =
      Map.ofEntries(
          Map.entry("aws", "asks AWS"),
          Map.entry("sam", "deploys to AWS"),
          Map.entry("(cd deploy/cdk", "deploys to AWS"),
          Map.entry("terraform", "deploys to AWS"),
          Map.entry("for ", "a loop over calls of AWS"),
          Map.entry("(cd src", "packs a function for AWS"),
          Map.entry("zip", "adds a file to an archive for AWS"),
          Map.entry("nginx", "the targets' own test runs nginx"),
          Map.entry("mvn", "builds the project"),
          Map.entry("./test", "runs this test"),
          Map.entry("./bench/run", "takes up to half an hour"),
          Map.entry("./corsage install", "ReleaseTest runs it in a copy of the checkout"),
          Map.entry("./corsage probe https://", "asks a live API; ProbeCommandTest has one"),
          Map.entry("./corsage package --custom-runtime", "CustomRuntimeTest runs it"),
          Map.entry("./corsage package --function", "OwnEventsTest runs it"),
          Map.entry("./corsage serve --function", "UserFunctionTest runs it"),
          Map.entry("./corsage lint --template plan.json", "the plan is Terraform's"),
          Map.entry(
              "./corsage origins import million.txt",
              "the store has to fail; see the tests of origins"));

  @TempDir static Path folder;
  private static RedisProcess redis;

  @BeforeAll
  static void start() throws IOException {
    redis = RedisProcess.start(folder);
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private static List<String> pages() throws IOException {
    List<String> pages = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md", "SECURITY.md"));
    for (String parent : List.of("docs", "examples")) {
      try (Stream<Path> files = Files.walk(Repository.root().resolve(parent), 2)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .map(file -> Repository.root().relativize(file).toString())
            .sorted()
            .forEach(pages::add);
      }
    }
    return pages;
  }

  @TestFactory
  Stream<DynamicTest> commandsPrintWhatThePagesShow() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String page : pages()) {
      PageScratch scratch = null;
      for (PageCommand command : PageCommand.of(Repository.root(), page)) {
        for (String part : command.parts()) {
          if (isRun(part)) {
            scratch = scratch == null ? new PageScratch(folder, page, redis) : scratch;
            PageScratch in = scratch;
            boolean whole = command.parts().size() == 1;
            tests.add(dynamicTest(command.toString(), () -> in.run(command, part, whole)));
          }
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private static boolean isRun(String part) {
    return NOT_RUN.keySet().stream().noneMatch(withoutVariables(part)::startsWith);
  }

  private static String withoutVariables(String part) {
    String program = PageCommand.program(part);
    return program.equals("=")
        ? "="
        : part.substring(part.indexOf(program)).replaceAll("\\\\\n *", "");
  }

  /** A program that is not run needs a reason. */
  @Test
  void everyOtherCommandHasAReason() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String page : pages()) {
      for (PageCommand command : PageCommand.of(Repository.root(), page)) {
        for (String part : command.parts()) {
          String program = PageCommand.program(part);
          NOT_RUN.keySet().stream().filter(withoutVariables(part)::startsWith).forEach(used::add);
          if (isRun(part)) {
            assertThat(program)
                .as("%s is neither run nor in NOT_RUN", command)
                .isIn("./corsage", "java", "=", "export", "cat", "echo");
          }
        }
      }
    }
    assertThat(used).as("what no page has any more").isEqualTo(new TreeSet<>(NOT_RUN.keySet()));
  }

  /** What the log of a function says that cannot start. */
  @Test
  void theMessageOfAFailedInitIsReal() throws IOException {
    assertThatThrownBy(
            () ->
                EnvironmentPolicy.read(
                    Map.of("ALLOWED_ORIGINS", "https://app.example.com/", "MAX_AGE", "1h")))
        .satisfies(
            failed ->
                assertThat(Files.readString(Repository.root().resolve("README.md")))
                    .contains("```\n" + failed.getMessage().strip() + "\n```\n"));
  }

  /** Commands that no rule sees: within blocks of output, or indented. */
  @Test
  void noCommandIsElsewhere() throws IOException {
    for (String page : pages()) {
      String text = Files.readString(Repository.root().resolve(page));
      long starts =
          Pattern.compile("(?m)^(\\$ )?(\\w+=\\S+ )*\\./corsage ").matcher(text).results().count();
      long read =
          PageCommand.of(Repository.root(), page).stream()
              .flatMap(command -> command.text().lines())
              .filter(line -> line.matches("(\\w+=\\S+ )*\\./corsage( .*)?"))
              .count();
      assertThat(read).as(page).isGreaterThanOrEqualTo(starts);
      // These are run by ExampleTest.
      assertThat(text.lines().filter(line -> line.startsWith("    ./")))
          .as(page)
          .allMatch(line -> line.startsWith("    ./examples/run "));
    }
  }
}
