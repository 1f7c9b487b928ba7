package dev.corsage.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What API documents mean, beyond what SAM's transformation decides. */
class ApiDocumentsTest {
  private static final String FUNCTIONS =
      """
      Parameters: {Name: {Type: String, Default: orders}, Stage: {Type: String}}
      Resources:
        F: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders}}
        G: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "${Stage}-items"}}
        V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}
        Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, Name: live}}
      """;

  private static final String LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:";

  @TempDir private Path folder;

  private static String described(Route route) {
    String target =
        route.target() instanceof Target.Function function
            ? function.id()
            : route.target() instanceof Target.Mock ? "mock" : "other";
    String authorizer =
        route.authorizer() == null
            ? ""
            : " "
                + route.authorizer().name()
                + route.authorizer().headers()
                + route.authorizer().parameters();
    return route.key() + " > " + target + authorizer + (route.apiKey() ? " key" : "");
  }

  private void assertRoutes(String template, String routes) throws Exception {
    Api api = Templates.of(folder, template).apis().get(0);
    assertThat(api.routes().routes().stream().map(ApiDocumentsTest::described))
        .containsExactlyElementsOf(
            routes.isEmpty() ? List.of() : Arrays.asList(routes.split("; ", -1)));
  }

  /** By its ARN or its name in the URI of an integration. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          !GetAtt F.Arn                                        | F
          !Ref Live                                            | F
          !Ref V                                               | F
          !Sub "PATH${F.Arn}/invocations"                      | F
          !Sub "PATH${Live}/invocations"                       | F
          !Sub "PATHLAMBDAorders/invocations"                  | F
          !Sub "PATHLAMBDAorders:live/invocations"             | F
          !Sub "PATHLAMBDA${Name}/invocations"                 | F
          !Sub "PATHLAMBDA${Name}s/invocations"                | other
          !Sub "PATHLAMBDA${!stageVariables.fn}/invocations"   | F
          !Sub "PATHLAMBDA${!stageVariables.no}/invocations"   | other
          """)
  void aFunctionIsFound(String uri, String target) throws Exception {
    assertRoutes(
        FUNCTIONS
            + """
              Api:
                Type: AWS::ApiGateway::RestApi
                Properties:
                  Body:
                    paths:
                      /:
                        get: {x-amazon-apigateway-integration: {type: aws_proxy, uri: URI}}
              Stage:
                Type: AWS::ApiGateway::Stage
                Properties: {RestApiId: !Ref Api, StageName: prod, Variables: {fn: orders}}
            """
                .replace("URI", uri)
                .replace("PATH", "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/")
                .replace("LAMBDA", LAMBDA),
        "GET / > " + target);
  }

  /** In the security of an operation, with the schemes of a document. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          security: [{header: []}]                      | header[X-Token][]
          security: [{query: []}]                       | query[][token]
          security: [{both: []}]                        | both[X-A][token, t]
          security: [{iam: []}]                         | iam[Authorization][]
          security: [{people: []}]                      |
          security: [{key: []}]                         | key
          security: [{api_key: []}, {header: []}]       | header[X-Token][] key
          security: []                                  |
          x-amazon-apigateway-auth: {type: AWS_IAM}     | AWS_IAM[Authorization][]
          x-amazon-apigateway-auth: {type: NONE}        |
          summary: as the document says                 | both[X-A][token, t]
          """)
  void anOperationIsProtected(String security, String protection) throws Exception {
    assertRoutes(
        FUNCTIONS
            + """
              Api:
                Type: AWS::ApiGateway::RestApi
                Properties:
                  Body:
                    security: [{both: []}]
                    securityDefinitions:
                      header: {type: apiKey, in: header, name: X-Token, x-amazon-apigateway-authorizer: {type: token}}
                      query:
                        {name: Unused, x-amazon-apigateway-authorizer: {identitySource: method.request.querystring.token}}
                      both:
                        x-amazon-apigateway-authorizer:
                          identitySource: "method.request.header.X-A, method.request.querystring.token,method.request.querystring.t, stageVariables.v"
                      iam: {type: apiKey, name: Authorization, x-amazon-apigateway-authtype: awsSigv4}
                      people: {type: basic}
                      key: {type: apiKey, name: X-API-Key, in: header}
                    paths: {/: {get: {SECURITY, x-amazon-apigateway-integration: {type: aws_proxy, uri: !GetAtt F.Arn}}}}
            """
                .replace("SECURITY", security),
        "GET / > F" + (protection == null ? "" : " " + protection));
  }

  /** Of a file that is here, the routes are known; of others, nothing is said to be missing. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AWS::Serverless::Api     | DefinitionUri: api.yaml                      | false | GET /file > F; OPTIONS /file > mock
          AWS::Serverless::Api     | DefinitionUri: ./api.yaml                    | false | GET /file > F; OPTIONS /file > mock
          AWS::Serverless::Api     | DefinitionUri: gone.yaml                     | true  | ''
          AWS::Serverless::Api     | 'DefinitionUri: {Bucket: b, Key: k}'         | true  | ''
          AWS::Serverless::Api     | DefinitionUri: s3://bucket/api.yaml          | true  | ''
          AWS::Serverless::HttpApi | DefinitionUri: api.yaml                      | false | GET /file > F; OPTIONS /file > other
          AWS::ApiGateway::RestApi | BodyS3Location: api.yaml                     | false | GET /file > F; OPTIONS /file > mock
          AWS::ApiGateway::RestApi | 'BodyS3Location: {Bucket: b, Key: k}'        | true  | ''
          AWS::ApiGatewayV2::Api   | 'BodyS3Location: {Bucket: b, Key: k}'        | true  | ''
          """)
  void aDocumentInAFile(String type, String property, boolean partial, String routes)
      throws Exception {
    Files.writeString(
        folder.resolve("api.yaml"),
        """
        openapi: 3.0.1
        paths:
          /file:
            get: {x-amazon-apigateway-integration: {type: aws_proxy, uri: LAMBDAorders/invocations}}
            options: {x-amazon-apigateway-integration: {type: mock}}
        """
            .replace("LAMBDA", LAMBDA));
    String template = FUNCTIONS + "  Api: {Type: " + type + ", Properties: {" + property + "}}\n";
    assertRoutes(template, routes);
    assertThat(Templates.of(folder, template).apis().get(0).partial()).isEqualTo(partial);
  }

  @Test
  void aFileThatIsNoDocumentIsRefused() throws Exception {
    Files.writeString(folder.resolve("api.yaml"), "a: [");
    Template template =
        Templates.of(
            folder,
            FUNCTIONS
                + "  Api: {Type: AWS::Serverless::Api, Properties: {DefinitionUri: api.yaml}}\n");
    assertThat(template.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.location().property()).isEqualTo("Api.DefinitionUri");
              assertThat(refusal.location().line()).isEqualTo(7);
              assertThat(refusal.value()).isEqualTo("api.yaml");
              assertThat(refusal.reason()).contains("line 1: It is not YAML or JSON");
            });
  }

  /** The property goes before the document, and replaces all of it without SAM. */
  @ParameterizedTest
  @CsvSource({
    "AWS::Serverless::HttpApi, DefinitionBody, [POST]",
    "AWS::ApiGatewayV2::Api, Body, []",
  })
  void theCorsOfThePropertyGoesFirst(String type, String body, String methods) throws Exception {
    Api api =
        Templates.of(
                folder,
                """
                Resources:
                  Api:
                    Type: TYPE
                    Properties:
                      CorsConfiguration: {AllowOrigins: ["https://app.example.com"]}
                      BODY:
                        openapi: 3.0.1
                        x-amazon-apigateway-cors: {allowOrigins: ["*"], allowMethods: [POST]}
                        paths: {}
                """
                    .replace("TYPE", type)
                    .replace("BODY", body))
            .apis()
            .get(0);
    assertThat(api.cors().origins()).containsExactly("https://app.example.com");
    assertThat(api.cors().methods()).hasToString(methods);
  }
}
