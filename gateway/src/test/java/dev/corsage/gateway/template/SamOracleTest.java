package dev.corsage.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.BuiltInCors;
import dev.corsage.gateway.api.GatewayResponseSettings;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.rules.TemplateCode;
import dev.corsage.gateway.rules.TemplateRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates, as SAM's own transformation makes them: what is read must be the same. */
@Tag("once")
@Timeout(300)
class SamOracleTest {
  /** Templates that SAM takes; the generator makes up others between them. */
  private static final int ACCEPTED = 500;

  private static Oracle oracle;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    oracle = Oracle.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (oracle != null) {
      oracle.close();
    }
  }

  static Stream<Path> ofTheProject() {
    return Stream.of(
            "deploy", "examples", "gateway/src/test/resources", "conformance/src/test/resources")
        .flatMap(name -> templatesBelow(Path.of("..", name)))
        .sorted();
  }

  private static Stream<Path> templatesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
          .filter(file -> !file.toString().contains("/target/") && isTemplate(file))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isTemplate(Path file) {
    try {
      return Files.readString(file).matches("(?s).*(^|\\n) *\"?Resources\"?:.*");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @ParameterizedTest
  @MethodSource("ofTheProject")
  void aTemplateOfTheProjectIsReadAsSamWritesIt(Path file) throws Exception {
    String text = Files.readString(file);
    assertThat(difference(oracle.ask("translate", text), text, file.getParent())).isEmpty();
  }

  @Test
  void generatedTemplatesAreReadAsSamWritesThem() throws Exception {
    List<String> differences = new ArrayList<>();
    int accepted = 0;
    int refused = 0;
    for (int seed = 0; accepted < ACCEPTED; seed++) {
      String template = SamTemplates.of(seed);
      Map<String, String> sam = oracle.ask("translate", template);
      String difference = difference(sam, template, folder);
      if (!difference.isEmpty()) {
        differences.add("seed " + seed + ": " + difference + "\n" + template);
      }
      if (sam.containsKey("refused")) {
        refused++;
      } else {
        accepted++;
      }
    }
    assertThat(differences).isEmpty();
    assertThat(refused).isGreaterThan(ACCEPTED / 10);
  }

  static Stream<Path> toDeploy() {
    return Stream.of("deploy", "examples").flatMap(name -> templatesBelow(Path.of("..", name)));
  }

  @ParameterizedTest
  @MethodSource("toDeploy")
  void cfnLintAcceptsWhatIsToDeployAndWhatSamMakesOfIt(Path file) throws Exception {
    String text = Files.readString(file);
    String translated = oracle.ask("translate", text).get("translated");
    assertThat(oracle.ask("lint", text).get("findings")).isEmpty();
    // As sam package does with a nested template, before it is deployed.
    String packaged =
        translated.replace(
            "\"../operations.yaml\"", "\"https://s3.amazonaws.com/b/operations.yaml\"");
    assertThat(oracle.ask("lint", packaged).get("findings")).isEmpty();
  }

  @Test
  void cfnLintFindsWhatIsWrong() throws Exception {
    String template = "Resources: {B: {Type: AWS::S3::Bucket, Properties: {Nme: x}}}";
    assertThat(oracle.ask("lint", template).get("findings")).contains("Nme");
  }

  /** Returns how what is read differs from what SAM writes; empty if it does not. */
  private static String difference(Map<String, String> sam, String text, Path folder)
      throws Exception {
    Template template = Template.parse("template", text, folder, Map.of());
    if (sam.containsKey("refused")) {
      return isRefused(template) ? "" : "SAM refuses it: " + sam.get("refused");
    }
    if (!template.refusals().isEmpty()) {
      return "SAM does not refuse it: " + template.refusals();
    }
    String expected = sam.get("model");
    String translated =
        model(Template.parse("translated", sam.get("translated"), folder, Map.of()));
    String read = model(template);
    return read.equals(expected) && translated.equals(expected)
        ? ""
        : "SAM writes\n" + expected + "\nread as\n" + read + "\nand translated as\n" + translated;
  }

  private static boolean isRefused(Template template) {
    return !template.refusals().isEmpty()
        || TemplateRules.problems(template).stream()
            .anyMatch(problem -> problem.code().equals(TemplateCode.CORS_STAR_CREDENTIALS));
  }

  /** Returns the APIs of a template in the form of {@code oracle.py}. */
  private static String model(Template template) {
    return template.apis().stream()
        .flatMap(SamOracleTest::lines)
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static Stream<String> lines(Api api) {
    List<String> lines = new ArrayList<>();
    lines.add(api.kind() + " " + api.stage() + (api.partial() ? " partial" : ""));
    if (api.cors() != null) {
      lines.add(described(api.cors()));
    }
    api.gatewayResponses().forEach(response -> lines.add(described(response)));
    api.routes().routes().forEach(route -> lines.add(described(api, route)));
    String name =
        api.kind() == Kind.FUNCTION_URL
            ? "URL of " + api.routes().routes().get(0).functionId()
            : api.id();
    return lines.stream().map(line -> name + ": " + line);
  }

  private static String described(BuiltInCors cors) {
    return Stream.of(cors.origins(), cors.methods(), cors.headers(), cors.exposed())
            .map(list -> String.join(",", list) + " | ")
            .collect(Collectors.joining("", "cors ", ""))
        + cors.maxAge()
        + " | "
        + cors.credentials();
  }

  private static String described(GatewayResponseSettings response) {
    return response.type()
        + " "
        + response.status()
        + response.headers().entrySet().stream()
            .map(header -> header.getKey() + "=" + header.getValue().text())
            .sorted()
            .collect(Collectors.joining("; ", "{", "}"));
  }

  private static String described(Api api, Route route) {
    String target = "other";
    if (route.target() instanceof Target.Mock mock) {
      target =
          mock.headers().entrySet().stream()
              .map(header -> header.getKey() + "=" + header.getValue())
              .sorted()
              .collect(Collectors.joining("; ", "mock{", "}"));
    } else if (route.functionId() != null) {
      String format = route.type().isV2() ? " 2.0" : " 1.0";
      target = route.functionId() + (api.kind() == Kind.REST ? "" : format);
    }
    Authorizer authorizer = route.authorizer();
    return route.method()
        + " "
        + route.path()
        + " > "
        + target
        + (authorizer == null
            ? ""
            : " "
                + authorizer.name()
                + "["
                + String.join(",", authorizer.headers())
                + ";"
                + String.join(",", authorizer.parameters())
                + "]")
        + (route.apiKey() ? " key" : "");
  }
}
