package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** AWS's own tools take what is generated for REST APIs: cfn-lint, and SAM's transformation. */
@Tag("once")
class AwsToolsTest {
  private static final Path SCRIPT = Path.of("../gateway/src/test/python/oracle.py");

  private static Process process;
  private static Writer requests;
  private static BufferedReader results;

  @BeforeAll
  static void start() throws IOException {
    String given = System.getenv("CORSAGE_ORACLE");
    Path python = Path.of(given == null ? "../target/oracle/bin/python" : given);
    assertThat(Files.isExecutable(python))
        .as("%s has AWS's tools for templates; ./test installs it", python)
        .isTrue();
    process =
        new ProcessBuilder(python.toString(), SCRIPT.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    results = process.inputReader(StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stop() throws Exception {
    if (process != null) {
      requests.close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static Map<?, ?> ask(String task, String text) throws IOException {
    requests.write(Cases.JSON.writeValueAsString(Map.of("task", task, "text", text)) + "\n");
    requests.flush();
    return Cases.JSON.readValue(results.readLine(), Map.class);
  }

  @Test
  void takeWhatIsGeneratedForRestApis() throws Exception {
    List<Case> cases = new ArrayList<>(Cases.generated(5, 30));
    for (String origins : List.of("[\"https://example.com\"]", "[\"*\"]")) {
      cases.add(new Case(origins, "{\"origins\": " + origins + "}", List.of()));
    }
    int taken = 0;
    for (Case made : cases) {
      Generated generated = made.generate(new RestMock());
      if (!generated.isRefused()) {
        String template = generated.files().get(0).content();
        assertThat(ask("lint", template)).as(made.document()).isEqualTo(Map.of("findings", ""));
        assertThat(model(template))
            .as(made.document())
            .contains("Api: OPTIONS / > mock{}", "Api: OPTIONS /{proxy+} > mock{}");
        assertThat(model(definition(generated.files().get(1).content())))
            .as(made.document())
            .contains("Api: OPTIONS / > mock{}", "Api: OPTIONS /{proxy+} > mock{}");
        taken++;
      }
    }
    assertThat(taken).isGreaterThan(10);
  }

  private static List<String> model(String template) throws IOException {
    Map<?, ?> translated = ask("translate", template);
    assertThat(translated.get("refused")).as(template).isNull();
    return translated.get("model").toString().lines().toList();
  }

  /** Returns a template of SAM with an OpenAPI document in it. */
  private static String definition(String document) {
    StringBuilder template =
        new StringBuilder(
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Api:
                Type: AWS::Serverless::Api
                Properties:
                  StageName: prod
                  DefinitionBody:
            """);
    document.lines().forEach(line -> template.append("        ").append(line).append('\n'));
    return template.toString();
  }
}
