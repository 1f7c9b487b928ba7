package dev.corsage.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template is read as. */
class TemplateTest {
  @TempDir private Path folder;

  /** {@code KEY target format authorizer:header key}, in the order of precedence. */
  private static String described(Route route) {
    String target =
        route.functionId() != null
            ? route.functionId()
            : route.target() instanceof Target.Mock mock ? "mock" + mock.headers() : "other";
    return route.key()
        + " > "
        + target
        + (route.type().isV2() ? " 2.0" : " 1.0")
        + (route.authorizer() == null
            ? ""
            : " " + route.authorizer().name() + route.authorizer().headers())
        + (route.apiKey() ? " key" : "");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http.yaml       | HTTP API     | $default | GET /open/{id} > Orders 2.0; OPTIONS / > Preflight 1.0; OPTIONS /{proxy+} > Preflight 1.0; $default > Orders 2.0 Tokens[Authorization]
          rest.yaml       | REST API     | prod     | OPTIONS / > Preflight 1.0; GET / > Orders 1.0 Users[Authorization]; OPTIONS /{proxy+} > Preflight 1.0; ANY /{proxy+} > Orders 1.0 Users[Authorization]
          url.yaml        | function URL | $default | $default > Orders 2.0
          plain-http.json | HTTP API     | live     | GET /items > Orders 2.0 AWS_IAM[Authorization]; OPTIONS /{proxy+} > Preflight 1.0
          plain-rest.yaml | REST API     | prod     | GET /items/{id} > other 1.0 Users[X-Token]; OPTIONS /items/{id} > Preflight 1.0; OPTIONS /items > mock{Access-Control-Allow-Origin=*} 1.0
          openapi.yaml    | HTTP API     | beta     | GET /items > Orders 2.0 tokens[X-Token]; OPTIONS /items > Preflight 1.0; $default > other 1.0 tokens[X-Token]
          """)
  void anApiHasItsRoutes(String name, String kind, String stage, String routes) throws Exception {
    Api api = Templates.read(name).apis().get(0);
    assertThat(api.kind()).hasToString(kind);
    assertThat(api.stage()).isEqualTo(stage);
    assertThat(api.routes().routes().stream().map(TemplateTest::described))
        .containsExactlyElementsOf(Arrays.asList(routes.split("; ", -1)));
  }

  @Test
  void functionsHaveTheVariablesOfGlobalsToo() throws Exception {
    Template template = Templates.read("http.yaml");
    assertThat(template.functions().get("Orders").variables())
        .containsOnly(
            Map.entry("ALLOWED_ORIGINS", "https://app.example.com"),
            Map.entry("ALLOWED_METHODS", "PUT"),
            Map.entry("MAX_AGE", "7200"),
            Map.entry("TABLE", "${Table}"));
    assertThat(template.functions().get("Orders").unresolved()).containsExactly("TABLE");
    assertThat(template.functions().get("Orders").runtime()).isEqualTo("java21");
    assertThat(template.functions().get("Preflight").isPreflight()).isTrue();
  }

  @Test
  void whatIsNotReadIsListed() throws Exception {
    assertThat(Templates.read("http.yaml").ignored())
        .containsExactly(
            "AWS::DynamoDB::Table: Table", "events of type Schedule: Orders.Events.Night");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain                                              | plain
          2.10                                               | 2.10
          !Ref P                                             | of P
          {Ref: P}                                           | of P
          !Sub "a ${P} ${!P} ${AWS::Region} ${R.Arn}"        | a of P ${P} us-east-1 ${R.Arn}
          !Sub ["${x}-${P}", {x: !Ref P}]                    | of P-of P
          !Join ["-", [a, !Ref P]]                           | a-of P
          !If [Yes, a, b]                                    | a
          !If [No, a, !If [Or, !Ref P, b]]                   | of P
          !If [And, a, b]                                    | b
          !FindInMap [Map, eu, name]                         | in eu
          !Select [1, !Split [",", "a,b"]]                   | b
          !GetAtt R.Arn                                      | ${R.Arn}
          !ImportValue x                                     | ${Fn::ImportValue}
          !Ref R                                             | ${R}
          !If [No, a, !Ref "AWS::NoValue"]                   | none
          """)
  void functionsAreEvaluated(String value, String result) throws Exception {
    Template template =
        Templates.of(
            folder,
            """
            Parameters: {P: {Type: String, Default: of P}}
            Mappings: {Map: {eu: {name: in eu}}}
            Conditions:
              Yes: !Equals [!Ref P, of P]
              No: !Not [!Condition Yes]
              Or: !Or [!Condition No, !Condition Yes]
              And: !And [!Condition No, !Condition Yes]
            Resources:
              R: {Type: AWS::S3::Bucket}
              Gone: {Type: AWS::Lambda::Function, Condition: No}
              F:
                Type: AWS::Lambda::Function
                Properties:
                  Environment: {Variables: {V: VALUE}}
            """
                .replace("VALUE", value));
    assertThat(template.functions()).containsOnlyKeys("F");
    assertThat(template.functions().get("F").variables().getOrDefault("V", "none"))
        .isEqualTo(result);
  }

