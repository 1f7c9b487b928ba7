package dev.corsage.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.template.Templates;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found on the way of preflights, and in responses, where no function is ours. */
class EveryApiRoutesTest {
  private static final String NONE = "none";

  /** Routes with an authorizer that reads Authorization (T), IAM or a key. */
  private static final String HTTP =
      """
      Resources:
        Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP<CORS>}}
        T: {Type: AWS::ApiGatewayV2::Authorizer, Properties: {ApiId: !Ref Api, IdentitySource: ["$request.header.<READS>"]}}
        Fn: {Type: AWS::Lambda::Function, Properties: {Handler: i.h, Runtime: nodejs22.x<ENV>}}
        To: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Api, IntegrationUri: !GetAtt Fn.Arn}}
        R:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !Ref Api, RouteKey: "<KEY>", Target: !Sub "integrations/${To}", AuthorizationType: <TYPE>, AuthorizerId: !Ref T}
        O:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !Ref Api, RouteKey: "<OPTIONS>", Target: !Sub "integrations/${To}"}
      """;

  private static final String WITH_CORS =
      ", CorsConfiguration: {AllowOrigins: ['https://a.example.com'], AllowMethods: ['*'],"
          + " AllowHeaders: [authorization]}";

  @TempDir private Path folder;

  private void assertFound(String text, String expected) throws Exception {
    List<String> all = expected.equals(NONE) ? List.of() : List.of(expected.split("; ", -1));
    assertThat(TemplateRules.problems(Templates.of(folder, text)))
        .filteredOn(p -> !p.code().effect().equals(Effect.NOT_CHECKED.toString()))
        .extracting(
            p -> p.severity() + " " + p.code() + " " + p.field().replaceFirst("^[^:]*:[0-9]+ ", ""))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  /** What only pages need is an error where the template shows that pages call the API. */
  @ParameterizedTest(name = "{0} {1} {2}: {6}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /x       | NONE    | OPTIONS /x        |      |                | Authorization | none
          GET /x       | JWT     | OPTIONS /{proxy+} |      |                | Authorization | none
          ANY /x       | JWT     | OPTIONS /x        |      |                | Authorization | none
          ANY /x       | NONE    | GET /y            |      |                | Authorization | none
          GET /x       | JWT     | GET /y            |      |                | Authorization | none
          ANY /x       | AWS_IAM | GET /y            |      |                | Authorization | info OPTIONS_AUTHORIZER R
          ANY /x       | JWT     | GET /y            |      |                | Authorization | warning OPTIONS_AUTHORIZER R
          $default     | JWT     | GET /y            |      |                | Authorization | warning OPTIONS_AUTHORIZER R
          ANY /x       | JWT     | GET /y            |      | CORS_ORIGIN    | Authorization | error OPTIONS_AUTHORIZER R
          ANY /x       | AWS_IAM | OPTIONS /y        |      |                | Authorization | error OPTIONS_AUTHORIZER R
          ANY /x       | JWT     | GET /y            | CORS |                | Authorization | error OPTIONS_AUTHORIZER R
          $default     | JWT     | GET /y            | CORS |                | Authorization | error OPTIONS_AUTHORIZER R
          $default     | JWT     | OPTIONS /{proxy+} | CORS |                | Authorization | error OPTIONS_AUTHORIZER R
          GET /x       | JWT     | GET /y            | CORS |                | Authorization | none
          OPTIONS /x   | JWT     | GET /y            |      |                | Authorization | error OPTIONS_AUTHORIZER R
          GET /x       | JWT     | GET /y            | CORS |                | X-Token       | error AUTHORIZER_HEADER R
          GET /x       | JWT     | GET /y            | CORS |                | Cookie        | none
          GET /x       | JWT     | OPTIONS /y        |      |                | Authorization | warning OPTIONS_MISSING R
          DELETE /x    | NONE    | OPTIONS /y        |      |                | Authorization | warning OPTIONS_MISSING R
          GET /x       | NONE    | OPTIONS /y        |      |                | Authorization | none
          """)
  void onTheWayOfPreflights(
      String key,
      String type,
      String options,
      String cors,
      String variable,
      String reads,
      String expected)
      throws Exception {
    assertFound(
        HTTP.replace("<KEY>", key)
            .replace("<TYPE>", type)
            .replace("<OPTIONS>", options)
            .replace("<READS>", reads)
            .replace("<CORS>", cors == null ? "" : WITH_CORS)
            .replace(
                "<ENV>",
                variable == null ? "" : ", Environment: {Variables: {" + variable + ": x}}"),
        expected);
  }

  private static final String SAM =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Api:
          Type: AWS::Serverless::Api
          Properties:
            StageName: p
            <A>
        Fn:
          Type: AWS::Serverless::Function
          Properties:
            InlineCode: x
            Handler: index.handler
            Runtime: nodejs22.x
            Events: {E: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /x, Method: get}}}
      """;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Cors: {AllowOrigin: "'*'", AllowHeaders: "'authorization'"}, Auth: {DefaultAuthorizer: P, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: {P: {UserPoolArn: a}}} | none
          Cors: {AllowOrigin: "'*'", AllowHeaders: "'authorization'"}, Auth: {DefaultAuthorizer: P, Authorizers: {P: {UserPoolArn: a}}} | error OPTIONS_AUTHORIZER Api.Cors
          Cors: {AllowOrigin: "'*'"}, Auth: {DefaultAuthorizer: P, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: {P: {UserPoolArn: a}}} | error AUTHORIZER_HEADER Fn.Events.E
          Cors: {AllowOrigin: "'*'"}, Auth: {DefaultAuthorizer: P, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: {P: {FunctionArn: a}}} | error AUTHORIZER_HEADER Fn.Events.E
          Cors: {AllowOrigin: "'*'"}, Auth: {DefaultAuthorizer: P, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: {P: {FunctionArn: a, FunctionPayloadType: REQUEST, Identity: {ReauthorizeEvery: 0}}}} | none
          Cors: {AllowOrigin: "'*'"}, Auth: {DefaultAuthorizer: P, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: {P: {FunctionArn: a, FunctionPayloadType: REQUEST, Identity: {Headers: [X-Token]}}}} | error AUTHORIZER_HEADER Fn.Events.E
          Cors: {AllowOrigin: "'*'", AllowHeaders: "'*'"}, Auth: {DefaultAuthorizer: P, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: {P: {UserPoolArn: a}}} | info AUTHORIZER_HEADER Fn.Events.E
          Cors: {AllowOrigin: "'*'", AllowHeaders: !ImportValue x}, Auth: {DefaultAuthorizer: P, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: {P: {UserPoolArn: a}}} | none
          Cors: {AllowOrigin: "'*'", AllowHeaders: "'x-api-key'"}, Auth: {ApiKeyRequired: true, AddApiKeyRequiredToCorsPreflight: false} | none
          Cors: {AllowOrigin: "'*'", AllowHeaders: "'x-api-key'"}, Auth: {ApiKeyRequired: true} | error OPTIONS_API_KEY Api.Cors
          Cors: {AllowOrigin: "'*'"}, Auth: {ApiKeyRequired: true, AddApiKeyRequiredToCorsPreflight: false} | error AUTHORIZER_HEADER Fn.Events.E
          Cors: "'*'", BinaryMediaTypes: [image~1png] | none
          Cors: "'*'", BinaryMediaTypes: ["*~1*"] | error BINARY_MOCK Api.Cors
          Cors: "'*'", DefinitionUri: s3://b/k.yaml | error SAM_REFUSED Api.Cors
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: "'*'"}}}} | none
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {access-control-allow-origin: "'https://a.example.com'"}}}} | none
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: !Sub "'${O}'"}}}} | none
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: !ImportValue x}}}} | none
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: "*"}}}} | error GATEWAY_RESPONSE_QUOTES Api.GatewayResponses.DEFAULT_4XX
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {access-control-allow-origin: method.request.header.Origin}}}} | error GATEWAY_RESPONSE_ORIGIN Api.GatewayResponses.DEFAULT_4XX
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: method.request.querystring.o}}}} | error GATEWAY_RESPONSE_ORIGIN Api.GatewayResponses.DEFAULT_4XX
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: "'*.example.com'"}}}} | error ORIGIN_NEVER_MATCHES Api.GatewayResponses.DEFAULT_4XX
          GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: "'*'", Access-Control-Allow-Credentials: "'true'"}}}} | error GATEWAY_RESPONSE_STAR Api.GatewayResponses.DEFAULT_4XX
          Cors: {AllowOrigin: "'https://a.example.com'", AllowCredentials: true}, GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: "'*'"}}}} | warning GATEWAY_RESPONSE_STAR Api.GatewayResponses.DEFAULT_4XX
          Cors: {AllowOrigin: "'https://a.example.com'"}, GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: "'*'"}}}} | none
          """)
  void inARestApiOfSam(String properties, String expected) throws Exception {
    String flow = "Properties: {StageName: p, " + properties + "}";
    assertFound(
        SAM.replaceFirst("Properties:\\s+StageName: p\\s+<A>", flow.replace("$", "\\$")), expected);
  }
}
