package dev.corsage.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Problem;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.Templates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is found in APIs whose functions are not ours: every row has a fault and, behind it, the
 * same done right, in which nothing is found.
 */
class EveryApiRulesTest {
  private static final String NONE = "none";

  private static final String HTTP =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Api:
          Type: AWS::Serverless::HttpApi
          Properties:
            CorsConfiguration: <A>
        Fn:
          Type: AWS::Serverless::Function
          Properties:
            InlineCode: x
            Handler: index.handler
            Runtime: nodejs22.x
            Events: {E: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /x, Method: put}}}
      """;

  private static final String REST =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Api:
          Type: AWS::Serverless::Api
          Properties:
            StageName: p
            Cors: <A>
        Fn:
          Type: AWS::Serverless::Function
          Properties:
            InlineCode: x
            Handler: index.handler
            Runtime: nodejs22.x
            Events: {E: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /x, Method: put}}}
      """;

  private static final String URL =
      """
      Resources:
        Fn: {Type: AWS::Lambda::Function, Properties: {Handler: i.h, Runtime: nodejs22.x}}
        Url:
          Type: AWS::Lambda::Url
          Properties:
            TargetFunctionArn: !GetAtt Fn.Arn
            AuthType: NONE
            Cors: <A>
      """;

  private static final String MOCK =
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
              IntegrationResponses: [{StatusCode: "200", ResponseParameters: {<A>}}]
            MethodResponses: [{StatusCode: "200", ResponseParameters: {<B>}}]
      """;

  private static final String ORIGIN = "method.response.header.Access-Control-Allow-Origin";

  @TempDir private Path folder;

  private static List<String> found(Template template) {
    return TemplateRules.problems(template).stream()
        .filter(p -> p.code() != TemplateCode.FUNCTION_NOT_KNOWN)
        .filter(p -> p.code() != TemplateCode.TEMPLATE_UNRESOLVED)
        .map(p -> p.severity() + " " + p.code() + " " + p.field().replaceFirst("^[^:]*:", ""))
        .toList();
  }

  private void assertFound(String text, String expected) throws Exception {
    List<String> all = expected.equals(NONE) ? List.of() : List.of(expected.split("; ", -1));
    assertThat(found(Templates.of(folder, text))).containsExactlyInAnyOrderElementsOf(all);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {AllowOrigins: ["https://a.example.com"], AllowMethods: [PUT]} | none
          {AllowOrigins: ["*"], AllowMethods: ["*"]} | none
          {AllowOrigins: ["https://*", "http://*"], AllowMethods: ["*"]} | none
          {AllowOrigins: ["http://localhost:3000"], AllowMethods: [PUT], MaxAge: -1} | none
          {AllowOrigins: ["capacitor://localhost"], AllowMethods: [PUT]} | none
          {AllowOrigins: ["https://A.example.com"], AllowMethods: [PUT]} | none
          {AllowOrigins: [!ImportValue origin], AllowMethods: [PUT]} | none
          {AllowOrigins: !Split [",", !ImportValue origins], AllowMethods: [PUT]} | none
          true | warning METHOD_NOT_LISTED 6 Api.CorsConfiguration
          {AllowOrigins: ["https://*.example.com"], AllowMethods: [PUT]} | error ORIGIN_NEVER_MATCHES 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigins: [!Sub "https://*.${Zone}"], AllowMethods: [PUT]} | error ORIGIN_NEVER_MATCHES 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigins: ["*.example.com"], AllowMethods: [PUT]} | error ORIGIN_NEVER_MATCHES 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigins: ["https://qa-*.example.com"], AllowMethods: [PUT]} | error ORIGIN_NEVER_MATCHES 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigins: ["https://a.example.com/"], AllowMethods: [PUT]} | error ORIGIN_NEVER_MATCHES 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigins: ["https://a.example.com,https://b.example.com"], AllowMethods: [PUT]} | error ORIGIN_NEVER_MATCHES 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigins: ["a.example.com"], AllowMethods: [PUT]} | error ORIGIN_NEVER_MATCHES 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigins: ["'https://a.example.com'"], AllowMethods: [PUT]} | error ORIGIN_NEVER_MATCHES 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigins: ["null"], AllowMethods: [PUT]} | error ORIGIN_NULL_ALLOWED 6 Api.CorsConfiguration.AllowOrigins
          {AllowOrigin: ["https://a.example.com"], AllowMethods: [PUT]} | error CORS_KEY 6 Api.CorsConfiguration.AllowOrigin
          {AllowOrigins: ["https://a.example.com"], AllowedMethods: [PUT], AllowMethods: [PUT]} | error CORS_KEY 6 Api.CorsConfiguration.AllowedMethods
          {AllowOrigins: ["https://a.example.com"], AllowMethods: [PUT], MaxAge: 90000} | error CORS_VALUE 6 Api.CorsConfiguration.MaxAge
          {AllowOrigins: ["https://a.example.com"], AllowMethods: [PUT], AllowHeaders: ["'x-a'"]} | warning CORS_LIST 6 Api.CorsConfiguration.AllowHeaders
          {AllowOrigins: ["https://a.example.com"], AllowMethods: [PUT], AllowHeaders: ["x-a,x-b"]} | info CORS_LIST 6 Api.CorsConfiguration.AllowHeaders
          {AllowOrigins: ["*"], AllowMethods: [PUT], AllowCredentials: true} | error CORS_STAR_CREDENTIALS 6 Api.CorsConfiguration
          {AllowMethods: [PUT]} | error PREFLIGHT_HEADERS 6 Api.CorsConfiguration
          {AllowOrigins: ["https://a.example.com"], AllowMethods: [GET]} | warning METHOD_NOT_LISTED 6 Api.CorsConfiguration
          "https://a.example.com" | error CORS_VALUE 6 Api.CorsConfiguration
          """)
  void ofAnHttpApi(String cors, String expected) throws Exception {
    assertFound(HTTP.replace("<A>", cors), expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "'https://a.example.com'" | none
          "'*'" | none
          {AllowHeaders: "'content-type'"} | none
          {AllowOrigin: "'https://a.example.com'", AllowMethods: "'PUT,OPTIONS'", MaxAge: "'600'", AllowCredentials: true} | none
          {AllowOrigin: !Sub "'https://${Sub}'", AllowMethods: "'*'"} | none
          {AllowOrigin: !ImportValue origin} | none
          {AllowOrigin: "'https://a.example.com'", AllowHeaders: "'*'", AllowMethods: "'*'"} | none
          "*" | error MAPPING_QUOTES 7 Api.Cors
          {AllowOrigin: "https://a.example.com"} | error MAPPING_QUOTES 7 Api.Cors.AllowOrigin
          {AllowOrigin: "'*'", MaxAge: 600} | error MAPPING_QUOTES 7 Api.Cors.MaxAge
          {AllowOrigin: "'*'", AllowMethods: "PUT,GET"} | error MAPPING_QUOTES 7 Api.Cors.AllowMethods
          {AllowOrigin: "'*'", AllowMethods: [PUT, GET]} | error CORS_VALUE 7 Api.Cors.AllowMethods
          {AllowOrigins: "'*'"} | error CORS_KEY 7 Api.Cors.AllowOrigins
          {AllowOrigin: "'*.example.com'"} | error ORIGIN_NEVER_MATCHES 7 Api.Cors.AllowOrigin
          {AllowOrigin: "'https://*.example.com'"} | error ORIGIN_NEVER_MATCHES 7 Api.Cors.AllowOrigin
          {AllowOrigin: "'https://a.example.com, https://b.example.com'"} | error ORIGIN_NEVER_MATCHES 7 Api.Cors.AllowOrigin
          {AllowOrigin: "'https://a.example.com/'"} | error ORIGIN_NEVER_MATCHES 7 Api.Cors.AllowOrigin
          {AllowOrigin: "'https://A.example.com'"} | error ORIGIN_NEVER_MATCHES 7 Api.Cors.AllowOrigin
          {AllowOrigin: "'null'"} | error ORIGIN_NULL_ALLOWED 7 Api.Cors.AllowOrigin
          {AllowCredentials: true} | error CORS_STAR_CREDENTIALS 7 Api.Cors
          {AllowOrigin: "'*'", AllowCredentials: true} | error CORS_STAR_CREDENTIALS 7 Api.Cors
          {AllowOrigin: "'https://a.example.com'", AllowHeaders: "'*'", AllowCredentials: true} | warning STAR_IS_A_NAME 7 Api.Cors.AllowHeaders
          {AllowOrigin: "'*'", AllowMethods: "'GET,OPTIONS'"} | warning METHOD_NOT_LISTED 7 Api.Cors
          """)
  void ofSamsCorsForARestApi(String cors, String expected) throws Exception {
    assertFound(REST.replace("<A>", cors), expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {AllowOrigins: ["https://a.example.com"], AllowMethods: [GET, PUT], MaxAge: 86400} | none
          {AllowOrigins: ["*"], AllowMethods: ["*"], AllowHeaders: ["*"]} | none
          {AllowOrigins: ["https://a.example.com"], AllowMethods: [OPTIONS]} | error CORS_VALUE 8 Url.Cors.AllowMethods
          {AllowOrigins: ["https://a.example.com"], AllowMethods: [get]} | error CORS_VALUE 8 Url.Cors.AllowMethods
          {AllowOrigins: ["https://a.example.com"], MaxAge: 86401} | error CORS_VALUE 8 Url.Cors.MaxAge
          {AllowOrigins: ["https://a.example.com"], MaxAge: -1} | error CORS_VALUE 8 Url.Cors.MaxAge
          {AllowOrigins: ["https://*"]} | error ORIGIN_NEVER_MATCHES 8 Url.Cors.AllowOrigins
          {AllowOrigins: ["https://*.example.com"]} | error ORIGIN_NEVER_MATCHES 8 Url.Cors.AllowOrigins
          {AllowOrigins: ["https://a.example.com/"]} | error ORIGIN_NEVER_MATCHES 8 Url.Cors.AllowOrigins
          {AllowOrigins: ["*"], AllowCredentials: true} | error URL_STAR_CREDENTIALS 8 Url.Cors
          {AllowOrigins: ["https://a.example.com"], AllowCredentials: true} | none
          {AllowMethods: [GET]} | error CORS_VALUE 8 Url.Cors
          {allowOrigins: ["https://a.example.com"]} | error CORS_KEY 8 Url.Cors.allowOrigins
          """)
  void ofAFunctionUrl(String cors, String expected) throws Exception {
    assertFound(URL.replace("<A>", cors), expected);
  }

  /** Names of headers are compared without regard to case, here as everywhere. */
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          O: "'*'" | O: true | none
          O: "'https://a.example.com'" | O: false | none
          O: "integration.response.header.origin" | O: true | none
          O: !Sub "'${Origin}'" | O: true | none
          O: !Ref Unknown | O: true | none
          O: "'https://a.example.com'", C: "'true'" | O: true, C: true | none
          o: "'https://a.example.com'" | O: true | none
          O: "*" | O: true | error MAPPING_QUOTES 13 Options
          O: "method.request.header.Origin" | O: true | error MAPPING_QUOTES 13 Options
          O: "'*'" | V: true | error RESPONSE_HEADER_UNDECLARED 13 Options
          O: "'*'" | | error RESPONSE_HEADER_UNDECLARED 13 Options
          O: "'*'", c: "'true'" | O: true, C: true | error MOCK_STAR_CREDENTIALS 13 Options
          o: "'*'", C: "'true'" | O: true, C: true | error MOCK_STAR_CREDENTIALS 13 Options
          O: "'https://a.example.com'", C: "'True'" | O: true, C: true | error CREDENTIALS_VALUE 13 Options
          O: "'*.example.com'" | O: true | error ORIGIN_NEVER_MATCHES 13 Options
          O: "'https://a.example.com https://b.example.com'" | O: true | error ORIGIN_NEVER_MATCHES 13 Options
          V: "'Origin'" | V: true | error PREFLIGHT_HEADERS 3 Options
          """)
  void ofAMock(String parameters, String declared, String expected) throws Exception {
    assertFound(
        MOCK.replace("<A>", headers(parameters)).replace("<B>", headers(declared)), expected);
  }

  private static String headers(String brief) {
    return brief == null
        ? ""
        : brief
            .replaceAll("\\bO: ", ORIGIN + ": ")
            .replaceAll(
                "\\bo: ",
                ORIGIN.replace("Access-Control-Allow-Origin", "access-control-allow-origin") + ": ")
            .replaceAll("\\bC: ", "method.response.header.Access-Control-Allow-Credentials: ")
            .replaceAll("\\bc: ", "method.response.header.access-control-allow-credentials: ")
            .replaceAll("\\bV: ", "method.response.header.Vary: ");
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row("fn-furl-options-method", "CORS_VALUE"),
        row(
            "fn-mock-many-faults",
            "OPTIONS_AUTHORIZER",
            "MAPPING_QUOTES",
            "RESPONSE_HEADER_UNDECLARED",
            "RESPONSE_HEADER_UNDECLARED",
            "MOCK_STAR_CREDENTIALS"),
        row("fn-mock-unquoted", "MAPPING_QUOTES"),
        row("fn-sam-cors-default-authorizer", "OPTIONS_AUTHORIZER"),
        row(
            "fn-subdomain-wildcard",
            "ORIGIN_NEVER_MATCHES",
            "ORIGIN_NEVER_MATCHES",
            "ORIGIN_NEVER_MATCHES",
            "STAR_IS_A_NAME",
            "CORS_VALUE"),
        row("b4-function-url-cors-values", "ORIGIN_NEVER_MATCHES", "CORS_VALUE", "CORS_VALUE"),
        row("b4-origin-list-in-mock", "ORIGIN_NEVER_MATCHES"),
        row("d-gateway-response-star-credentials", "GATEWAY_RESPONSE_STAR"));
  }

  private static Arguments row(String file, String... codes) {
    return Arguments.of(file, List.of(codes));
  }

  /** Templates from the field. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void ofTheField(String file, List<String> codes) throws Exception {
    Path path = Path.of(EveryApiRulesTest.class.getResource("field/" + file + ".yaml").toURI());
    assertThat(TemplateRules.problems(Template.read(path, Map.of())))
        .filteredOn(problem -> problem.severity() != Problem.Severity.INFO)
        .filteredOn(problem -> problem.code() != TemplateCode.POLICY_NOT_READ)
        .extracting(problem -> problem.code().name())
        .containsExactlyInAnyOrderElementsOf(codes);
  }
}
