package dev.corsage.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.BuiltInCors;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.rules.TemplateRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plans of Terraform. There is no Terraform here: they are written by its <a
 * href="https://developer.hashicorp.com/terraform/internals/json-format">description</a>. {@code
 * http-api}, {@code rest-api} and {@code function-url} are those of {@code
 * deploy/terraform/example}.
 */
class TerraformTest {
  private static final String DEMO = "module.demo.aws_lambda_function.function";
  private static final String PREFLIGHT = "module.preflight[0].aws_lambda_function.function";

  @TempDir private Path folder;

  private static String described(Route route) {
    String target =
        route.functionId() != null
            ? route.functionId().equals(DEMO)
                ? "DEMO"
                : route.functionId().equals(PREFLIGHT) ? "PREFLIGHT" : route.functionId()
            : route.target() instanceof Target.Other ? "other" : "mock";
    return route.key()
        + " > "
        + target
        + (route.type().isV2() ? " 2.0" : " 1.0")
        + (route.authorizer() == null
            ? ""
            : " " + route.authorizer().name() + route.authorizer().headers());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          terraform-http-api.json     | 0 | HTTP API     | $default | OPTIONS / > PREFLIGHT 1.0; ANY / > DEMO 2.0; OPTIONS /{proxy+} > PREFLIGHT 1.0; ANY /{proxy+} > DEMO 2.0
          terraform-rest-api.json     | 0 | REST API     | prod     | OPTIONS / > PREFLIGHT 1.0; ANY / > DEMO 1.0; OPTIONS /{proxy+} > PREFLIGHT 1.0; ANY /{proxy+} > DEMO 1.0
          terraform-function-url.json | 0 | function URL | $default | $default > DEMO 2.0
          terraform-shop.json         | 0 | REST API     | live     | GET /orders/{id} > aws_lambda_function.orders 1.0 aws_api_gateway_authorizer.users[X-Token]; OPTIONS /orders/{id} > mock 1.0
          terraform-shop.json         | 1 | function URL | $default | $default > aws_lambda_function.orders 2.0
          terraform-applied.json      | 0 | HTTP API     | $default | GET /items > aws_lambda_function.f 2.0; $default > aws_lambda_function.f 2.0 aws_apigatewayv2_authorizer.jwt[X-Jwt]
          """)
  void anApiHasItsRoutes(String name, int index, String kind, String stage, String routes)
      throws Exception {
    Api api = Templates.read(name).apis().get(index);
    assertThat(api.kind()).hasToString(kind);
    assertThat(api.stage()).isEqualTo(stage);
    assertThat(api.routes().routes().stream().map(TerraformTest::described))
        .containsExactlyElementsOf(Arrays.asList(routes.split("; ", -1)));
  }

  @Test
  void builtInCorsIsThatOfTheBlock() throws Exception {
    BuiltInCors cors = Templates.read("terraform-applied.json").apis().get(0).cors();
    assertThat(cors.origins()).containsExactly("https://app.example.com");
    assertThat(cors.headers()).containsExactly("authorization");
    assertThat(cors.maxAge()).isEqualTo("600");
    assertThat(cors.credentials()).isFalse();
    assertThat(Templates.read("terraform-http-api.json").apis().get(0).cors()).isNull();
  }

  @Test
  void functionsHaveTheirVariables() throws Exception {
    TemplateFunction preflight =
        Templates.read("terraform-http-api.json").functions().get(PREFLIGHT);
    assertThat(preflight.isPreflight()).isTrue();
    assertThat(preflight.variables())
        .containsEntry("ALLOWED_ORIGINS", "https://app.example.com")
        .containsEntry("MAX_AGE", "7200");
    assertThat(preflight.unresolved()).isEmpty();
  }

  @Test
  void whatIsNotReadIsNamedByItsType() throws Exception {
    assertThat(Templates.read("terraform-http-api.json").ignored())
        .contains("aws_dynamodb_table: aws_dynamodb_table.allow_list[0]");
    assertThat(Templates.read("terraform-applied.json").ignored())
        .anyMatch(line -> line.endsWith(": aws_apigatewayv2_route.elsewhere"));
  }

  /** Nothing is said of what is missing in an API of which a part is not known. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          terraform-rest-api.json | "type": "aws_api_gateway_resource" => "type": "aws_api_gateway_rest_api" | methods on paths that are not known
          terraform-applied.json  | "after_unknown": {"id": false} => "after_unknown": {"body": true} // "expressions": {} => "expressions": {"body": {}} | OpenAPI documents that are elsewhere
          """)
  void whatCannotBeToldIsNamedAndTheApiIsPartial(String name, String changes, String words)
      throws Exception {
    Template template = Templates.changed(folder, name, changes);
    assertThat(template.notRead()).anyMatch(note -> note.what().equals(words));
    assertThat(template.apis().get(0).partial()).isTrue();
  }

