package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A dry run of the release, in a copy of the checkout and under a version of its own, and a project
 * outside of it that has nothing but the staging repository.
 */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseTest {
  private static final String VERSION = StagingRepository.VERSION;

  private static final String ADDRESS = StagingRepository.ADDRESS;
  private static final String NO_ADDRESS = StagingRepository.NO_ADDRESS;

  private StagingRepository repository;
  private Path staging;

  @BeforeAll
  void stage() throws Exception {
    repository = StagingRepository.get();
    staging = repository.path();
  }

  private static List<String> found(String text, String regex) {
    return Pattern.compile(regex).matcher(text).results().map(r -> r.group(1)).toList();
  }

  /** The artefacts, as the BOM lists them. */
  static List<String> artefacts() throws IOException {
    String bom = Files.readString(Repository.root().resolve("bom/pom.xml"));
    return found(
        bom.substring(bom.indexOf("<dependencyManagement>")),
        "<artifactId>(corsage-[a-z-]+)</artifactId>");
  }

  private Path file(String artefact, String suffix) {
    return staging.resolve(
        "dev/corsage/" + artefact + "/" + VERSION + "/" + artefact + "-" + VERSION + suffix);
  }

  @Test
  void theBomHasWhatIsPublished() throws Exception {
    try (Stream<Path> published = Files.list(staging.resolve("dev/corsage"))) {
      Set<String> names = new TreeSet<>();
      published.forEach(path -> names.add(path.getFileName().toString()));
      assertThat(names).containsAll(artefacts());
      names.removeAll(artefacts());
      assertThat(names).containsExactly("corsage", "corsage-bom", "corsage-stores");
    }
  }

  @ParameterizedTest
  @MethodSource("artefacts")
  void hasWhatMavenCentralAsksFor(String artefact) throws Exception {
    for (String suffix : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar")) {
      assertThat(file(artefact, suffix)).isNotEmptyFile();
      assertThat(file(artefact, suffix + ".sha1")).isNotEmptyFile();
    }
    assertThat(Files.readString(file(artefact, "-cyclonedx.json")))
        .contains("CycloneDX", "pkg:maven/dev.corsage/" + artefact + "@" + VERSION);
    assertThat(Files.readString(file(artefact, ".pom"))).contains("<name>", "<description>");
    try (JarFile jar = new JarFile(file(artefact, ".jar").toFile())) {
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
      assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .startsWith("dev.corsage")
          .isNotEqualTo("dev.corsage.internal");
    }
  }

  @ParameterizedTest
  @MethodSource("parents")
  void theRestIsInTheParent(String pom) throws Exception {
    assertThat(Files.readString(file(pom, ".pom")))
        .contains("<name>", "<description>", "<url>", "<license>", "<developer>", "<scm>")
        .contains("<corsage.url>" + ADDRESS + "</corsage.url>")
        .doesNotContain("github.com", NO_ADDRESS);
  }

  /** What is signed is for others, who need to know where it comes from. */
  @ParameterizedTest
  @CsvSource({
    "false, https://corsage.invalid,         false",
    "false, http://git.example.org/corsage,  false",
    "false, https://git.example.org/corsage, true",
    "true,  https://corsage.invalid,         true",
  })
  void aReleaseNeedsTheAddressOfTheProject(boolean unsigned, String address, boolean passes)
      throws Exception {
    Process process =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-ntp",
                "-N",
                "-Prelease",
                "-Dcorsage.checks=off",
                "-Dgpg.skip=" + unsigned,
                "-Dcorsage.url=" + address,
                "validate")
            .directory(Repository.root().toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor() == 0).as(printed).isEqualTo(passes);
    if (!passes) {
      assertThat(printed).contains("corsage.url is", "before a release");
    }
  }

  @Test
  void theBomHasTheAddressOfTheRest() throws Exception {
    for (String pom : List.of("pom.xml", "bom/pom.xml")) {
      assertThat(found(Files.readString(Repository.root().resolve(pom)), "<corsage.url>(.*)</"))
          .containsExactly(NO_ADDRESS);
    }
  }

  /**
   * Gradle has no dry run here, so this reads the POMs as <a
   * href="https://docs.gradle.org/current/userguide/declaring_repositories.html">Gradle does</a>
   * where there is no {@code .module} file: parents, properties and managed versions count,
   * profiles do not.
   */
  @ParameterizedTest
  @MethodSource("artefacts")
  void gradleFindsAVersionForEveryDependency(String artefact) throws Exception {
    assertThat(file(artefact, ".module")).doesNotExist();
    PublishedPom pom = PublishedPom.read(staging, "dev.corsage", artefact, VERSION);
    assertThat(pom.runtimeDependencies())
        .allSatisfy((dependency, version) -> assertThat(version).matches("[0-9][A-Za-z0-9.-]+"));
    pom.runtimeDependencies()
        .forEach(
            (dependency, version) -> {
              if (dependency.startsWith("dev.corsage:")) {
                assertThat(file(dependency.replaceFirst(".*:", ""), ".pom")).exists();
                assertThat(version).isEqualTo(VERSION);
              }
            });
  }

  /** So that an artefact of which nothing is read is no success. */
  @Test
  void gradleSeesWhatTheWrapperBrings() throws Exception {
    assertThat(
            PublishedPom.read(staging, "dev.corsage", "corsage-lambda", VERSION)
                .runtimeDependencies())
        .containsEntry("dev.corsage:corsage-core", VERSION)
        .containsKeys(
            "com.amazonaws:aws-lambda-java-core", "com.fasterxml.jackson.core:jackson-core");
  }

  static Stream<String> parents() {
    return Stream.of("corsage", "corsage-bom");
  }

  /** The checkout and its copy are different folders; the bytes are the same. */
  @ParameterizedTest
  @MethodSource("reproducible")
  void theSameSourcesGiveTheSameBytes(String module) throws Exception {
    assertThat(
            Repository.root().resolve(module + "/target/corsage-" + module + "-0.1.0-SNAPSHOT.jar"))
        .hasSameBinaryContentAs(file("corsage-" + module, ".jar"));
  }

  static Stream<String> reproducible() {
    return Stream.of("core", "browser", "lambda", "generate", "probe");
  }

  /** Calls both handlers, and makes the event's object as AWS's runtime does. */
  private static final String MAIN =
      """
      package com.example;

      import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
      import java.io.ByteArrayInputStream;
      import java.io.ByteArrayOutputStream;
      import java.util.Map;

      public final class Main {
        public static void main(String[] arguments) throws Exception {
          Class.forName("org.joda.time.DateTime");
          String event = "{\\"version\\":\\"2.0\\",\\"rawPath\\":\\"/\\",\\"headers\\":{\\"origin\\":"
              + "\\"https://app.example.com\\"},\\"requestContext\\":{\\"http\\":{\\"method\\":\\"GET\\"}}}";
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          new Orders().handleRequest(new ByteArrayInputStream(event.getBytes()), out, null);
          System.out.println("stream " + out);
          APIGatewayV2HTTPEvent typed = new APIGatewayV2HTTPEvent();
          typed.setHeaders(Map.of("origin", "https://app.example.com"));
          typed.setRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
              .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod("GET").build())
              .build());
          System.out.println("typed " + new TypedOrders().handleRequest(typed, null).getHeaders());
        }
      }
      """;

  @Test
  void aProjectOutsideCompilesTheExamplesAndRuns() throws Exception {
    String page = Files.readString(Repository.root().resolve("docs/lambda-wrapper.md"));
    List<String> snippets = blocks(page, "xml");
    Path project = repository.newFolder("project");
    Path code = Files.createDirectories(project.resolve("src/main/java/com/example"));
    Files.writeString(project.resolve("pom.xml"), pom(snippets.get(0)));
    List<String> classes = new ArrayList<>();
    for (String java : blocks(page, "java")) {
      if (java.startsWith("package com.example;")) {
        String name = found(java, "public final class (\\w+)").get(0);
        classes.add(name);
        Files.writeString(code.resolve(name + ".java"), java);
      }
    }
    assertThat(classes).containsExactly("Orders", "TypedOrders");
    Files.writeString(code.resolve("Main.java"), MAIN);

    repository.run(
        project,
        "mvn",
        "-B",
        "-ntp",
        "compile",
        "dependency:build-classpath",
        "-Dmdep.outputFile=classpath");

    String printed =
        runWithPolicy(
            project,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                "target/classes:" + Files.readString(project.resolve("classpath")).strip(),
                "com.example.Main"));
    assertThat(
            printed.lines().filter(line -> line.startsWith("stream ") || line.startsWith("typed ")))
        .hasSize(2)
        .allMatch(line -> line.contains("Access-Control-Allow-Origin"))
        .allMatch(line -> line.contains("https://app.example.com"));
  }

  private String runWithPolicy(Path project, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of("env", "ALLOWED_ORIGINS=https://app.example.com"),
                        command.stream())
                    .toList())
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  private static List<String> blocks(String page, String language) {
    return Pattern.compile("(?ms)^```" + language + "\\R(.*?)^```$")
        .matcher(page)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private String pom(String dependencies) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>orders</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          %s
          %s
          <build><pluginManagement><plugins>
            <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin>
            <plugin><artifactId>maven-resources-plugin</artifactId><version>3.4.0</version></plugin>
            <plugin><artifactId>maven-dependency-plugin</artifactId><version>3.9.0</version></plugin>
          </plugins></pluginManagement></build>
        </project>
        """
        .formatted(repository.declaration(), dependencies.replace("0.1.0-SNAPSHOT", VERSION));
  }

  @Test
  void theBomHasTheVersionOfTheRest() throws Exception {
    String bom = Files.readString(Repository.root().resolve("bom/pom.xml"));
    String parent = Files.readString(Repository.root().resolve("pom.xml"));
    String version = "<version>(\\d[^<]*)</version>";
    assertThat(found(bom, version).get(0)).isEqualTo(found(parent, version).get(0));
  }
}