  @Test
  void parametersTakeGivenValues() throws Exception {
    Template template =
        Template.read(Templates.file("http.yaml"), Map.of("Origins", "https://a.example"));
    assertThat(template.functions().get("Orders").variables())
        .containsEntry("ALLOWED_ORIGINS", "https://a.example");
  }

  private String failure(String text) throws Exception {
    try {
      Templates.of(folder, text);
    } catch (TemplateException unusable) {
      return unusable.getMessage();
    }
    return "none";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: [                                  | line 1: It is not YAML or JSON
          {"a": }}                              | line 1: It is not YAML or JSON
          a: !Ref%20 b                           | line 1: It is not YAML or JSON: Tag must not
          hello                                 | It has no Resources
          Resources: []                         | It has no Resources
          Resources: {a/F: {Type: 'AWS::Serverless::Function'}} | has a slash
          Resources: {a: {Condition: C}}        | line 1: There is no condition C.
          Conditions: {C: !Condition C}\\nResources: {a: {Condition: C}} | line 1: The condition C depends on itself.
          Conditions: {C: !Odd [1]}\\nResources: {a: {Condition: C}}     | line 1: Conditions can only be made of
          Conditions: {C: !Not []}\\nResources: {a: {Condition: C}}      | line 1: Fn::Not has no condition.
          Resources: &a {b: *a}                 | aliases (*name)
          """)
  void whatIsNotATemplateIsRefused(String text, String message) throws Exception {
    assertThat(failure(text.replace("\\n", "\n"))).contains(message);
  }

  @Test
  void aParameterThatIsNotThereIsRefused() {
    assertThat(
            catchThrowableOfType(
                TemplateException.class,
                () -> Template.read(Templates.file("http.yaml"), Map.of("Origin", "x"))))
        .hasMessage("It has no parameter Origin; it has Origins");
  }

  /** Bombs: each is refused before it costs anything to speak of. */
  @ParameterizedTest
  @ValueSource(strings = {"aliases", "depth", "depth of blocks", "size", "text"})
  void bombsAreRefused(String kind) throws Exception {
    String bomb =
        switch (kind) {
          case "aliases" -> aliases();
          case "depth" -> "Resources: " + "[".repeat(50_000);
          case "depth of blocks" -> blocks();
          case "size" -> "Resources: {a: " + "x".repeat(YamlReader.MAX_CHARACTERS) + "}";
          default ->
              "Parameters: {P: {Default: "
                  + "x".repeat(10_000)
                  + "}}\nResources: {a: {Type: AWS::Lambda::Version, Properties: !Sub '"
                  + "${P}".repeat(1_000)
                  + "'}}";
        };
    assertThat(failure(bomb)).isNotEqualTo("none");
  }

  private static String aliases() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      text.append(String.format("a%d: &a%d [*a%d, *a%d]%n", i, i, i - 1, i - 1));
    }
    return text + "Resources: {r: *a29}\n";
  }

  private static String blocks() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    return text.toString();
  }

  @Test
  void archivesThatAreThereAreRun() throws Exception {
    Files.createFile(folder.resolve("orders.jar"));
    Template template =
        Templates.of(
            folder,
            """
            Resources:
              Here: {Type: AWS::Serverless::Function, Properties: {CodeUri: ./orders.jar, Handler: a.B, Runtime: java21}}
              Node: {Type: AWS::Serverless::Function, Properties: {CodeUri: ./orders.jar, Handler: a.b, Runtime: nodejs22.x}}
              Gone: {Type: AWS::Serverless::Function, Properties: {CodeUri: ./gone.jar, Handler: a.B, Runtime: java21}}
              Folder: {Type: AWS::Serverless::Function, Properties: {CodeUri: orders/, Handler: a.B, Runtime: java21}}
            """);
    List<String> runnable =
        template.functions().values().stream()
            .filter(TemplateFunction::isRunnable)
            .map(TemplateFunction::id)
            .toList();
    assertThat(runnable).containsExactly("Here");
  }
}
