package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./corsage serve --template}, as a process. */
@Timeout(120)
class ServeTemplateTest {
  @TempDir private Path folder;

  private static String read(BufferedReader out, String containing) throws Exception {
    StringBuilder seen = new StringBuilder();
    for (String line; (line = out.readLine()) != null; ) {
      seen.append(line).append('\n');
      if (line.contains(containing)) {
        return seen.toString();
      }
    }
    throw new AssertionError("no line with " + containing + " in:\n" + seen);
  }

  @Test
  void saysWhatIsWrongAndRunsAllTheSame() throws Exception {
    Path template =
        Files.writeString(
            folder.resolve("template.yaml"),
            """
            Resources:
              Orders: # its code is not here
                Type: AWS::Serverless::Function
                Metadata: {Corsage: wrapped}
                Properties:
                  CodeUri: orders/
                  Handler: com.example.Orders
                  Environment: {Variables: {ALLOWED_ORIGINS: https://app.example.com}}
                  FunctionUrlConfig:
                    AuthType: NONE
                    Cors: {AllowOrigins: ["https://app.example.com"]}
            """);
    Process process =
        Command.builder(Map.of(), "serve", "--template", template.toString(), "--port", "0")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String welcome = read(out, "METHOD");
      assertThat(welcome)
          .contains("BUILT_IN_CORS  template.yaml:11 Orders.FunctionUrlConfig.Cors")
          .contains(
              "Orders          a function of ours stands in, wrapped in its policy: its code is not"
                  + " here ("
                  + folder.resolve("orders")
                  + ")");
      Matcher api = Pattern.compile("function URL +http://localhost:(\\d+)").matcher(welcome);
      assertThat(api.find()).isTrue();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.group(1) + "/x"))
              .method("GET", BodyPublishers.noBody())
              .header("Origin", "https://app.example.com")
              .build();
      HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
      assertThat(read(out, "GET"))
          .containsPattern("GET +/x +https://app\\.example\\.com +refused +200 +many-acao");
    } finally {
      process.destroy();
      process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }
}
