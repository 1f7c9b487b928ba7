package dev.corsage.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.template.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose CORS it is: which functions have a policy, and what is said of the others. */
class PolicyNotReadTest {
  private static final String OURS = "dev/corsage/lambda/Cors.class";

  @TempDir private Path folder;

  private void zip(String name, String... entries) throws Exception {
    Files.createDirectories(folder.resolve(name).getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        if (entry.equals("lib/renamed.jar")) {
          zip.write(Files.readAllBytes(folder.resolve("shaded.jar")));
        }
      }
    }
  }

  /** The code of all kinds of functions. */
  private void writeCode() throws Exception {
    zip("shaded.jar", "com/example/F.class", OURS);
    zip("plain.jar", "com/example/F.class", "lib/jackson-core.jar");
    zip("lib.zip", "lib/corsage-lambda-1.2.3.jar");
    zip("renamed.zip", "lib/renamed.jar");
    zip("built/lib/corsage-lambda-1.2.3.jar", OURS);
    Files.createDirectories(folder.resolve("sources"));
    Files.writeString(folder.resolve("sources/pom.xml"), "<artifactId>corsage-lambda</artifactId>");
    Files.createDirectories(folder.resolve("others"));
    Files.writeString(folder.resolve("others/build.gradle"), "implementation 'a:b:1'");
    Files.createDirectories(folder.resolve("classes/dev/corsage/lambda"));
  }

  /** ORIGIN_PATH tells that the variables are read as a policy: the origin has a slash. */
  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          Runtime: java21     | com.example.F | CodeUri: shaded.jar   | none    | error ORIGIN_PATH
          Runtime: java21     | com.example.F | CodeUri: lib.zip      | none    | error ORIGIN_PATH
          Runtime: java21     | com.example.F | CodeUri: renamed.zip  | none    | error ORIGIN_PATH
          Runtime: java21     | com.example.F | CodeUri: built/       | none    | error ORIGIN_PATH
          Runtime: java21     | com.example.F | CodeUri: sources      | none    | error ORIGIN_PATH
          Runtime: java21     | com.example.F | CodeUri: ./classes/   | none    | error ORIGIN_PATH
          Runtime: java21     | com.example.F | CodeUri: gone.jar     | wrapped | error ORIGIN_PATH
          Runtime: python3.13 | app.handler   | CodeUri: src/         | wrapped | error ORIGIN_PATH
          Runtime: java21     | dev.corsage.lambda.PreflightHandler | CodeUri: gone.zip | none | error ORIGIN_PATH
          Runtime: java21     | dev.corsage.lambda.PreflightHandler::handleRequest | CodeUri: gone.zip | none | error ORIGIN_PATH
          Runtime: java21     | com.example.F | CodeUri: shaded.jar   | none!   | info POLICY_NOT_READ
          Runtime: java21     | com.example.F | CodeUri: plain.jar    | none    | info POLICY_NOT_READ
          Runtime: java21     | com.example.F | CodeUri: others       | none    | info POLICY_NOT_READ
          Runtime: java21     | com.example.F | CodeUri: gone.jar     | none    | warning POLICY_NOT_READ
          Runtime: java21     | com.example.F | CodeUri: {Bucket: b, Key: k} | none | warning POLICY_NOT_READ
          Runtime: python3.13 | app.handler   | CodeUri: src/         | none    | info POLICY_NOT_READ
          Runtime: nodejs22.x | app.handler   | CodeUri: gone.zip     | none    | info POLICY_NOT_READ
          Runtime: nodejs22.x | app.handler   | InlineCode: a         | none    | info POLICY_NOT_READ
          PackageType: Image  | a             | ImageUri: b           | none    | info POLICY_NOT_READ
          """)
  void variablesArePolicyWhereCorsageReadsThem(
      String runtime, String handler, String code, String mark, String found) throws Exception {
    writeCode();
    assertThat(found(runtime, handler, code, mark, "ALLOWED_ORIGINS: https://a.example/"))
        .containsExactly(found);
  }

  @ParameterizedTest
  @CsvSource({
    "ALLOWED_ORIGIN, true",
    "ALLOWED_ORIGINS, true",
    "CORS_POLICY, true",
    "MAX_AGE, false",
    "TABLE, false",
  })
  void onlyVariablesThatNameOriginsAreWorthAWord(String variable, boolean said) throws Exception {
    assertThat(found("Runtime: nodejs22.x", "a.b", "CodeUri: x", null, variable + ": x"))
        .isEqualTo(said ? List.of("info POLICY_NOT_READ") : List.of());
  }

  /** A policy that is built in code has no variables. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"wrapped, info POLICY_NOT_READ", "none, none"})
  void aWrappedFunctionWithoutVariablesIsNotRead(String mark, String found) throws Exception {
    assertThat(found("Runtime: java21", "a.B", "CodeUri: x", mark, "TABLE: x"))
        .isEqualTo(found == null ? List.of() : List.of(found));
  }

  private List<String> found(
      String runtime, String handler, String code, String mark, String variable) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("t.yaml"),
            """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Metadata: {A: b%s}
                Properties:
                  %s
                  Handler: %s
                  %s
                  Environment: {Variables: {%s}}
                  Events:
                    Get: {Type: HttpApi, Properties: {Method: GET, Path: /x}}
                    Options: {Type: HttpApi, Properties: {Method: OPTIONS, Path: /x}}
            """
                .formatted(
                    mark == null ? "" : ", Corsage: " + mark.replace("!", ""),
                    runtime,
                    handler,
                    code,
                    variable));
    return TemplateRules.problems(Template.read(file, Map.of())).stream()
        .filter(problem -> problem.code().name().matches("POLICY_NOT_READ|ORIGIN_PATH"))
        .map(problem -> problem.severity() + " " + problem.code())
        .toList();
  }

  /** Silence would look as if the responses of the function had been checked. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          Runtime: python3.13, Handler: a.b, CodeUri: x | none | info F GET /x and 1 more
          Runtime: java21, Handler: a.B, CodeUri: x     | none | info F GET /x and 1 more
          Runtime: java21, Handler: a.B, CodeUri: x     | {Corsage: none} | info F GET /x and 1 more
          Runtime: java21, Handler: a.B, CodeUri: x     | {Corsage: wrapped} | none
          Runtime: java21, Handler: dev.corsage.lambda.PreflightHandler, CodeUri: x | none | none
          'Runtime: python3.13, Handler: a.b, CodeUri: x, Environment: {Variables: {ALLOWED_ORIGINS: x}}' | none | none
          """)
  void aFunctionThatIsNotKnownIsNamed(String properties, String metadata, String found)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("t.yaml"),
            """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Metadata: %s
                Properties:
                  %s
                  Events:
                    Get: {Type: HttpApi, Properties: {Method: GET, Path: /x}}
                    Options: {Type: HttpApi, Properties: {Method: OPTIONS, Path: /x}}
            """
                .formatted(
                    metadata == null ? "{}" : metadata,
                    properties.replaceAll(", (?=[A-Z][A-Za-z]+: [^{]|Environment)", "\n      ")));
    assertThat(TemplateRules.problems(Template.read(file, Map.of())))
        .filteredOn(problem -> problem.code() == TemplateCode.FUNCTION_NOT_KNOWN)
        .extracting(p -> p.severity() + " " + p.field().replaceFirst(".* ", "") + " " + p.value())
        .isEqualTo(found == null ? List.of() : List.of(found));
  }

  /** API Gateway drops what the function sends there, and responds to preflights itself. */
  @Test
  void whereTheApiDecidesTheFunctionDoesNotMatter() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("t.yaml"),
            """
            Resources:
              Api:
                Type: AWS::Serverless::HttpApi
                Properties: {CorsConfiguration: {AllowOrigins: [https://a.example]}}
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: python3.13
                  Handler: a.b
                  CodeUri: x
                  Events:
                    Get: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /x}}
            """);
    assertThat(TemplateRules.problems(Template.read(file, Map.of()))).isEmpty();
  }
}
