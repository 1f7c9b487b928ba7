package dev.corsage.gateway.template;

import dev.corsage.gateway.template.TerraformPlan.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * REST APIs of a plan. What is one {@code AWS::ApiGateway::Method} in CloudFormation is four
 * resources in Terraform: the method, its integration, and the responses of both.
 */
final class TerraformMethods {
  private static final String API = "aws_api_gateway_rest_api";
  private static final String RESOURCE = "aws_api_gateway_resource";
  private static final String METHOD = "aws_api_gateway_method";
  private static final String INTEGRATION = "aws_api_gateway_integration";
  private static final String METHOD_RESPONSE = "aws_api_gateway_method_response";
  private static final String INTEGRATION_RESPONSE = "aws_api_gateway_integration_response";
  private static final String GATEWAY_RESPONSE = "aws_api_gateway_gateway_response";
  private static final String AUTHORIZER = "aws_api_gateway_authorizer";
  private static final String STAGE = "aws_api_gateway_stage";
  private static final String DEPLOYMENT = "aws_api_gateway_deployment";

  /** What is read here. */
  static final Set<String> TYPES =
      Set.of(
          API,
          RESOURCE,
          METHOD,
          INTEGRATION,
          METHOD_RESPONSE,
          INTEGRATION_RESPONSE,
          GATEWAY_RESPONSE,
          AUTHORIZER,
          STAGE,
          DEPLOYMENT);

  private static final Set<String> APIS = Set.of(API);

  /** Takes a resource of CloudFormation. */
  interface Adder {
    void add(String id, String type, Value properties, int line);
  }

  private final TerraformPlan plan;
  private final TerraformReferences references;
  private final Adder adder;

  /** The API, or the resource of it, whose path a method is on; by what has it. */
  private final Map<Resource, Resource> places = new HashMap<>();

  TerraformMethods(TerraformPlan plan, TerraformReferences references, Adder adder) {
    this.plan = plan;
    this.references = references;
    this.adder = adder;
  }

  void read() {
    List<Resource> all = plan.resources().stream().filter(r -> TYPES.contains(r.type())).toList();
    findPlaces(all);
    Map<String, List<Resource>> parts = new LinkedHashMap<>();
    for (Resource part : all) {
      if (places.containsKey(part) && !part.type().equals(METHOD)) {
        parts.computeIfAbsent(key(part), key -> new ArrayList<>()).add(part);
      }
    }
    for (Resource resource : all) {
      TerraformProperties p = new TerraformProperties(resource, references);
      switch (resource.type()) {
        case API ->
            add(
                resource,
                "AWS::ApiGateway::RestApi",
                p.copy("Name", "name")
                    .copy("BinaryMediaTypes", "binary_media_types")
                    .copy("Policy", "policy")
                    .document("Body", "body"));
        case RESOURCE ->
            add(
                resource,
                "AWS::ApiGateway::Resource",
                p.reference("RestApiId", "rest_api_id", APIS)
                    .reference("ParentId", "parent_id", Set.of(API, RESOURCE))
                    .copy("PathPart", "path_part"));
        case METHOD -> addMethod(resource, p, parts.getOrDefault(key(resource), List.of()));
        case GATEWAY_RESPONSE ->
            add(
                resource,
                "AWS::ApiGateway::GatewayResponse",
                p.reference("RestApiId", "rest_api_id", APIS)
                    .copy("ResponseType", "response_type")
                    .copy("StatusCode", "status_code")
                    .copy("ResponseParameters", "response_parameters")
                    .copy("ResponseTemplates", "response_templates"));
        case AUTHORIZER ->
            add(
                resource,
                "AWS::ApiGateway::Authorizer",
                p.reference("RestApiId", "rest_api_id", APIS)
                    .copy("Name", "name")
                    .copy("Type", "type")
                    .copy("IdentitySource", "identity_source"));
        case STAGE, DEPLOYMENT ->
            // Up to version 5 of the provider a deployment could make a stage, too.
            add(
                resource,
                resource.values().at("stage_name").isPresent()
                    ? "AWS::ApiGateway::Stage"
                    : "AWS::ApiGateway::Deployment",
                p.reference("RestApiId", "rest_api_id", APIS)
                    .copy("StageName", "stage_name")
                    .copy("Variables", "variables"));
        default -> {
          // Parts of methods.
        }
      }
    }
  }

