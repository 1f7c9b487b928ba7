package dev.corsage.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.Problem;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.rules.TemplateRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nested stacks, loops and included files: templates that are made of several parts. */
class StacksTest {
  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> routes(Template template) {
    return template.apis().stream()
        .flatMap(
            api ->
                api.routes().routes().stream()
                    .map(
                        route ->
                            api.id()
                                + " "
                                + route.key()
                                + " > "
                                + (route.target() instanceof Target.Mock
                                    ? "mock"
                                    : String.valueOf(route.functionId()))))
        .toList();
  }

  private static List<String> found(Template template) {
    return TemplateRules.problems(template).stream()
        .filter(problem -> !problem.code().name().equals("FUNCTION_NOT_KNOWN"))
        .map(problem -> problem.severity() + " " + problem.code() + " " + problem.field())
        .toList();
  }

  private static final String CHILD =
      """
      Parameters: {Id: {Type: String}, Root: {Type: String}, Origins: {Type: CommaDelimitedList}}
      Resources:
        F: {Type: AWS::Lambda::Function, Properties: {CodeUri: f.jar}}
        Items:
          Type: AWS::ApiGateway::Resource
          Properties: {RestApiId: !Ref Id, ParentId: !Ref Root, PathPart: items}
        Get:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Id
            ResourceId: !Ref Items
            HttpMethod: GET
            Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:x:lambda:path/functions/${F.Arn}/invocations"}
        Own:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: !Ref Origins, AllowCredentials: true}}
      Outputs:
        Function: {Value: !GetAtt F.Arn}
        Own: {Value: !Ref Own}
        Origin: {Value: !Select [0, !Ref Origins]}
      """;

  private static final String PARENT =
      """
      Parameters: {Origins: {Type: String, Default: "*,https://b.example.com"}}
      Resources:
        Api: {Type: AWS::ApiGateway::RestApi}
        Orders:
          Type: AWS::CloudFormation::Stack
          Properties:
            TemplateURL: LOCATION
            Parameters: {Id: !Ref Api, Root: !GetAtt Api.RootResourceId, Origins: !Ref Origins}
        Http: {Type: AWS::ApiGatewayV2::Api, Properties: {CorsConfiguration: {AllowOrigins: [!GetAtt Orders.Outputs.Origin]}}}
        To: {Type: AWS::ApiGatewayV2::Integration, Properties: {IntegrationUri: !GetAtt Orders.Outputs.Function}}
        Route:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !Ref Http, RouteKey: GET /x, Target: !Sub "integrations/${To}"}
        ChildRoute:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !GetAtt Orders.Outputs.Own, RouteKey: GET /y, Target: !Sub "integrations/${To}"}
      """;

  @ParameterizedTest
  @CsvSource({"orders.yaml", "./nested/orders.yaml", "./nested/../nested/orders.yaml"})
  void aNestedStackIsReadWithItsParametersAndOutputs(String location) throws Exception {
    write(location, CHILD);
    Template template = Templates.of(folder, PARENT.replace("LOCATION", location));

    assertThat(routes(template))
        .containsExactlyInAnyOrder(
            "Http GET /x > Orders/F", "Orders/Own GET /y > Orders/F", "Api GET /items > Orders/F");
    assertThat(template.apis())
        .filteredOn(api -> api.cors() != null)
        .extracting(api -> api.id() + " " + api.cors().origins())
        .containsExactlyInAnyOrder("Http [*]", "Orders/Own [*, https://b.example.com]");
    assertThat(template.ignored()).isEmpty();
  }

  /** A finding names the file that has the place. */
  @Test
  void aMistakeInANestedStackIsFound() throws Exception {
    write("nested/orders.yaml", CHILD);
    Template template = Templates.of(folder, PARENT.replace("LOCATION", "nested/orders.yaml"));

    assertThat(found(template))
        .contains("error CORS_STAR_CREDENTIALS nested/orders.yaml:16 Orders/Own.CorsConfiguration");
  }

