package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands leave in the folder for temporary files: nothing. */
@Timeout(120)
class LeftoversTest {
  private static final Pattern API = Pattern.compile("(?:API|function URL) +(http://\\S+)");

  @TempDir private Path folder;

  private Path temporary;

  @BeforeEach
  void writeFiles() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.writeString(folder.resolve("event.json"), "{\"httpMethod\": \"GET\"}");
    Files.writeString(
        folder.resolve("wrong.json"), "{\"origins\": [\"https://app.example.com/\"]}");
    Files.writeString(folder.resolve("policy.json"), "{\"origins\": [\"https://a.example\"]}");
    Files.writeString(
        folder.resolve("template.yaml"),
        """
        Resources:
          Orders:
            Type: AWS::Serverless::Function
            Properties:
              Handler: com.example.Orders
              FunctionUrlConfig: {AuthType: NONE}
        """);
  }

  private Process start(String command) throws IOException {
    return Command.builder(
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), command.split(" ", -1))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
  }

  private List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files
          .filter(file -> !file.equals(temporary))
          .map(file -> temporary.relativize(file).toString())
          // The JVM's own, until it ends.
          .filter(file -> !file.startsWith("hsperfdata_"))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --port 0",
        "serve --port 0 --store dynamodb",
        "serve --port 0 --policy policy.json --backend http://localhost:1",
        "serve --port 0 --template template.yaml"
      })
  void aServeThatIsEndedByASignal(String command) throws Exception {
    Process serve = start(command);
    try (BufferedReader out = serve.inputReader(StandardCharsets.UTF_8)) {
      String api = null;
      for (String line; (line = out.readLine()) != null && !line.contains("METHOD"); ) {
        Matcher matcher = API.matcher(line);
        api = matcher.find() ? matcher.group(1) : api;
      }
      assertThat(api).isNotNull();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(api.replace("localhost", "127.0.0.1") + "/items"))
              .header("Origin", "https://a.example")
              .build();
      HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
      assertThat(leftovers()).anyMatch(file -> file.endsWith("functions.log"));
      assertThat(leftovers().stream().anyMatch(file -> file.contains("corsage-function-")))
          .isEqualTo(!command.contains("--backend"));
    } finally {
      serve.destroy();
      serve.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
    assertThat(leftovers()).isEmpty();
  }

  /** Another process deletes what it left, but not what a process that runs uses. */
  @Test
  void aServeThatIsKilled() throws Exception {
    Process killed = start("serve --port 0");
    Process running = start("serve --port 0");
    try (BufferedReader out = killed.inputReader(StandardCharsets.UTF_8);
        BufferedReader other = running.inputReader(StandardCharsets.UTF_8)) {
      for (BufferedReader lines : List.of(out, other)) {
        assertThat(lines.lines().anyMatch(line -> line.contains("METHOD"))).isTrue();
      }
      killed.descendants().forEach(ProcessHandle::destroyForcibly);
      killed.destroyForcibly().waitFor();
      try (Stream<Path> folders = Files.list(temporary)) {
        for (Path folder : folders.toList()) {
          Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(3600)));
        }
      }
      assertThat(logs()).isEqualTo(2);
      assertThat(start("invoke --policy policy.json --event event.json").waitFor()).isZero();
      assertThat(logs()).isEqualTo(1);
    } finally {
      running.destroy();
      running.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
    assertThat(leftovers()).isEmpty();
  }

  private long logs() throws IOException {
    return leftovers().stream().filter(file -> file.endsWith("functions.log")).count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --port 0 --policy wrong.json",
        "serve --port 0 --backend ftp://localhost",
        "invoke --policy policy.json --event event.json",
        "invoke --policy wrong.json --event event.json",
        "package",
        "package --store dynamodb",
      })
  void aCommandThatEndsByItself(String command) throws Exception {
    Process process = start(command);
    try (OutputStream in = process.getOutputStream()) {
      in.flush();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assertThat(status)
        .as(Arrays.toString(command.split(" ")) + output)
        .isEqualTo(command.contains("wrong") ? 1 : command.contains("ftp") ? 2 : 0);
    assertThat(leftovers()).isEmpty();
  }
}