  /** A key may have what separates the ids of nested stacks. */
  @Test
  void aKeyMayHaveASlash() throws Exception {
    Template template =
        Templates.changed(
            folder, "terraform-function-url.json", "module.demo => module.demo[\\\"a/b\\\"]");
    assertThat(template.functions())
        .containsOnlyKeys("module.demo[\"a/b\"].aws_lambda_function.function");
    assertThat(template.apis()).hasSize(1);
  }

  /** A plan with one function behind one HTTP API, with some attributes changed. */
  private Template small(
      String values, String unknown, String expressions, String sensitive, String afterSensitive)
      throws Exception {
    String plan =
        """
        {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
          {"address": "aws_lambda_function.f", "mode": "managed", "type": "aws_lambda_function",
           "name": "f", "values": {"handler": "dev.corsage.lambda.PreflightHandler", "function_name": "f"%s},
           "sensitive_values": %s}]}},
         "resource_changes": [{"address": "aws_lambda_function.f",
           "change": {"after_unknown": {"id": true, "arn": true%s}, "after_sensitive": %s}},
          {"address": "aws_lambda_function.f", "deposed": "0a1b2c3d", "change": {"actions": ["delete"]}}],
         "configuration": {"root_module": {"resources": [{"address": "aws_lambda_function.f",
           "type": "aws_lambda_function", "name": "f", "expressions": {%s}}]}}}
        """
            .formatted(values, sensitive, unknown, afterSensitive, expressions);
    return Template.read(Files.writeString(folder.resolve("plan.json"), plan), Map.of());
  }