  @Test
  void ofSamEveryStackHasItsOwnImplicitApiAndGlobals() throws Exception {
    String stack =
        """
        Globals: {Function: {Handler: HANDLER}, HttpApi: {CorsConfiguration: {AllowOrigins: ["https://ORIGIN"]}}}
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties: {Events: {E: {Type: HttpApi, Properties: {Path: /PATH, Method: get}}, R: {Type: Api, Properties: {Path: /r, Method: get, RestApiId: Rest}}}}
          Rest: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}
        """;
    write("b/t.yaml", stack.replace("HANDLER", "b.B").replace("ORIGIN", "b").replace("PATH", "b"));
    write("b/f.jar", "");
    Template template =
        Templates.of(
            folder,
            stack.replace("HANDLER", "a.A").replace("ORIGIN", "a").replace("PATH", "a")
                + "  B: {Type: AWS::Serverless::Application, Properties: {Location: b/t.yaml}}\n");

    assertThat(routes(template))
        .containsExactlyInAnyOrder(
            "Rest GET /r > F",
            "B/Rest GET /r > B/F",
            "ServerlessHttpApi GET /a > F",
            "B/ServerlessHttpApi GET /b > B/F");
    assertThat(template.functions().get("B/F").handler()).isEqualTo("b.B");
    assertThat(template.apis())
        .filteredOn(api -> api.cors() != null)
        .extracting(api -> api.id() + " " + api.cors().origins())
        .containsExactlyInAnyOrder(
            "ServerlessHttpApi [https://a]", "B/ServerlessHttpApi [https://b]");
  }

  /** The CDK uploads the templates of nested stacks; its metadata have the names of the files. */
  @Test
  void theAssetOfTheCdkIsRead() throws Exception {
    write(
        "Stack.nested.template.json",
        "{\"Resources\": {\"Api\": {\"Type\": \"AWS::ApiGateway::RestApi\"}}}");
    Template template =
        Templates.of(
            folder,
            """
            Resources:
              N:
                Type: AWS::CloudFormation::Stack
                Properties: {TemplateURL: !Sub "https://s3.${AWS::Region}.${AWS::URLSuffix}/cdk-assets/0a.json"}
                Metadata: {"aws:asset:path": Stack.nested.template.json, "aws:asset:property": TemplateURL}
            """);
    assertThat(template.apis()).extracting(Api::id).containsExactly("N/Api");
  }

