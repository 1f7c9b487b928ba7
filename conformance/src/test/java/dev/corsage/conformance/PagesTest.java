package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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
  private static final String JAR = "cli/target/corsage-cli-0.1.0-SNAPSHOT-standalone.jar";

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

  /** Page, part of a command, a file that it needs, and where that is: here, or in the checkout. */
  private static final String[][] FILES = {
    {"docs/artefacts.md", "lint", "corsage-cli-0.1.0-SNAPSHOT-standalone.jar", JAR},
    {"docs/artefacts.md", "lint", "policy.json", "policy.json"},
    {"docs/command-line.md", "serve --template", "template.yaml", "shop.yaml"},
    {
      "docs/command-line.md",
      "lint --template template.yaml --par",
      "template.yaml",
      "faulty-shop.yaml"
    },
    {
      "docs/command-line.md",
      "lint --template template.yaml --pol",
      "template.yaml",
      "old-origins.yaml"
    },
    {"docs/command-line.md", "--template template.yaml --pol", "policy.json", "exact-policy.json"},
    {"docs/command-line.md", "lint policy.json", "policy.json", "faulty-policy.json"},
    {"docs/command-line.md", "explain --policy", "policy.json", "policy.json"},
    {
      "docs/command-line.md",
      "explain --har",
      "recording.har",
      "probe/src/test/resources/dev/corsage/probe/chromium.har"
    },
    {"docs/command-line.md", "invoke", "event.json", "event.json"},
    {"docs/generate-cloudfront-function.md", "generate", "policy.json", "policy.json"},
    {"docs/generate-javascript.md", "generate", "policy.json", "policy.json"},
    {"docs/generate-nginx.md", "generate", "policy.json", "policy.json"},
    {"docs/generate-python.md", "generate", "policy.json", "policy.json"},
    {"docs/generate.md", "generate nginx", "policy.json", "policy.json"},
    {"docs/generate.md", "generate http-api --policy policy.json\n", "policy.json", "policy.json"},
    {"docs/generate.md", "--output", "policy.json", "exact-policy.json"},
    {"docs/generate.md", "generate s3", "policy.json", "bucket-policy.json"},
    {"docs/generate-rest-mock.md", "generate", "policy.json", "policy.json"},
    {
      "README.md",
      "examples/rest-mock",
      "examples/rest-mock/policy.json",
      "examples/rest-mock/policy.json"
    },
  };

  /** What differs from run to run. */
  private static final String[][] MASKS = {
    {"localhost:\\d+", "localhost:PORT"},
    {"#token=\\w+", "#token=TOKEN"},
    {"\\S*/corsage-(serve|functions)-\\S+", "LOG"},
    {"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "INSTANT"},
    {"\\b\\d+(\\.\\d+)? (ns|µs|ms|s)\\b", "TIME"},
  };

  /** What a page says, and what it is here. */
  private static final Map<String, String> REPLACED = Map.of("/etc/nginx/cors", "nginx/cors");

  private static final int SECONDS = 60;

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
      Scratch scratch = null;
      for (PageCommand command : PageCommand.of(Repository.root(), page)) {
        for (String part : command.parts()) {
          if (isRun(part)) {
            scratch = scratch == null ? new Scratch(page) : scratch;
            Scratch in = scratch;
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

  /** A folder for the commands of one page, which may use what the ones before have written. */
  private static final class Scratch {
    private final Path directory;
    private final String list;

    Scratch(String page) throws IOException {
      list = page.replaceAll("\\W", "-");
      directory = Files.createDirectories(folder.resolve(list));
      Path script = directory.resolve("corsage");
      Files.writeString(
          script,
          """
          #!/bin/sh
          if [ "$1" = serve ]; then set -- "$@" --port 0; fi
          exec '%s' "$@"
          """
              .formatted(Repository.root().toAbsolutePath().normalize().resolve("corsage")));
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    void run(PageCommand command, String part, boolean whole) throws Exception {
      String program = PageCommand.program(part);
      if (part.startsWith("cat ") && command.output() != null) {
        // The page shows a file.
        Files.writeString(directory.resolve(part.substring(4).strip()), command.output());
        return;
      }
      if (program.equals("=") || program.equals("export")) {
        return;
      }
      provideFiles(command);
      String line = part;
      for (Map.Entry<String, String> replaced : REPLACED.entrySet()) {
        line = line.replace(replaced.getKey(), replaced.getValue());
      }
      boolean serves = line.contains("./corsage serve");
      String expected = command.output() == null || !whole ? null : masked(command.output());
      Result result = serves ? serve(line, expected) : finish(line);
      String printed = masked(result.printed);
      if (expected == null) {
        assertThat(result.status).as("%s%n%s", line, result.printed).isZero();
        for (String named :
            part.split("# ", -1).length == 2
                ? part.split("# ", -1)[1].split(" ", -1)
                : new String[0]) {
          if (named.startsWith("dist/")) {
            assertThat(directory.resolve(named)).isNotEmptyFile();
          }
        }
      } else {
        assertThat(result.status).as("%s%n%s", line, result.printed).isIn(0, 1);
        if (!pattern(expected).matcher(printed).matches()) {
          assertThat(printed).as("%s", command).isEqualTo(expected);
        }
      }
    }

    private void provideFiles(PageCommand command) throws IOException {
      for (String[] row : FILES) {
        if (command.page().equals(row[0]) && (command.text() + "\n").contains(row[1])) {
          Path to = directory.resolve(row[2]);
          Files.createDirectories(to.getParent());
          if (row[3].indexOf('/') < 0) {
            Files.writeString(to, Repository.resource("pages/" + row[3]));
          } else {
            Files.copy(Repository.root().resolve(row[3]), to, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
      // The page shows the file before the command.
      for (String word : command.text().split("\\s+", -1)) {
        if (!command.files().isEmpty()
            && word.endsWith("." + command.files().get(0))
            && !Files.exists(directory.resolve(word))) {
          Files.writeString(directory.resolve(word), command.files().get(1));
        }
      }
    }

    private record Result(int status, String printed) {}

    private Process start(String line) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-c", line)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("printed").toFile());
      builder
          .environment()
          .keySet()
          .removeAll(List.of("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "ALLOWED_ORIGINS"));
      // What this build has packaged, and with the Java that runs the tests.
      builder.environment().put("CORSAGE_BUILD", "never");
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      if (line.contains("./corsage origins ")) {
        // The pages have DynamoDB; the command prints the same with every store.
        builder.environment().put("ALLOW_LIST", redis.reference(list));
      }
      return builder.start();
    }

    private Result finish(String line) throws Exception {
      Process process = start(line);
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        end(process);
        throw new AssertionError(line + " does not end");
      }
      return new Result(process.exitValue(), printed());
    }

    /** Runs it until it has printed where to look. */
    private Result serve(String line, String expected) throws Exception {
      Process process = start(line);
      try {
        for (int i = 0; i < SECONDS * 10 && process.isAlive(); i++) {
          if (printed().contains("Ctrl-C ends it.\n")) {
            String printed = printed();
            return new Result(0, printed.substring(0, printed.indexOf("Ctrl-C ends it.") + 16));
          }
          Thread.sleep(100);
        }
        throw new AssertionError(line + " does not start: " + printed() + expected);
      } finally {
        end(process);
      }
    }

    private String printed() throws IOException {
      return Files.readString(directory.resolve("printed"), StandardCharsets.UTF_8);
    }

    private String masked(String text) {
      String masked = text.replace(directory.toAbsolutePath().toString(), "/home/me/shop");
      for (String[] mask : MASKS) {
        masked = masked.replaceAll(mask[0], mask[1]);
      }
      return masked.replaceAll("(?m)[ \t]+$", "").strip();
    }

    private static void end(Process process) throws InterruptedException {
      List<ProcessHandle> below = process.descendants().toList();
      below.forEach(ProcessHandle::destroy);
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        below.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** Returns what matches a text in which … stands for anything. */
  private static Pattern pattern(String text) {
    return Pattern.compile(
        Stream.of(text.split("…", -1))
            .map(Pattern::quote)
            .reduce((first, second) -> first + ".*" + second)
            .orElse(""),
        Pattern.DOTALL);
  }
}
