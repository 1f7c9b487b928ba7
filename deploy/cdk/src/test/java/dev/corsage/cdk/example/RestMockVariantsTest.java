package dev.corsage.cdk.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.cdk.CorsageMockPreflight;
import dev.corsage.generate.Generated;
import dev.corsage.generate.Provenance;
import dev.corsage.generate.Targets;
import dev.corsage.lambda.PolicyDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigateway.MockIntegration;
import software.amazon.awscdk.services.apigateway.RestApi;

/** REST APIs without a preflight function: each tool has what is generated for the same policy. */
@Tag("once")
class RestMockVariantsTest {
  private static final Path ROOT = Stacks.DEPLOY.resolve("..");
  private static final String POLICY = "deploy/rest-mock/policy.json";

  @TempDir Path folder;

  private static String generated(String policy, String file) {
    String document = Stacks.read(ROOT.resolve(policy));
    Generated generated =
        Targets.named("rest-mock")
            .orElseThrow()
            .generate(
                PolicyDocument.read(document),
                false,
                Provenance.of("corsage generate rest-mock --policy " + policy, document));
    return generated.files().stream()
        .filter(each -> each.path().equals(file))
        .findFirst()
        .orElseThrow()
        .content();
  }

  private Map<String, Object> resources(String template) throws Exception {
    Path file = Files.writeString(folder.resolve("template.yaml"), template);
    return Tree.object(Stacks.sam(file).get("Resources"));
  }

  @ParameterizedTest
  @CsvSource({
    "deploy/sam/rest-api-mock.yaml, deploy/rest-mock/policy.json",
    "examples/rest-mock/template.yaml, examples/rest-mock/policy.json"
  })
  void sam(String file, String policy) throws Exception {
    Map<String, Object> expected = resources(generated(policy, "rest-mock.yaml"));
    Map<String, Object> written = resources(Stacks.read(ROOT.resolve(file)));
    assertThat(expected).hasSize(6);
    expected.forEach(
        (name, resource) -> {
          if (name.startsWith("Deployment")) {
            assertThat(dependencies(written.get(name)))
                .containsAll(dependencies(resource))
                .contains("ProxyAny", "RootAny");
          } else {
            assertThat(written.get(name)).as(name).isEqualTo(resource);
          }
        });
    assertThat(Stacks.read(ROOT.resolve(file)).replaceAll("\\s", ""))
        .as("the function has the same policy")
        .contains(Stacks.read(ROOT.resolve(policy)).replaceAll("\\s", ""));
  }

  private static Set<Object> dependencies(Object deployment) {
    return Set.copyOf(new ArrayList<>(Tree.list(Tree.at(deployment, "DependsOn"))));
  }

  @Test
  void terraform() throws Exception {
    Path module = Stacks.DEPLOY.resolve("terraform/rest-mock").toAbsolutePath();
    assertThat(Stacks.read(module.resolve("rest-mock.vtl")))
        .isEqualTo(generated(POLICY, "rest-mock.vtl"));
    String written = Terraform.read(module).get(module.toString()).toString();
    assertThat(written)
        .contains("MOCK", "CONVERT_TO_TEXT", "rest-mock.vtl", "WHEN_NO_MATCH", "OPTIONS");
    generated(POLICY, "rest-mock.yaml")
        .lines()
        .filter(line -> line.contains("method.response.header."))
        .map(line -> line.strip().replaceAll("method\\.response\\.header\\.(.*): true", "$1"))
        .forEach(header -> assertThat(written).contains(header));
  }

  @Test
  void cdk() throws Exception {
    Stack stack = new Stack(new App(), "Stack");
    RestApi api = RestApi.Builder.create(stack, "Api").cloudWatchRole(false).build();
    api.getRoot().addMethod("ANY", new MockIntegration());
    api.getRoot().addResource("{proxy+}").addMethod("ANY", new MockIntegration());
    CorsageMockPreflight.of(Stacks.read(ROOT.resolve(POLICY))).addTo(api);
    List<List<Object>> made =
        Template.fromStack(stack).findResources("AWS::ApiGateway::Method").values().stream()
            .map(method -> Tree.at(method, "Properties"))
            .filter(method -> Tree.text(method, "HttpMethod").equals("OPTIONS"))
            .map(RestMockVariantsTest::facts)
            .toList();
    Map<String, Object> expected = resources(generated(POLICY, "rest-mock.yaml"));
    List<Object> facts = facts(Tree.at(expected, "RootOptions", "Properties"));
    assertThat(made).hasSize(2).containsOnly(facts);
  }

  /** What a method is, without the references and the command that has made it. */
  private static List<Object> facts(Object method) {
    String integration =
        Tree.write(Tree.at(method, "Integration")).replaceAll("##   c(orsage|dk)[^#]*##", "##");
    return List.of(
        Tree.at(method, "AuthorizationType"),
        Tree.parse(integration),
        Tree.at(method, "MethodResponses"));
  }

  @Test
  void thePolicyIsCheckedBeforeAnythingIsDeployed() {
    assertThatThrownBy(
            () ->
                CorsageMockPreflight.of(
                    "{\"origins\": [\"https://a.example.com\"], \"blockRefusedOrigins\": true}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("blockRefusedOrigins");
  }
}