  /** Nothing is said of what is missing: it may be in what is elsewhere. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a nested stack   | true  | Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://s3.amazonaws.com/b/t.yaml", Parameters: {Api: !Ref Api}}}
          an application   | true  | Nested: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: "arn:aws:x", SemanticVersion: 1.0.0}, Parameters: {Api: !Ref Api}}}
          of no concern    | false | Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://s3.amazonaws.com/b/t.yaml"}}
          """)
  void aNestedStackThatIsElsewhereIsNamed(String name, boolean partial, String nested)
      throws Exception {
    Template template =
        Templates.of(
            folder, "Resources:\n  Api: {Type: AWS::ApiGateway::RestApi}\n  " + nested + "\n");
    assertThat(template.apis().get(0).partial()).isEqualTo(partial);
    assertThat(found(template)).containsExactly("info TEMPLATE_NOT_READ t.yaml:3 Nested");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          in Resources       | Fn::ForEach::Apis: [Name, [A, !Ref P], {"${Name}Api": {Type: AWS::ApiGatewayV2::Api, Properties: {CorsConfiguration: {AllowOrigins: [!Sub "https://${Name}.x", !Ref Name, "${Name}"]}}}}] | AApi [https://A.x, A, A]; BApi [https://B.x, B, B]
          a list parameter   | Fn::ForEach::Apis: [N, !Ref L, {"Api&{N}": {Type: AWS::ApiGatewayV2::Api, Properties: {CorsConfiguration: {AllowOrigins: ["https://&{N}", "https://${N}"]}}}}] | Apiab [https://ab, https://a-b]; Apic [https://c, https://c]
          nested             | Fn::ForEach::X: [N, [A, B], {"Fn::ForEach::Y": [M, ["1", !Ref N], {"${N}${M}": {Type: AWS::ApiGatewayV2::Api, Properties: {CorsConfiguration: {AllowOrigins: ["${N}-${M}"]}}}}]}] | A1 [A-1]; AA [A-A]; B1 [B-1]; BB [B-B]
          a map              | Fn::ForEach::X: [N, [A, B], {"${N}": {Type: AWS::ApiGatewayV2::Api, Properties: {CorsConfiguration: {AllowOrigins: !FindInMap [M, !Ref N, o, {DefaultValue: [d]}]}}}}] | A [x]; B [d]
          a condition        | Fn::ForEach::X: [N, [A, B], {"${N}": {Type: AWS::ApiGatewayV2::Api, Condition: "Is${N}", Properties: {CorsConfiguration: {AllowOrigins: ["${N}"]}}}}] | B [B]
          in Properties      | Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Fn::ForEach::X: [N, [Cors], {"${N}Configuration": {AllowOrigins: [o]}}]}} | Api [o]
          """)
  void loopsAreUnrolled(String name, String resources, String apis) throws Exception {
    Template template =
        Templates.of(
            folder,
            """
            Transform: AWS::LanguageExtensions
            Parameters: {P: {Type: String, Default: B}, L: {Type: CommaDelimitedList, Default: "a-b,c"}}
            Mappings: {M: {A: {o: [x]}}}
            Conditions: {"Fn::ForEach::C": [N, [A, B], {"Is${N}": !Equals [!Ref N, !Ref P]}]}
            Resources:
            """
                + "  "
                + resources
                + "\n");
    assertThat(
            String.join(
                "; ",
                template.apis().stream()
                    .map(api -> api.id() + " " + api.cors().origins())
                    .toList()))
        .isEqualTo(apis);
  }

  @Test
  void aLoopOverWhatIsNotKnownIsNamed() throws Exception {
    Template template =
        Templates.of(
            folder,
            """
            Parameters: {L: {Type: CommaDelimitedList}}
            Resources:
              Api: {Type: AWS::ApiGatewayV2::Api}
              Fn::ForEach::X: [N, !Ref L, {"${N}": {Type: AWS::ApiGatewayV2::Api}}]
            """);
    assertThat(template.apis()).extracting(Api::id).containsExactly("Api");
    assertThat(found(template)).containsExactly("info TEMPLATE_NOT_READ t.yaml:4 Transform");
  }

  private static final String BODY =
      """
      {paths: {/a: {options: {x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: "200"}}}}}}}
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a document            | Api: {Type: AWS::ApiGateway::RestApi, Properties: {Body: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: body.yaml}}}}}
          the short form        | Api: {Type: AWS::ApiGateway::RestApi, Properties: {Body: !Transform {Name: AWS::Include, Parameters: {Location: ./body.yaml}}}}
          beside other keys     | Api: {Type: AWS::ApiGateway::RestApi, Properties: {Body: {openapi: 3.0.1, Fn::Transform: {Name: AWS::Include, Parameters: {Location: !Ref File}}}}}
          of SAM                | Api: {Type: AWS::Serverless::Api, Properties: {StageName: p, DefinitionBody: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: body.yaml}}}}}
          resources             | Fn::Transform: {Name: AWS::Include, Parameters: {Location: resources.yaml}}
          """)
  void aFileIsIncluded(String name, String resources) throws Exception {
    write("body.yaml", BODY);
    write(
        "resources.yaml",
        "Api: {Type: AWS::ApiGateway::RestApi, Properties: {Body: " + BODY.strip() + "}}");
    Template template =
        Templates.of(
            folder,
            "Parameters: {File: {Type: String, Default: body.yaml}}\nResources:\n  "
                + resources
                + "\n");
    assertThat(routes(template)).containsExactly("Api OPTIONS /a > mock");
    assertThat(template.apis().get(0).partial()).isFalse();
    assertThat(template.apis().get(0).routes().routes().get(0).location().line()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          in a bucket    | {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/body.yaml}}}
          beside paths   | {paths: {/a: {get: {}}}, Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/body.yaml}}}
          among paths    | {paths: {/a: {get: {}}, Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/body.yaml}}}}
          unknown        | {Fn::Transform: {Name: AWS::Include, Parameters: {Location: !Ref U}}}
          a macro        | {Fn::Transform: {Name: Mine, Parameters: {Location: t.yaml}}}
          """)
  void ofAFileThatIsElsewhereNothingIsMissing(String name, String body) throws Exception {
    Template template =
        Templates.of(
            folder,
            "Parameters: {U: {Type: String}}\nResources:\n  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Body: "
                + body
                + "}}\n");
    assertThat(template.apis().get(0).partial()).isTrue();
    assertThat(found(template)).contains("info TEMPLATE_NOT_READ t.yaml:3 Transform");
    assertThat(found(template)).noneMatch(problem -> problem.startsWith("error"));
  }

  @Test
  void aFileIsIncludedAtTheTop() throws Exception {
    write("resources.yaml", "Resources: {Api: {Type: AWS::ApiGatewayV2::Api}}");
    Template template =
        Templates.of(
            folder,
            """
            Transform: [AWS::LanguageExtensions, {Name: AWS::Include, Parameters: {Location: resources.yaml}}, Mine]
            """);
    assertThat(template.apis()).extracting(Api::id).containsExactly("Api");
    assertThat(template.ignored()).containsExactly("the macro Mine: Transform");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          itself          | t.yaml      | nested more than 10 deep
          no template     | other.yaml  | other.yaml has no Resources
          not YAML        | broken.yaml | broken.yaml: line 1
          """)
  void aNestedStackThatCannotBeReadIsRefused(String name, String location, String message)
      throws Exception {
    write("other.yaml", "a: b");
    write("broken.yaml", "a: [");
    assertThatThrownBy(
            () ->
                Templates.of(
                    folder,
                    "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "
                        + location
                        + "}}}"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(message);
  }

  /** Each is a regular file of size 0, of which the reading may never end. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "AWS::Include, /proc/kmsg",
    "AWS::Include, /proc/self/environ",
    "AWS::Include, link.yaml",
    "a nested stack, /proc/kmsg",
    "a nested stack, link.yaml",
    "a document, link.yaml",
  })
  @Timeout(10)
  void aFileOfTheSystemIsRefused(String kind, String location) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/kmsg")), "only Linux has these files");
    Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("/proc/kmsg"));
    String resource =
        switch (kind) {
          case "AWS::Include" ->
              "Type: AWS::ApiGateway::RestApi, Properties: {Body: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: LOCATION}}}}";
          case "a nested stack" ->
              "Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: LOCATION}";
          default ->
              "Type: AWS::Serverless::Api, Properties: {StageName: p, DefinitionUri: LOCATION}";
        };
    String text = "Resources: {R: {" + resource.replace("LOCATION", location) + "}}";
    String reason = "below /proc, /sys or /dev";
    if (kind.equals("a document")) {
      assertThat(TemplateRules.problems(Templates.of(folder, text)))
          .anyMatch(problem -> problem.toString().contains(reason));
    } else {
      assertThatThrownBy(() -> Templates.of(folder, text))
          .isInstanceOf(TemplateException.class)
          .hasMessageContaining(reason);
    }
  }

  @Test
  void theLastOfTwoKeysCounts() throws Exception {
    String text =
        """
        {"Resources": {
          "Api": {"Type": "AWS::ApiGatewayV2::Api",
            "Properties": {"CorsConfiguration": {"AllowOrigins": ["https://a"], "MaxAge": 1,
              "AllowOrigins": ["https://b"]}}},
          "Old": {"Type": "AWS::S3::Bucket"},
          "Old": {"Type": "AWS::ApiGateway::RestApi"}
        }}
        """;
    Files.writeString(folder.resolve("t.json"), text);
    Template template = Template.read(folder.resolve("t.json"), Map.of());
    assertThat(template.apis()).extracting(Api::id).containsExactly("Api", "Old");
    assertThat(template.apis().get(0).cors().origins()).containsExactly("https://b");
    assertThat(TemplateRules.problems(template))
        .extracting(Problem::field, Problem::value)
        .contains(
            org.assertj.core.groups.Tuple.tuple("t.json:4 Template", "AllowOrigins"),
            org.assertj.core.groups.Tuple.tuple("t.json:6 Template", "Old"));
  }

  /** As JSON is often written. */
  @Test
  void tabsAreWhiteSpaceInJson() throws Exception {
    Template template =
        Templates.of(
            folder,
            "{\n\t\"Resources\": {\n\t\t\"Api\": {\n\t\t\t\"Type\":\t\"AWS::ApiGatewayV2::Api\"\n\t\t}\n\t}\n}\n");
    assertThat(template.apis()).extracting(Api::id).containsExactly("Api");
  }
}
