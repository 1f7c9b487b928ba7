package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.LocalGateway;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Projects outside of the checkout that have nothing but the staging repository: two wrapped
 * functions, a servlet on Tomcat, an application of Spring Boot. Pages in Chromium get their
 * responses, errors too.
 */
@Tag("once")
class ReleasedProjectsTest {
  /** What all of them have: pages of {@code localhost} are allowed, those of 127.0.0.1 are not. */
  private static final Map<String, String> POLICY =
      Map.of("ALLOWED_ORIGINS", "http://localhost:*", "ALLOWED_METHODS", "PUT");

  private static final List<String> FILES =
      List.of(
          "pom.xml",
          "functions/pom.xml",
          "functions/src/main/java/com/example/Orders.java",
          "functions/src/main/java/com/example/Failing.java",
          "servlet/pom.xml",
          "servlet/src/main/java/com/example/Main.java",
          "spring-boot/pom.xml",
          "spring-boot/src/main/java/com/example/Main.java",
          "spring-boot/src/main/resources/application.yaml");

  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

  private static Path projects;
  private static ScenarioServer page;
  private static RealBrowser browser;

  @BeforeAll
  static void build() throws Exception {
    StagingRepository repository = StagingRepository.get();
    projects = repository.newFolder("projects");
    for (String file : FILES) {
      Path to = projects.resolve(file);
      Files.createDirectories(to.getParent());
      Files.writeString(
          to,
          Repository.resource("projects/" + file)
              .replace("{repositories}", repository.declaration())
              .replace("{version}", StagingRepository.VERSION)
              .replace("{events}", version("lambda.events.version"))
              .replace("{tomcat}", version("tomcat.version"))
              .replace("{spring-boot}", version("spring.boot.version")));
    }
    repository.run(
        projects,
        "mvn",
        "-B",
        "-ntp",
        "compile",
        "dependency:copy-dependencies",
        "-DoutputDirectory=target/lib",
        "-DincludeScope=runtime");
    page = ScenarioServer.start(line -> {});
    browser = new SeleniumBrowser(Chromium.start());
  }

  private static String version(String property) throws IOException {
    Matcher version =
        Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<")
            .matcher(Files.readString(Repository.root().resolve("pom.xml")));
    assertThat(version.find()).as(property).isTrue();
    return version.group(1);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (page != null) {
      page.close();
    }
  }

  /** The dependency, and what the code or the configuration of one function or server has. */
  @ParameterizedTest
  @ValueSource(strings = {"functions", "servlet", "spring-boot"})
  void takesLessThanTenLines(String project) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (String file : FILES) {
      if (file.startsWith(project + "/")) {
        sizes.add(setUp(file).size());
      }
    }
    int dependency = sizes.get(0);
    assertThat(dependency).isPositive();
    assertThat(dependency + Collections.max(sizes.subList(1, sizes.size())))
        .isBetween(dependency + 1, 9);
  }

  /** Returns the lines between the comments; none of the others speaks of Corsage. */
  private static List<String> setUp(String file) throws IOException {
    List<String> setUp = new ArrayList<>();
    boolean inSetUp = false;
    for (String line : Repository.resource("projects/" + file).lines().toList()) {
      String words = line.replaceAll("^ *(//|#|<!--) | -->$", "");
      if (words.equals("set-up") || words.equals("end")) {
        inSetUp = words.equals("set-up");
      } else if (inSetUp) {
        setUp.add(line);
      } else {
        assertThat(line).as(file).doesNotContainIgnoringCase("cors");
      }
    }
    return setUp;
  }

  @Test
  void functions() throws Exception {
    Path archive = archive(projects.resolve("functions/target"));
    Map<String, String> outcomes = Map.of("Orders", "200 orders", "Failing", "500");
    for (Map.Entry<String, String> function : outcomes.entrySet()) {
      try (LocalGateway gateway =
          LocalGateway.builder(Repository.installation())
              .function(archive, "com.example." + function.getKey())
              .variables(POLICY)
              .log(new Gateways.Log())
              .start()) {
        assertSeen(gateway.apiOrigin() + "/orders", function.getValue());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"servlet", "spring-boot"})
  void servers(String project) throws Exception {
    ProcessBuilder server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Repository.temporaryFolder(),
                "-cp",
                "target/classes:target/lib/*",
                "com.example.Main")
            .directory(projects.resolve(project).toFile());
    if (project.equals("servlet")) {
      server.environment().putAll(POLICY);
    }
    try (ChildProcess running = ChildProcess.start(server, STARTED)) {
      Matcher started = STARTED.matcher(running.greeting());
      assertThat(started.find()).isTrue();
      String api = "http://127.0.0.1:" + started.group(1);
      assertSeen(api + "/orders", "200 orders");
      assertSeen(api + "/fails", "500");
    }
  }

  /** Sends a request that needs no preflight and one that does, from both pages. */
  private static void assertSeen(String url, String expected) {
    for (String method : List.of("GET", "PUT")) {
      browser.open("http://localhost:" + page.port() + "/-page");
      assertThat(seen(url, method)).as("%s %s", method, url).startsWith(expected);
      browser.open("http://127.0.0.1:" + page.port() + "/-page");
      assertThat(seen(url, method)).as("%s %s", method, url).isEqualTo("refused");
    }
  }

  private static String seen(String url, String method) {
    return (String)
        browser
            .run(
                """
                try {
                  const response = await fetch(input.url, {method: input.method});
                  return {seen: response.status + ' ' + await response.text()};
                } catch (error) {
                  return {seen: 'refused'};
                }
                """,
                Json.write(Map.of("url", url, "method", method)))
            .get("seen");
  }

  /** Makes an archive as Lambda takes it: classes, and libraries below {@code lib/}. */
  private static Path archive(Path target) throws IOException {
    Path archive = target.resolve("functions.zip");
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String folder : List.of("classes", "lib")) {
        Path root = target.resolve(folder);
        try (Stream<Path> files = Files.walk(root)) {
          for (Path each : files.filter(Files::isRegularFile).toList()) {
            String name = root.relativize(each).toString();
            zip.putNextEntry(new ZipEntry(folder.equals("lib") ? "lib/" + name : name));
            Files.copy(each, zip);
          }
        }
      }
    }
    return archive;
  }
}