  @ParameterizedTest(name = "{0} {1} {3} {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          , "environment": [{"variables": {"ALLOWED_ORIGINS": "https://a.example"}}] | ``                                                                 | "environment": [{}] | {}                               | {} | ``
          , "environment": [{"variables": {"ALLOWED_ORIGINS": "https://a.example"}}] | , "environment": [{"variables": {"ALLOW_LIST": true}}]             | "environment": [{}] | {}                               | {} | ALLOW_LIST
          , "environment": [{}]                                                      | , "environment": [{"variables": true}]                             | "environment": [{}] | {}                               | {} | CORS_POLICY
          , "environment": [{"variables": {"ALLOWED_ORIGINS": "https://a.example"}}] | ``                                                                 | "environment": [{}] | {"environment": [{"variables": true}]} | {} | CORS_POLICY
          , "environment": [{"variables": {"ALLOWED_ORIGINS": "https://a.example"}}] | ``                                                                 | "environment": [{}] | {}                               | {"environment": [{"variables": {"ALLOWED_ORIGINS": true}}]} | ALLOWED_ORIGINS
          , "environment": [{"variables": {"ALLOWED_ORIGINS": "https://a.example", "MAX_AGE": "1"}}] | `` | "environment": [{}] | {"environment": [{"variables": {"MAX_AGE": true}}]} | {"environment": [{"variables": {"ALLOWED_ORIGINS": true}}]} | ALLOWED_ORIGINS MAX_AGE
          , "environment": [{"variables": {"ALLOWED_ORIGINS": "https://a.example"}}] | ``                                                                 | "environment": [{}] | {"environment": [{"variables": {}}]} | {"environment": {"variables": {}}} | CORS_POLICY
          , "environment": [{"variables": {"ALLOWED_ORIGINS": "https://a.example"}}] | ``                                                                 | "environment": [{}] | {"environment": false}           | {"environment": true} | CORS_POLICY
          """)
  void whatThePlanDoesNotShowIsNotKnown(
      String values,
      String unknown,
      String expressions,
      String sensitive,
      String afterSensitive,
      String unresolved)
      throws Exception {
    TemplateFunction function =
        small(values, unknown, expressions, sensitive, afterSensitive)
            .functions()
            .get("aws_lambda_function.f");
    assertThat(function.unresolved())
        .containsExactlyInAnyOrder(unresolved.isEmpty() ? new String[0] : unresolved.split(" "));
  }

  /** Marks are of a resource, or of an attribute; the plan, or the change, has them. */
  @ParameterizedTest(name = "{0}; {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true                                | {}
          {}                                  | true
          {"cors": true}                      | {}
          {}                                  | {"cors": true}
          {"cors": [{"max_age": true}]}       | {"cors": [{"allow_origins": true}]}
          {"cors": [{"allow_origins": [true, true]}]} | {"cors": [{"allow_origins": [false]}]}
          """)
  void whatIsSensitiveIsNotShown(String sensitive, String afterSensitive) throws Exception {
    String plan =
        """
        {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
          {"address": "aws_lambda_function.f", "mode": "managed", "type": "aws_lambda_function",
           "name": "f", "values": {"function_name": "f"}},
          {"address": "aws_lambda_function_url.u", "mode": "managed", "type": "aws_lambda_function_url",
           "name": "u", "values": {"function_name": "f", "authorization_type": "NONE",
             "cors": [{"allow_credentials": true, "allow_origins": ["https://secret.example/", "https://secret.example/"]}]},
           "sensitive_values": %s}]}},
         "resource_changes": [{"address": "aws_lambda_function_url.u", "change": {"after_sensitive": %s}}]}
        """
            .formatted(sensitive, afterSensitive);
    Template template =
        Template.read(Files.writeString(folder.resolve("plan.json"), plan), Map.of());
    assertThat(template.apis()).hasSize(1);
    assertThat(template.apis() + " " + TemplateRules.problems(template)).doesNotContain("secret");
  }

  @ParameterizedTest(name = "{0}, {1} times")
  @CsvSource({
    ".a.a, 50, false",
    ".a.a, 49, true",
    ".a.a, 240000, false",
    "a, 9992, true",
    "a, 9993, false"
  })
  void anAddressOfAModuleIsNotVeryLong(String part, int times, boolean isRead) throws Exception {
    String plan =
        """
        {"format_version": "1.2", "planned_values": {"root_module": {"child_modules": [
          {"address": "module.a%s", "resources": [
            {"address": "aws_apigatewayv2_api.a", "mode": "managed", "type": "aws_apigatewayv2_api",
             "name": "a", "values": {"name": "x", "protocol_type": "HTTP"}}]}]}}}
        """
            .formatted(part.repeat(times));
    Path file = Files.writeString(folder.resolve("plan.json"), plan);
    if (isRead) {
      assertThat(Template.read(file, Map.of()).apis()).hasSize(1);
    } else {
      assertThat(catchThrowableOfType(TemplateException.class, () -> Template.read(file, Map.of())))
          .hasMessageContaining("line 2: The address of a module")
          .hasMessageContaining("10,000 characters or 100 parts: \"module.a");
    }
  }

  @Test
  void aMajorVersionThatIsNotKnownIsRefused() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.json"), "{\"format_version\": \"2.0\"}");
    assertThat(catchThrowableOfType(TemplateException.class, () -> Template.read(plan, Map.of())))
        .hasMessageContaining("format 2.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.b                      | a, b
          module.a["x.y"].b.c[0].d | module, a["x.y"], b, c[0], d
          a.b["\\"."].c            | a, b["\\"."], c
          """)
  void addressesAreTakenApart(String address, String parts) {
    assertThat(TerraformPlan.parts(address)).isEqualTo(List.of(parts.split(", ", -1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a          | ``
          a[0]       | 0
          a["x.y"]   | x.y
          a["\\"b"]  | "b
          """)
  void anIndexIsReadAsItIsMeant(String part, String index) {
    assertThat(TerraformPlan.index(part)).isEqualTo(index);
  }
}