  private void addMethod(Resource method, TerraformProperties p, List<Resource> parts) {
    List<Value> methodResponses = new ArrayList<>();
    List<Value> integrationResponses = new ArrayList<>();
    TerraformProperties integration = null;
    for (Resource part : parts) {
      TerraformProperties own = new TerraformProperties(part, references);
      switch (part.type()) {
        case INTEGRATION ->
            integration =
                own.copy("Type", "type")
                    .reference("Uri", "uri", Set.of("aws_lambda_function", "aws_lambda_alias"))
                    .copy("IntegrationHttpMethod", "integration_http_method")
                    .copy("PassthroughBehavior", "passthrough_behavior")
                    .copy("ContentHandling", "content_handling")
                    .copy("RequestTemplates", "request_templates")
                    .copy("RequestParameters", "request_parameters");
        case METHOD_RESPONSE ->
            methodResponses.add(
                own.copy("StatusCode", "status_code")
                    .copy("ResponseParameters", "response_parameters")
                    .all());
        default ->
            integrationResponses.add(
                own.copy("StatusCode", "status_code")
                    .copy("SelectionPattern", "selection_pattern")
                    .copy("ContentHandling", "content_handling")
                    .copy("ResponseParameters", "response_parameters")
                    .copy("ResponseTemplates", "response_templates")
                    .all());
      }
    }
    int line = method.line();
    if (integration != null) {
      integration.put("IntegrationResponses", new Value.Items(integrationResponses, line));
      p.put("Integration", integration.all());
    }
    add(
        method,
        "AWS::ApiGateway::Method",
        p.reference("RestApiId", "rest_api_id", APIS)
            .put(
                "ResourceId",
                TerraformReader.reference(Optional.ofNullable(places.get(method)), line)
                    .orElse(p.none()))
            .copy("HttpMethod", "http_method")
            .copy("AuthorizationType", "authorization")
            .copy("ApiKeyRequired", "api_key_required")
            .copy("RequestParameters", "request_parameters")
            .reference("AuthorizerId", "authorizer_id", Set.of(AUTHORIZER))
            .put("MethodResponses", new Value.Items(methodResponses, line)));
  }

  private void add(Resource resource, String type, TerraformProperties properties) {
    adder.add(resource.address(), type, properties.all(), resource.line());
  }

  private String key(Resource part) {
    Resource place = places.get(part);
    return (place == null ? "" : place.address()) + " " + part.values().at("http_method").text();
  }

  private void findPlaces(List<Resource> all) {
    Map<String, List<Resource>> unplaced = new LinkedHashMap<>();
    for (Resource part : all) {
      if (Set.of(METHOD, INTEGRATION, METHOD_RESPONSE, INTEGRATION_RESPONSE)
          .contains(part.type())) {
        Optional<Resource> place = references.find(part, "resource_id", Set.of(API, RESOURCE));
        if (place.isPresent()) {
          places.put(part, place.get());
        } else {
          String block = part.module() + " " + part.type() + "." + part.name();
          unplaced
              .computeIfAbsent(
                  block + " " + part.values().at("http_method").text(), b -> new ArrayList<>())
              .add(part);
        }
      }
    }
    unplaced.values().forEach(this::placeEach);
  }

  /**
   * Places the instances of a block whose resources come from a local value, which plans do not
   * have. A resource has a method once: where there are as many instances of one method as
   * resources in the API, each resource has one, and it is all the same which.
   */
  private void placeEach(List<Resource> instances) {
    Optional<Resource> api = references.find(instances.get(0), "rest_api_id", APIS);
    if (api.isEmpty()) {
      return;
    }
    List<Resource> free = new ArrayList<>(List.of(api.get()));
    for (Resource resource : plan.resources()) {
      if (resource.type().equals(RESOURCE)
          && references.find(resource, "rest_api_id", APIS).equals(api)) {
        free.add(resource);
      }
    }
    if (free.size() != instances.size()) {
      return;
    }
    // By names where they say it, so that the parts of a method find each other.
    List<Resource> rest = new ArrayList<>();
    for (Resource instance : instances) {
      Optional<Resource> named =
          free.stream()
              .filter(
                  resource ->
                      instance
                          .index()
                          .equals(resource.type().equals(API) ? "root" : resource.name()))
              .findFirst();
      named.ifPresentOrElse(
          resource -> {
            places.put(instance, resource);
            free.remove(resource);
          },
          () -> rest.add(instance));
    }
    rest.sort(Comparator.comparing(Resource::index));
    for (int i = 0; i < rest.size(); i++) {
      places.put(rest.get(i), free.get(i));
    }
  }
}
