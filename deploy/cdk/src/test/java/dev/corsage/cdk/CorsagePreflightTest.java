package dev.corsage.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.InvalidPolicyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.HttpIamAuthorizer;
import software.amazon.awscdk.services.apigateway.ApiKeySourceType;
import software.amazon.awscdk.services.apigateway.IdentitySource;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.MockIntegration;
import software.amazon.awscdk.services.apigateway.RequestAuthorizer;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpApiAttributes;

/** The constructs at APIs that have defaults of their own. */
@Tag("once")
class CorsagePreflightTest {
  private static final String ORIGIN = "https://app.example.com";

  @TempDir Path folder;

  private Stack stack;
  private CorsagePreflight preflight;

  @BeforeEach
  void makeFunction() throws Exception {
    stack = new Stack(new App(), "Stack");
    Path archive = Files.writeString(folder.resolve("corsage-lambda.zip"), "");
    FunctionSettings settings = FunctionSettings.of(CorsagePolicy.allowing(ORIGIN).build());
    preflight = new CorsagePreflight(stack, "Preflight", archive.toString(), settings);
  }

  @Test
  void preflightsOfAnHttpApiPassItsDefaultAuthorizer() {
    HttpApi api =
        HttpApi.Builder.create(stack, "Api").defaultAuthorizer(new HttpIamAuthorizer()).build();
    preflight.addTo(api);
    Template.fromStack(stack)
        .allResourcesProperties(
            "AWS::ApiGatewayV2::Route",
            Map.of("AuthorizationType", "NONE", "AuthorizerId", Match.absent()));
  }

  @Test
  void anHttpApiOfAnotherStackGetsItsRoutes() {
    preflight.addTo(
        HttpApi.fromHttpApiAttributes(
            stack, "Api", HttpApiAttributes.builder().httpApiId("abc123").build()));
    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::ApiGatewayV2::Route", 2);
    template.allResourcesProperties("AWS::ApiGatewayV2::Route", Map.of("ApiId", "abc123"));
  }

  @Test
  void builtInCorsIsRefused() {
    HttpApi api =
        HttpApi.Builder.create(stack, "Api")
            .corsPreflight(CorsPreflightOptions.builder().allowOrigins(List.of("*")).build())
            .build();
    assertThatThrownBy(() -> preflight.addTo(api))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("corsPreflight of Stack/Api")
        .hasMessageContaining("Remove it");
  }

  @Test
  void preflightsOfARestApiPassItsDefaultAuthorizerAndNeedNoKey() {
    RestApi api =
        RestApi.Builder.create(stack, "Api")
            .cloudWatchRole(false)
            .apiKeySourceType(ApiKeySourceType.HEADER)
            .defaultMethodOptions(
                MethodOptions.builder()
                    .apiKeyRequired(true)
                    .authorizer(
                        RequestAuthorizer.Builder.create(stack, "Authorizer")
                            .handler(preflight.function())
                            .identitySources(List.of(IdentitySource.header("Authorization")))
                            .build())
                    .build())
            .build();
    api.getRoot().addResource("items").addResource("{id}").addMethod("GET", new MockIntegration());
    preflight.addTo(api, ORIGIN);

    Template template = Template.fromStack(stack);
    Map<String, Map<String, Object>> all =
        template.findResources(
            "AWS::ApiGateway::Method", Map.of("Properties", Map.of("HttpMethod", "OPTIONS")));
    // The root, /items and /items/{id}.
    assertThat(all).hasSize(3);
    assertThat(all.values())
        .allSatisfy(
            method ->
                assertThat(method.get("Properties"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("AuthorizationType", "NONE")
                    .containsEntry("ApiKeyRequired", false)
                    .doesNotContainKey("AuthorizerId"));
    template.hasResourceProperties(
        "AWS::ApiGateway::Method",
        Map.of("HttpMethod", "GET", "AuthorizationType", "CUSTOM", "ApiKeyRequired", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "", "https://*.example.com", "https://a.example'", ORIGIN + "/"})
  void anErrorOriginThatIsNoneIsRefused(String origin) {
    RestApi api = new RestApi(stack, "Api");
    assertThatThrownBy(() -> preflight.addTo(api, origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("errorOrigin \"" + origin + "\"");
  }

  @Test
  void aPolicyThatDoesNotBuildFailsTheSynthesis() {
    assertThatThrownBy(() -> CorsagePolicy.allowing("https://*.github.io/").maxAge(-5).build())
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("ALLOWED_ORIGINS")
        .hasMessageContaining("MAX_AGE");
  }
}
