package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder for the commands of one page, which may use what the ones before have written. */
final class PageScratch {
  private static final String JAR = "cli/target/corsage-cli-0.1.0-SNAPSHOT-standalone.jar";

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
    {"\\bin \\d+(\\.\\d+)? m?s\\b", "in TIME"},
  };

  /** What a page says, and what it is here. */
  private static final Map<String, String> REPLACED = Map.of("/etc/nginx/cors", "nginx/cors");

  /** Files that a comment beside a command says it writes. */
  private static final Pattern WRITTEN = Pattern.compile("(?<=[# ])dist/[a-z-]+\\.zip(?=[^#]*$)");

  private static final int SECONDS = 120;

  private final Path directory;
  private final String list;
  private final RedisProcess redis;

  PageScratch(Path folder, String page, RedisProcess redis) throws IOException {
    this.redis = redis;
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

  /**
   * Runs a command, or what {@code &&} joins.
   *
   * @param whole whether the part is the whole command, so that the output is the part's
   */
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
    String expected = command.output() == null || !whole ? null : masked(command.output());
    Result result = line.contains("./corsage serve") ? serve(line) : finish(line);
    String printed = masked(result.printed);
    if (expected == null) {
      assertThat(result.status).as("%s%n%s", line, result.printed).isZero();
      Matcher named = WRITTEN.matcher(part);
      while (named.find()) {
        assertThat(directory.resolve(named.group())).as("of %s", part).isNotEmptyFile();
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
  private Result serve(String line) throws Exception {
    Process process = start(line);
    try {
      for (int i = 0; i < SECONDS * 10 && process.isAlive(); i++) {
        if (printed().contains("Ctrl-C ends it.\n")) {
          String printed = printed();
          return new Result(0, printed.substring(0, printed.indexOf("Ctrl-C ends it.") + 16));
        }
        Thread.sleep(100);
      }
      throw new AssertionError(line + " does not start: " + printed());
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
