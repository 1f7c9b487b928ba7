package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as one file, away from the checkout; and the files that hand it on. */
class StandaloneTest {
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final String JAR = "cli/target/corsage-cli-" + VERSION + "-standalone.jar";

  @TempDir Path folder;

  @BeforeEach
  void copy() throws Exception {
    Files.copy(Repository.root().resolve(JAR), folder.resolve("corsage.jar"));
    Files.writeString(
        folder.resolve("policy.json"),
        "{\"origins\": [\"https://a.example\"], \"methods\": [\"PUT\"], \"maxAgeSeconds\": 600}");
    Files.writeString(
        folder.resolve("event.json"),
        "{\"version\": \"2.0\", \"headers\": {\"origin\": \"https://a.example\","
            + " \"access-control-request-method\": \"PUT\"},"
            + " \"requestContext\": {\"http\": {\"method\": \"OPTIONS\"}}}");
    Files.writeString(
        folder.resolve("template.yaml"),
        "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Handler: a.B, Runtime: java21}}}");
  }

  private String run(int status, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djava.io.tmpdir=" + folder, "-jar", "corsage.jar"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isEqualTo(status);
    return printed;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version                                                        | 0 | corsage 0.
          lint policy.json                                               | 0 | no problems
          lint --template template.yaml                                  | 0 | TEMPLATE_NO_API
          explain --policy policy.json --origin https://a.example        | 0 | The page can read
          explain --policy policy.json --origin https://b.example        | 1 | Remedy: Add
          generate python --policy policy.json                           | 0 | def decide(
          generate http-api --policy policy.json                         | 0 | https://a.example
          probe http://127.0.0.1:1/ --origin https://a.example           | 3 | 127.0.0.1
          invoke --policy policy.json --event event.json                 | 0 | "statusCode":204
          """)
  void runsWithoutTheCheckout(String arguments, int status, String printed) throws Exception {
    assertThat(run(status, arguments.split(" "))).contains(printed);
  }

  /** What it has unpacked is deleted. */
  @Test
  void leavesNothingBehind() throws Exception {
    run(0, "invoke", "--policy", "policy.json", "--event", "event.json");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("corsage-"));
    }
  }

  @Test
  void packagesTheSameArchive() throws Exception {
    run(0, "package");
    assertThat(folder.resolve("dist/corsage-lambda.zip"))
        .hasSameBinaryContentAs(Repository.installation().preflightFunction());
  }

  @Test
  void jbangKnowsIt() throws Exception {
    Map<String, Object> catalog =
        Json.object(Files.readString(Repository.root().resolve("jbang-catalog.json")));
    assertThat(catalog.get("aliases").toString())
        .contains("dev.corsage:corsage-cli:" + VERSION + ":standalone", "dev.corsage.cli.Main");
    assertThat(Files.readString(Repository.root().resolve("pom.xml")))
        .contains("<version>" + VERSION + "</version>");
  }

  /**
   * No daemon is needed to see what it does: what it copies is there, and it does not run as root.
   */
  @Test
  void theContainerfileFitsTheBuild() throws Exception {
    List<String> lines =
        Files.readAllLines(Repository.root().resolve("Containerfile")).stream()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .toList();
    assertThat(lines.stream().map(line -> line.split(" ", -1)[0]))
        .containsExactly("FROM", "COPY", "WORKDIR", "USER", "ENTRYPOINT");
    assertThat(lines.get(0)).matches("FROM [a-z-]+:\\d+-jre");
    String[] copy = lines.get(1).split(" ", -1);
    try (var jars =
        Files.newDirectoryStream(
            Repository.root().resolve("cli/target"), Path.of(copy[1]).getFileName().toString())) {
      assertThat(jars).hasSize(1);
    }
    assertThat(lines.get(3)).matches("USER [1-9]\\d*:[1-9]\\d*");
    assertThat(lines.get(4)).startsWith("ENTRYPOINT [\"").endsWith("\"" + copy[2] + "\"]");
    assertThat(Files.readString(Repository.root().resolve(".containerignore")))
        .contains("!" + copy[1]);
  }
}
