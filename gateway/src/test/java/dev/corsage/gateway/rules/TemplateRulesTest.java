package dev.corsage.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in templates: nothing in correct ones, and every mistake in the others. */
class TemplateRulesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"http.yaml", "rest.yaml", "url.yaml", "plain-http.json"})
  void nothingIsFoundInACorrectTemplate(String name) throws Exception {
    assertThat(found(Templates.read(name))).isEmpty();
  }

  /** Returns what is found, without messages: {@code severity CODE LINE where}. */
  private static List<String> found(Template template) {
    return TemplateRules.problems(template).stream()
        .filter(problem -> problem.code() != TemplateCode.FUNCTION_NOT_KNOWN)
        .map(p -> p.severity() + " " + p.code() + " " + p.field().replaceFirst("^[^:]*:", ""))
        .toList();
  }

  private void assertFound(String name, String change, String found) throws Exception {
    List<String> expected = found == null ? List.of() : Arrays.asList(found.split("; ", -1));
    assertThat(found(Templates.changed(folder, name, change)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          http.yaml | "/{proxy+}", PayloadFormatVersion: "1.0" => "/{proxy+}", PayloadFormatVersion: "2.0" | info PAYLOAD_FORMAT 29 Preflight.Events.Proxy
          http.yaml | Path: "/{proxy+}", PayloadFormatVersion: "1.0", Auth: {Authorizer: NONE} => Path: "/{proxy+}", PayloadFormatVersion: "1.0" | none
          http.yaml | Path: "/{proxy+}" => Path: /other | error OPTIONS_AUTHORIZER 46 Orders.Events.Everything
          http.yaml | Path: "/{proxy+}" => Path: /other // Properties: {ApiId: !Ref Api} => Properties: {ApiId: !Ref Api, Path: /x, Method: PUT} | error OPTIONS_MISSING 46 Orders.Events.Everything; error OPTIONS_MISSING 49 Orders.Events.Open
          http.yaml | Path: / => Path: /other | error OPTIONS_AUTHORIZER 46 Orders.Events.Everything
          http.yaml | Path: /, => Path: /other, // Method: get, Path: "/open/{id}" => Method: get, Path: / // Properties: {ApiId: !Ref Api} => Properties: {ApiId: !Ref Api, Method: PUT, Path: /x} | error OPTIONS_MISSING 49 Orders.Events.Open
          http.yaml | Properties: {ApiId: !Ref Api} => Properties: {ApiId: !Ref Api, Method: ANY, Path: /x} | error OPTIONS_AUTHORIZER 46 Orders.Events.Everything
          http.yaml | Auth:\\n        DefaultAuthorizer: => CorsConfiguration: true\\n      Auth:\\n        DefaultAuthorizer: | error BUILT_IN_CORS 17 Api.CorsConfiguration; error AUTHORIZER_HEADER 47 Orders.Events.Everything
          http.yaml | Auth:\\n        DefaultAuthorizer: => CorsConfiguration: {AllowOrigins: ["*"], AllowCredentials: true}\\n      Auth:\\n        DefaultAuthorizer: | error BUILT_IN_CORS 17 Api.CorsConfiguration; error CORS_STAR_CREDENTIALS 17 Api.CorsConfiguration; error AUTHORIZER_HEADER 47 Orders.Events.Everything
          http.yaml | dev.corsage.lambda.PreflightHandler => com.example.Other // ALLOWED_ORIGINS: => OTHER: // ALLOWED_METHODS => B // MAX_AGE => C // wrapped => none | none
          http.yaml | https://app.example.com => https://app.example.com/ | error ORIGIN_PATH 10 Preflight.ALLOWED_ORIGINS; error ORIGIN_PATH 10 Orders.ALLOWED_ORIGINS
          http.yaml | String, Default: https://app.example.com => String | warning TEMPLATE_PARAMETER 4 Parameters.Origins
          http.yaml | !Ref Origins => !GetAtt Table.Arn | warning TEMPLATE_UNRESOLVED 10 Preflight.ALLOWED_ORIGINS; warning TEMPLATE_UNRESOLVED 10 Orders.ALLOWED_ORIGINS
          http.yaml | TABLE: !Ref Table => ALLOWED_ORIGINS: https://other.example | warning POLICIES_DIFFER 14 Api
          http.yaml | {ApiId: !Ref Api, Method: OPTIONS, Path: / => {ApiId: !Ref Api, Method: GET, Path: / | error OPTIONS_AUTHORIZER 46 Orders.Events.Everything; warning PREFLIGHT_ROUTE 33 Preflight.Events.Root
          rest.yaml | AddDefaultAuthorizerToCorsPreflight: false => ApiKeyRequired: true | error OPTIONS_API_KEY 31 Preflight.Events.Proxy; error OPTIONS_API_KEY 32 Preflight.Events.Root; error OPTIONS_AUTHORIZER 31 Preflight.Events.Proxy; error OPTIONS_AUTHORIZER 32 Preflight.Events.Root
          rest.yaml | Method: any, Path: "/{proxy+}" => Method: get, Path: /items | error OPTIONS_MISSING 39 Orders.Events.Proxy
          rest.yaml | StageName: prod => StageName: prod\\n      Cors: "'*'" | none
          rest.yaml | StageName: prod => StageName: prod\\n      Cors: {AllowOrigin: "'*'", AllowCredentials: true} // Method: options, Path: / => Method: options, Path: /other | error BUILT_IN_CORS 14 Api.Cors; error CORS_STAR_CREDENTIALS 14 Api.Cors; error AUTHORIZER_HEADER 41 Orders.Events.Root
          rest.yaml | "'https://app.example.com'" => method.request.header.origin | error GATEWAY_RESPONSE_ORIGIN 23 Api.GatewayResponses.DEFAULT_4XX
          rest.yaml | "'https://app.example.com'" => "'*'"\\n              Access-Control-Allow-Credentials: "'true'" | error GATEWAY_RESPONSE_STAR 23 Api.GatewayResponses.DEFAULT_4XX
          rest.yaml | "'https://app.example.com'" => https://app.example.com | error GATEWAY_RESPONSE_QUOTES 23 Api.GatewayResponses.DEFAULT_4XX
          rest.yaml | StageName: prod => StageName: prod\\n      Cors: {AllowOrigins: "'*'"} | error CORS_KEY 14 Api.Cors.AllowOrigins
          rest.yaml | StageName: prod => StageName: prod\\n      DefinitionUri: s3://bucket/api.yaml | info TEMPLATE_NOT_READ 14 Api.DefinitionUri; error SAM_REFUSED 15 Api.Auth; error SAM_REFUSED 20 Api.GatewayResponses
          rest.yaml | DefaultAuthorizer: Users => DefaultAuthorizer: Others | error SAM_REFUSED 15 Api.Auth.DefaultAuthorizer
          http.yaml | ApiId: !Ref Api, Method: get => ApiId: !Ref Pool, Method: get | error SAM_REFUSED 49 Orders.Events.Open
          http.yaml | Auth: {Authorizer: NONE}}\\n        Night => Auth: {Authorizer: Other}}\\n        Night | error SAM_REFUSED 49 Orders.Events.Open
          url.yaml  | AuthType: NONE => AuthType: NONE\\n        Cors: {AllowOrigins: ["https://app.example.com"]} | error BUILT_IN_CORS 12 Orders.FunctionUrlConfig.Cors
          url.yaml  | AuthType: NONE => AuthType: AWS_IAM | error OPTIONS_AUTHORIZER 10 Orders.FunctionUrlConfig
          url.yaml  | com.example.Orders => dev.corsage.lambda.PreflightHandler | warning PREFLIGHT_ROUTE 10 Orders.FunctionUrlConfig
          url.yaml  | FunctionUrlConfig => Other | warning TEMPLATE_NO_API 1 Resources
          plain-http.json | OPTIONS /{proxy+} => OPTIONS /x | error OPTIONS_MISSING 21 Items
          plain-http.json | "Fn::Join": ["/", ["integrations", {"Ref": "ToPreflight"}]] => "Fn::Join": ["/", ["integrations", {"Ref": "ToOrders"}]] | error OPTIONS_ELSEWHERE 18 Options
          plain-http.json | GET /items => ANY /items | error OPTIONS_AUTHORIZER 21 Items; warning OPTIONS_ELSEWHERE 21 Items
          plain-rest.yaml | ResourceId: !Ref Items => ResourceId: !Ref Item // ResourceId: !Ref Item\\n      HttpMethod: OPTIONS\\n      AuthorizationType => ResourceId: !Ref Items\\n      HttpMethod: OPTIONS\\n      AuthorizationType | error BUILT_IN_CORS 29 OptionsItems; error AUTHORIZER_HEADER 10 GetItem
          """)
  void aMistakeIsFoundWithItsPlace(String name, String change, String found) throws Exception {
    assertFound(name, change.replace("\\n", "\n"), found.equals("none") ? null : found);
  }

  /** The class file of a handler names the event class that it takes. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "APIGatewayProxyRequestEvent, 1.0, none",
    "APIGatewayProxyRequestEvent, 2.0, error PAYLOAD_FORMAT 9 F.Events.E",
    "APIGatewayV2HTTPEvent,       2.0, none",
    "APIGatewayV2HTTPEvent,       1.0, error PAYLOAD_FORMAT 9 F.Events.E",
    "SQSEvent,                    2.0, none",
  })
  void aHandlerOfTheOtherFormatIsFound(String event, String version, String found)
      throws Exception {
    try (ZipOutputStream jar =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("f.jar")))) {
      jar.putNextEntry(new ZipEntry("com/example/F.class"));
      String constant = "\0(Lcom/amazonaws/services/lambda/runtime/events/" + event + ";)V";
      jar.write(constant.getBytes(StandardCharsets.ISO_8859_1));
    }
    Template template =
        Templates.of(
            folder,
            """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: f.jar
                  Handler: com.example.F::handle
                  Runtime: java21
                  Events:
                    E: {Type: HttpApi, Properties: {PayloadFormatVersion: "VERSION"}}
            """
                .replace("VERSION", version));
    assertThat(found(template))
        .containsExactlyElementsOf(found.equals("none") ? List.of() : List.of(found));
  }

  @Test
  void everyFindingSaysWhatToDo() throws Exception {
    Template template =
        Templates.changed(
            folder,
            "http.yaml",
            "Path: \"/{proxy+}\" => Path: /other // String, Default => String, Else // get, => put,");
    assertThat(TemplateRules.problems(template)).hasSizeGreaterThan(1);
    TemplateRules.problems(template)
        .forEach(
            problem -> {
              assertThat(problem.field()).matches("t\\.yaml:[0-9]+ \\S+");
              assertThat(problem.message()).endsWith(".").isNotBlank();
              assertThat(problem.fix()).endsWith(".");
            });
  }
}
