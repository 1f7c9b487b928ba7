package dev.corsage.gateway.template;

import dev.corsage.gateway.template.TerraformPlan.Resource;
import dev.corsage.lambda.PreflightHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says a plan of Terraform in CloudFormation's words, so that the same readers and rules take it:
 * the resources of the <a
 * href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs">AWS provider</a> have
 * the same properties in other spelling. Logical ids are Terraform's addresses.
 */
final class TerraformReader {
  private static final String FUNCTION = "aws_lambda_function";
  private static final String HTTP_API = "aws_apigatewayv2_api";
  private static final Set<String> FUNCTIONS = Set.of(FUNCTION, "aws_lambda_alias");
  private static final Set<String> HTTP_APIS = Set.of(HTTP_API);

  /** Those that do not change what a browser gets. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "aws_lambda_permission",
          "aws_apigatewayv2_deployment",
          "aws_cloudwatch_log_group",
          "aws_api_gateway_account",
          "null_resource",
          "terraform_data");

  private static final int SHOWN = 10;

  private final TerraformReferences references;
  private final Map<String, Value> resources = new LinkedHashMap<>();
  private final Map<String, List<Resource>> others = new LinkedHashMap<>();

  private TerraformReader(TerraformPlan plan) throws TemplateException {
    references = new TerraformReferences(plan);
    for (Resource resource : plan.resources()) {
      read(resource);
    }
    new TerraformMethods(plan, references, this::add).read();
    others.forEach(this::addOthers);
  }

  /** Returns the plan as a template of CloudFormation, before its functions are evaluated. */
  static Value read(TerraformPlan plan) throws TemplateException {
    TerraformReader reader = new TerraformReader(plan);
    return new Value.Fields(
        Map.of("Resources", new Value.Fields(reader.resources, plan.line())), plan.line());
  }

  private void read(Resource resource) {
    TerraformProperties p = new TerraformProperties(resource, references);
    switch (resource.type()) {
      case FUNCTION -> add(resource, "AWS::Lambda::Function", function(resource, p));
      case "aws_lambda_alias" ->
          add(
              resource,
              "AWS::Lambda::Alias",
              p.reference("FunctionName", "function_name", Set.of(FUNCTION)));
      case "aws_lambda_function_url" ->
          add(
              resource,
              "AWS::Lambda::Url",
              p.reference("TargetFunctionArn", "function_name", Set.of(FUNCTION))
                  .copy("AuthType", "authorization_type")
                  .copy("InvokeMode", "invoke_mode")
                  .block("Cors", "cors"));
      case HTTP_API ->
          add(
              resource,
              "AWS::ApiGatewayV2::Api",
              p.copy("Name", "name")
                  .copy("ProtocolType", "protocol_type")
                  .copy("RouteKey", "route_key")
                  .reference("Target", "target", FUNCTIONS)
                  .block("CorsConfiguration", "cors_configuration")
                  .document("Body", "body"));
      case "aws_apigatewayv2_stage" ->
          add(
              resource,
              "AWS::ApiGatewayV2::Stage",
              p.reference("ApiId", "api_id", HTTP_APIS)
                  .copy("StageName", "name")
                  .copy("StageVariables", "stage_variables"));
      case "aws_apigatewayv2_route" ->
          add(
              resource,
              "AWS::ApiGatewayV2::Route",
              p.reference("ApiId", "api_id", HTTP_APIS)
                  .copy("RouteKey", "route_key")
                  .copy("AuthorizationType", "authorization_type")
                  .copy("ApiKeyRequired", "api_key_required")
                  .reference("AuthorizerId", "authorizer_id", Set.of("aws_apigatewayv2_authorizer"))
                  .reference("Target", "target", Set.of("aws_apigatewayv2_integration")));
      case "aws_apigatewayv2_integration" ->
          add(
              resource,
              "AWS::ApiGatewayV2::Integration",
              p.reference("ApiId", "api_id", HTTP_APIS)
                  .copy("IntegrationType", "integration_type")
                  .copy("IntegrationSubtype", "integration_subtype")
                  .copy("IntegrationMethod", "integration_method")
                  .copy("PayloadFormatVersion", "payload_format_version")
                  .reference("IntegrationUri", "integration_uri", FUNCTIONS));
      case "aws_apigatewayv2_authorizer" ->
          add(
              resource,
              "AWS::ApiGatewayV2::Authorizer",
              p.reference("ApiId", "api_id", HTTP_APIS)
                  .copy("Name", "name")
                  .copy("AuthorizerType", "authorizer_type")
                  .copy("IdentitySource", "identity_sources"));
      default -> {
        if (!TerraformMethods.TYPES.contains(resource.type())
            && !WITHOUT_EFFECT.contains(resource.type())
            && !resource.type().startsWith("aws_iam_")) {
          others.computeIfAbsent(resource.type(), type -> new ArrayList<>()).add(resource);
        }
      }
    }
  }

  private static TerraformProperties function(Resource function, TerraformProperties p) {
    p.copy("FunctionName", "function_name")
        .copy("Handler", "handler")
        .copy("Runtime", "runtime")
        .copy("Timeout", "timeout")
        .copy("Layers", "layers")
        .copy("PackageType", "package_type")
        .copy("Code", "filename");
    Value environment = p.value("environment");
    environment = environment.items().stream().findFirst().orElse(environment);
    Value variables =
        environment.fields().containsKey("Ref") ? environment : environment.at("variables");
    boolean isPreflight =
        function.values().at("handler").text().equals(PreflightHandler.class.getName());
    if (variables.fields().containsKey("Ref") && isPreflight) {
      // None of the variables is known: the policy is there, and cannot be read.
      variables = new Value.Fields(Map.of("CORS_POLICY", variables), variables.line());
    }
    return p.put("Environment", new Value.Fields(Map.of("Variables", variables), variables.line()));
  }

  private void add(Resource resource, String type, TerraformProperties properties) {
    add(resource.address(), type, properties.all(), resource.line());
  }

  private void add(String id, String type, Value properties, int line) {
    resources.put(
        id, new Value.Fields(Map.of("Type", text(type, line), "Properties", properties), line));
  }

  /** Names a type once: a plan may have very many resources that are no concern of CORS. */
  private void addOthers(String type, List<Resource> all) {
    String shown = String.join(", ", all.stream().limit(SHOWN).map(Resource::address).toList());
    String more = all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "";
    add(shown + more, type, new Value.Absent(all.get(0).line()), all.get(0).line());
  }

  static Value text(String text, int line) {
    return new Value.Text(text, line);
  }

  /** Returns what refers to something that only a deployment knows. */
  static Value reference(String to, int line) {
    return new Value.Fields(Map.of("Ref", text(to, line)), line);
  }

  static Optional<Value> reference(Optional<Resource> to, int line) {
    return to.map(resource -> reference(resource.address(), line));
  }
}
