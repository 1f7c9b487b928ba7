package dev.corsage.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corsage.CorsDecider;
import dev.corsage.Problem;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.Templates;
import dev.corsage.lambda.PolicyDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a layer of a template grants more, or less, than a policy, and what shows it. */
class PolicyComparisonTest {
  /** A policy with exact origins, a wildcard, methods, headers and credentials, as the rows say. */
  private static final String POLICY =
      "{\"origins\": [<O>], \"methods\": [\"PUT\"], \"requestHeaders\": [\"x-a\"],"
          + " \"credentials\": <C>}";

  private static final String A = "\"https://a.example.com\"";

  private static final String HTTP =
      """
      Resources:
        Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP, CorsConfiguration: {<CORS>}}}
        Fn: {Type: AWS::Lambda::Function, Properties: {Handler: i.h, Runtime: nodejs22.x}}
        To: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Api, IntegrationUri: !GetAtt Fn.Arn}}
        R: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: ANY /x, Target: !Sub "integrations/${To}"}}
      """;

  private static final String REST =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Api: {Type: AWS::Serverless::Api, Properties: {StageName: p, Cors: {<CORS>}}}
        Fn:
          Type: AWS::Serverless::Function
          Properties:
            InlineCode: x
            Handler: index.handler
            Runtime: nodejs22.x
            Events: {E: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /x, Method: put}}}
      """;

  @TempDir private Path folder;

  private static List<Problem> compare(Template template, String policy) {
    CorsDecider decider = PolicyDocument.parse(policy);
    return PolicyComparison.problems(template, PolicyDocument.read(policy), decider);
  }

  private void assertFound(String text, String policy, String expected) throws Exception {
    assertThat(compare(Templates.of(folder, text), policy))
        .extracting(
            p ->
                (p.severity() == Problem.Severity.INFO ? "not compared" : moreOrLess(p))
                    + " "
                    + p.value()
                    + (p.message().contains("with credentials") ? " with credentials" : "")
                    + " at "
                    + p.field().replaceFirst("^\\S+ ", ""))
        .containsExactlyInAnyOrderElementsOf(
            expected.equals("none") ? List.of() : List.of(expected.split("; ", -1)));
  }

  private static String moreOrLess(Problem problem) {
    assertThat(problem.severity() == Problem.Severity.ERROR)
        .isEqualTo(problem.code() == TemplateCode.TEMPLATE_GRANTS_MORE);
    return problem.code() == TemplateCode.TEMPLATE_GRANTS_MORE ? "more" : "less";
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          AllowOrigins: [A], AllowMethods: [PUT], AllowHeaders: [x-a] | A | false | none
          AllowOrigins: [A], AllowMethods: [PUT, GET, POST, OPTIONS], AllowHeaders: [X-a], AllowCredentials: true | A | true | more OPTIONS at Api.CorsConfiguration
          AllowOrigins: ["*"], AllowMethods: [PUT], AllowHeaders: [x-a] | "*" | false | none
          AllowOrigins: ["*"], AllowMethods: [PUT], AllowHeaders: [x-a] | A | false | more https://stranger.example at Api.CorsConfiguration
          AllowOrigins: [A, "https://old.example.com"], AllowMethods: [PUT], AllowHeaders: [x-a] | A | false | more https://old.example.com at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT], AllowHeaders: [x-a], AllowCredentials: true | A | false | more https://a.example.com with credentials at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT], AllowHeaders: [x-a] | A | true | less https://a.example.com with credentials at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT], AllowHeaders: [x-a] | A, "https://b.example.com" | false | less https://b.example.com at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT], AllowHeaders: [x-a] | A, "https://*.preview.example.net" | false | less https://a1.preview.example.net at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT], AllowHeaders: [x-a] | A, "/https:\\\\/\\\\/qa-[0-9]+\\\\.example\\\\.com/" | false | less https://qa-0.example.com at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT, DELETE], AllowHeaders: [x-a] | A | false | more DELETE at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT, PATCH], AllowHeaders: [x-a] | A | false | more PATCH at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [GET], AllowHeaders: [x-a] | A | false | less PUT at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT], AllowHeaders: [x-a, x-b] | A | false | more x-b at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT] | A | false | less x-a at Api.CorsConfiguration
          AllowOrigins: ["https://*"], AllowMethods: [PUT], AllowHeaders: [x-a] | A | false | more https://stranger.example at Api.CorsConfiguration
          AllowOrigins: [A], AllowMethods: [PUT], AllowHeaders: [x-a], ExposeHeaders: [X-Total] | A | false | more x-total at Api.CorsConfiguration
          AllowOrigins: [!ImportValue o], AllowMethods: [PUT] | A | false | not compared ANY /x at Api.CorsConfiguration
          """)
  void ofBuiltInCors(String cors, String origins, boolean credentials, String expected)
      throws Exception {
    assertFound(HTTP.replace("<CORS>", filled(cors)), policy(origins, credentials), expected);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          AllowOrigin: "'https://a.example.com'", AllowHeaders: "'x-a'" | A | false | none
          AllowOrigin: "'https://a.example.com'", AllowHeaders: "'X-a'", AllowCredentials: true | A | true | none
          AllowOrigin: "'*'", AllowHeaders: "'x-a'" | A | false | more https://stranger.example at Api.Cors
          AllowOrigin: "'https://b.example.com'", AllowHeaders: "'x-a'" | A | false | more https://b.example.com at Api.Cors; less https://a.example.com at Api.Cors
          AllowOrigin: "'https://a.example.com'", AllowHeaders: "'x-a,authorization'" | A | false | more authorization at Api.Cors
          AllowOrigin: "'https://a.example.com'", AllowHeaders: "'x-a'", AllowMethods: "'GET'" | A | false | less PUT at Api.Cors
          AllowOrigin: !ImportValue o | A | false | not compared PUT /x at Api.Cors
          """)
  void ofAMock(String cors, String origins, boolean credentials, String expected) throws Exception {
    assertFound(REST.replace("<CORS>", filled(cors)), policy(origins, credentials), expected);
  }

  private static String filled(String cors) {
    return cors.replaceAll("\\bA\\b", "'https://a.example.com'");
  }

  private static String policy(String origins, boolean credentials) {
    return POLICY
        .replace("<O>", origins.replaceAll("\\bA\\b", A))
        .replace("<C>", String.valueOf(credentials));
  }

  private static final String FUNCTIONS =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Api:
          Type: AWS::Serverless::Api
          Properties:
            StageName: p
            Auth: {DefaultAuthorizer: P, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: {P: {UserPoolArn: a}}}
            GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: "'<ERRORS>'"}}}}
        Preflight:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: x.zip
            Handler: dev.corsage.lambda.PreflightHandler
            Runtime: java21
            Environment: {Variables: {ALLOWED_ORIGINS: <ORIGINS>, ALLOWED_METHODS: PUT, ALLOWED_HEADERS: x-a}}
            Events: {E: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /x, Method: options}}}
        Fn:
          Type: AWS::Serverless::Function
          Properties:
            InlineCode: x
            Handler: index.handler
            Runtime: nodejs22.x
            Events: {E: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /x, Method: put}}}
      """;

  /** A function with a policy is asked; of a function of others nothing is known. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a.example.com                         | https://a.example.com | none
          https://a.example.com,https://old.example.com | https://a.example.com | more https://old.example.com at Preflight.Events.E
          https://*.example.com                         | https://a.example.com | more https://a1.example.com at Preflight.Events.E
          https://b.example.com                         | https://a.example.com | more https://b.example.com at Preflight.Events.E; less https://a.example.com at Preflight.Events.E
          https://a.example.com                         | *                     | more https://stranger.example at Api.GatewayResponses.DEFAULT_4XX
          """)
  void ofFunctionsAndGatewayResponses(String origins, String errors, String expected)
      throws Exception {
    assertFound(
        FUNCTIONS.replace("<ORIGINS>", "\"" + origins + "\"").replace("<ERRORS>", errors),
        policy("A", false),
        expected);
  }

  private static final String MAPPED =
      """
      Resources:
        Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a}}
        Options:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !GetAtt Api.RootResourceId
            HttpMethod: OPTIONS
            AuthorizationType: NONE
            Integration:
              Type: MOCK
              RequestTemplates: {application/json: '{"statusCode": 200}'}
              IntegrationResponses:
                - StatusCode: "200"
                  ResponseParameters:
                    method.response.header.Access-Control-Allow-Origin: "'https://a.example.com'"
                    method.response.header.Access-Control-Allow-Headers: "'x-a'"
                  ResponseTemplates:
                    application/json: |
                      #set($o = $input.params().header.get("Origin"))
                      #if(<CHECK>) #set($context.responseOverride.header.Access-Control-Allow-Origin = $o) #end
            MethodResponses:
              - StatusCode: "200"
                ResponseParameters:
                  method.response.header.Access-Control-Allow-Origin: true
                  method.response.header.Access-Control-Allow-Headers: true
      """;

  /** What a mapping template does is run, not guessed. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          $o == "https://b.example.com" => none
          $o == "https://c.example.com" => more https://c.example.com at Options; less https://b.example.com at Options
          $o.matches("https://b.example.com") => more https://bxexample.com at Options
          $o.startsWith("https://b.example.com") => more https://b.example.com.stranger.example at Options
          $o.endsWith("b.example.com") => more http://b.example.com at Options
          """)
  void ofAMappingTemplate(String check, String expected) throws Exception {
    assertFound(
        MAPPED.replace("<CHECK>", check), policy("A, \"https://b.example.com\"", false), expected);
  }

  /** Of a long list strangers are tried all the same, and what is left out is told. */
  @Test
  void longListsDoNotHideStrangers() throws Exception {
    String origins =
        IntStream.range(0, 450)
            .mapToObj(i -> "\"https://a" + i + ".example.com\"")
            .collect(Collectors.joining(", "));
    String cors = "AllowOrigins: [\"*\"], AllowMethods: [PUT], AllowHeaders: [x-a]";
    Template template = Templates.of(folder, HTTP.replace("<CORS>", cors));

    assertThat(compare(template, POLICY.replace("<O>", origins).replace("<C>", "false")))
        .extracting(Problem::code, Problem::value)
        .contains(
            tuple(TemplateCode.TEMPLATE_GRANTS_MORE, "https://stranger.example"),
            tuple(TemplateCode.TEMPLATE_NOT_COMPARED, "153 origins"));
  }

  @Test
  void whatIsNotComparedIsTold() throws Exception {
    StringBuilder routes = new StringBuilder(HTTP.replace("<CORS>", "AllowOrigins: [A]"));
    for (int i = 0; i < 101; i++) {
      routes.append(
          """
            F@: {Type: AWS::Lambda::Function, Properties: {Handler: i.h, Runtime: nodejs22.x}}
            T@: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Api, IntegrationUri: !GetAtt F@.Arn}}
            R@: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: ANY /x@, Target: !Sub "integrations/${T@}"}}
          """
              .replace("@", i + ""));
    }
    Template template = Templates.of(folder, routes.toString().replace("[A]", "[" + A + "]"));

    assertThat(compare(template, POLICY.replace("<O>", A).replace("<C>", "false")))
        .filteredOn(problem -> problem.code() == TemplateCode.TEMPLATE_NOT_COMPARED)
        .extracting(Problem::value)
        .containsExactly("2 groups of routes");
  }
}
