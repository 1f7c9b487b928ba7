package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import dev.corsage.CorsPolicy;
import dev.corsage.conformance.function.RespondingFunction;
import dev.corsage.conformance.function.WrappedFunction;
import dev.corsage.lambda.Cors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./corsage serve}, as a process. */
@Timeout(300)
class ServeCommandTest {
  private static final Pattern API = Pattern.compile("API +(http://localhost:\\d+)");

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "https://a.example,https://b.example",
        "https://a.example https://b.example",
        " https://a.example ,\n\thttps://b.example,, ",
      })
  void allowedOriginsMayBeSeparatedByCommasAndWhiteSpace(String origins) throws Exception {
    try (Serve serve = new Serve(Map.of("ALLOWED_ORIGINS", origins))) {
      assertThat(serve.preflight("https://a.example").statusCode()).isEqualTo(204);
      assertThat(serve.preflight("https://b.example").statusCode()).isEqualTo(204);
      assertThat(serve.preflight("https://c.example").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void theTerminalShowsOneLineARequest() throws Exception {
    try (Serve serve = new Serve(Map.of("ALLOWED_ORIGINS", "https://a.example"))) {
      serve.preflight("https://evil.example");
      assertThat(serve.nextLine("OPTIONS"))
          .containsPattern(
              "OPTIONS +/x +https://evil\\.example +refused +403 +origin-not-allowed +[0-9.]+ ms");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ALLOW_CREDENTIALS, true,                       ALLOWED_ORIGINS, ORIGINS_MISSING",
    "ALLOWED_ORIGINS,   '',                         ALLOWED_ORIGINS, ORIGINS_MISSING",
    "ALLOWED_ORIGINS,   https://app.example.com/,   ALLOWED_ORIGINS, ORIGIN_PATH",
    "ALLOWED_ORIGINS,   'https://a.example, b.c',   ALLOWED_ORIGINS, ORIGIN_MALFORMED",
    "CORS_POLICY, '{\"origins\": [\"*\"], \"credential\": true}', CORS_POLICY.credential, UNKNOWN_KEY",
    "CORS_POLICY_FILE,  /nowhere/policy.json,       CORS_POLICY_FILE, POLICY_FILE",
  })
  void aWrongConfigurationIsSaidInOneReadableMessage(
      String variable, String value, String field, String code) throws Exception {
    Command serve = Command.corsage(Map.of(variable, value), "", "serve", "--port", "0");
    assertThat(serve.status()).isEqualTo(1);
    assertThat(serve.err())
        .startsWith("corsage: The CORS policy has a problem:")
        .contains("- " + field + " ")
        .contains("(" + code + ")")
        .doesNotContain("\tat ");
  }

  @Test
  void aMisspeltVariableIsNotLost() throws Exception {
    Command serve =
        Command.corsage(Map.of("ALLOWED_ORIGIN", "https://a.example"), "", "serve", "--port", "0");
    assertThat(serve.status()).isEqualTo(1);
    assertThat(serve.err()).contains("ALLOWED_ORIGIN ", "UNKNOWN_VARIABLE", "ORIGINS_MISSING");
  }

  @Test
  void aRelativePolicyFileIsRelativeToTheCaller(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("policy.json"), "{\"origins\": [\"https://a.example\"]}");
    Process process =
        Command.builder(Map.of("CORS_POLICY_FILE", "policy.json"), "invoke", "--event", "-")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream event = process.getOutputStream()) {
      event.write("{\"httpMethod\": \"GET\"}".getBytes(StandardCharsets.UTF_8));
    }
    String response = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(Json.object(response)).containsEntry("statusCode", 400L);
  }

  @Test
  void aTakenPortIsSaid() throws Exception {
    try (Serve serve = new Serve(Map.of())) {
      String port = serve.api.substring(serve.api.lastIndexOf(':') + 1);
      Command second = Command.corsage(Map.of(), "", "serve", "--port", port);
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.errorLines()).hasSize(1);
      assertThat(second.err()).contains(port).contains("--port");
    }
  }

  private static void archive(Path folder) throws IOException {
    Archives.of(
        folder,
        WrappedFunction.class,
        Cors.class,
        CorsPolicy.class,
        JsonFactory.class,
        RequestStreamHandler.class);
  }

  @Test
  void aFunctionOfTheUsersIsStartedAgainWhenItsJarHasChanged(@TempDir Path folder)
      throws Exception {
    Path jar = folder.resolve("WrappedFunction.zip");
    archive(folder);
    int debugPort;
    try (ServerSocket free = new ServerSocket(0)) {
      debugPort = free.getLocalPort();
    }
    try (Serve serve =
        new Serve(
            Map.of("ALLOWED_ORIGINS", "https://a.example"),
            "--function",
            jar.toString(),
            "--handler",
            WrappedFunction.class.getName(),
            "--debug-port",
            String.valueOf(debugPort))) {
      HttpResponse<String> response = serve.get("https://a.example");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
          .containsExactly("https://a.example");
      assertThat(serve.preflight("https://a.example").statusCode()).isEqualTo(204);
      assertThat(greeting(debugPort)).isEqualTo("JDWP-Handshake");

      // Without the class, so that nobody can take the old code for the new.
      Files.delete(jar);
      Path other = Archives.of(folder, RespondingFunction.class);
      Files.move(other, jar);
      assertThat(serve.get("https://a.example").statusCode()).isEqualTo(502);

      Files.writeString(jar, "half of a jar");
      assertThat(serve.get("https://a.example").statusCode()).isEqualTo(502);
      archive(folder);
      assertThat(serve.get("https://a.example").statusCode()).isEqualTo(200);
    }
  }

  private static String greeting(int port) throws IOException {
    byte[] greeting = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
    try (Socket debugger = new Socket(InetAddress.getLoopbackAddress(), port)) {
      debugger.getOutputStream().write(greeting);
      return new String(
          debugger.getInputStream().readNBytes(greeting.length), StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --function gone.jar --handler a.B                            | there is no such jar or zip
          --function pom.xml                                           | --handler=CLASS
          --handler a.B                                                | --function=JAR
          --function pom.xml --handler a.B --debug-port 0              | a port is from 1 to 65535
          --function pom.xml --handler a.B --backend http://localhost  | --backend does not go together with --function
          --function pom.xml --handler a.B --template pom.xml          | --function does not go together with --template
          """)
  void aFunctionThatCannotRunIsSaid(String arguments, String message) throws Exception {
    Command serve = Command.corsage(Map.of(), "", ("serve --port 0 " + arguments).split(" ", -1));
    assertThat(serve.status()).isEqualTo(2);
    assertThat(serve.err()).contains(message);
  }

  /** A running process; ended by its own pid. */
  private static final class Serve implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    final String api;

    Serve(Map<String, String> environment, String... more) throws IOException {
      String[] arguments =
          Stream.concat(Stream.of("serve", "--port", "0"), Stream.of(more)).toArray(String[]::new);
      process = Command.builder(environment, arguments).redirectErrorStream(true).start();
      out = process.inputReader(StandardCharsets.UTF_8);
      try {
        Matcher matcher = API.matcher(nextLine("  API  "));
        assertThat(matcher.find()).isTrue();
        api = matcher.group(1);
        nextLine("METHOD");
      } catch (AssertionError notStarted) {
        close();
        throw notStarted;
      }
    }

    String nextLine(String containing) throws IOException {
      StringBuilder seen = new StringBuilder();
      for (String line; (line = out.readLine()) != null; ) {
        if (line.contains(containing)) {
          return line;
        }
        seen.append(line).append('\n');
      }
      throw new AssertionError("no line with " + containing + " in:\n" + seen);
    }

    HttpResponse<Void> preflight(String origin) throws Exception {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(api.replace("localhost", "127.0.0.1") + "/x"))
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                  .header("Origin", origin)
                  .header("Access-Control-Request-Method", "POST")
                  .build(),
              HttpResponse.BodyHandlers.discarding());
    }

    HttpResponse<String> get(String origin) throws Exception {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(api.replace("localhost", "127.0.0.1") + "/x"))
                  .header("Origin", origin)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }
}
