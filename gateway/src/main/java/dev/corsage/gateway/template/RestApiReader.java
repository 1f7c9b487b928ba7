package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.GatewayResponseSettings.Expression;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.Target;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the REST APIs of plain <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGateway.html">CloudFormation</a>.
 */
final class RestApiReader {
  private static final String RESPONSE_HEADER = "method.response.header.";
  static final String GATEWAY_HEADER = "gatewayresponse.header.";
  private static final int MAX_DEPTH = 100;

  /** API Gateway's quota for the request line and headers: no request has a longer path. */
  private static final int MAX_PATH = 10_240;

  private final Resources resources;
  private final Map<String, ApiDraft> apis;

  RestApiReader(Resources resources, Map<String, ApiDraft> apis) {
    this.resources = resources;
    this.apis = apis;
  }

  void read() {
    Map<String, Value> bodies = new LinkedHashMap<>();
    resources.each(
        "AWS::ApiGateway::RestApi",
        (id, api) -> {
          apis.put(id, new ApiDraft(id, resources.line(id), Kind.REST));
          bodies.put(id, api);
          resources.written.addBinaryTypes(id, api.at("BinaryMediaTypes"));
          resources.ignoreProperties(id, api, "Policy");
        });
    // Before the documents, which may have the stage's variables in them.
    // The Serverless Framework names the stage here.
    resources.each(
        "AWS::ApiGateway::Deployment",
        (id, deployment) -> {
          ApiDraft api = api(deployment);
          if (api != null) {
            api.stage = deployment.at("StageName").textOr(api.stage);
            api.addStageVariables(deployment.at("StageDescription", "Variables"));
          }
        });
    resources.each(
        "AWS::ApiGateway::Stage",
        (id, stage) -> {
          ApiDraft api = api(stage);
          if (api != null) {
            api.stage = stage.at("StageName").textOr(api.stage);
            api.addStageVariables(stage.at("Variables"));
          }
        });
    bodies.forEach((id, api) -> new OpenApiReader(resources, apis.get(id)).readRoutes(id, api));
    resources.each("AWS::ApiGateway::GatewayResponse", this::readGatewayResponse);
    resources.each("AWS::ApiGateway::Method", this::readMethod);
  }

  private ApiDraft api(Value properties) {
    ApiDraft api = apis.get(properties.at("RestApiId").ids().stream().findFirst().orElse(""));
    return api != null && api.kind == Kind.REST ? api : null;
  }

  private void readGatewayResponse(String id, Value response) {
    ApiDraft api = api(response);
    if (api == null) {
      return;
    }
    api.addGatewayResponse(
        response.at("ResponseType").text(),
        response.at("StatusCode"),
        response.at("ResponseParameters"),
        GATEWAY_HEADER,
        new Location(id, resources.line(id)));
    resources.unresolved(response.at("ResponseParameters"), id);
  }

  private void readMethod(String id, Value method) {
    ApiDraft api = api(method);
    if (api == null) {
      resources.ignore("methods of APIs that are not in the template", id);
      return;
    }
    if (!method.at("ResourceId").isPresent()) {
      // A plan of Terraform does not say everything.
      api.partial = true;
      resources.notRead("methods on paths that are not known", id, resources.line(id));
      return;
    }
    resources.written.addMethod(api.id, method, new Location(id, resources.line(id)));
    String authorization = method.at("AuthorizationType").textOr("NONE");
    String authorizer = method.at("AuthorizerId").ids().stream().findFirst().orElse(authorization);
    api.add(
        new Route(
            method.at("HttpMethod").written().toUpperCase(Locale.ROOT),
            path(method.at("ResourceId"), 0),
            target(api, method.at("Integration"), id),
            ApiType.REST,
            authorization.equals("NONE")
                ? null
                : OpenApiReader.authorizer(
                    authorizer,
                    authorization.equals(Authorizer.IAM),
                    resources.property(authorizer, "IdentitySource").texts()),
            method.at("ApiKeyRequired").isTrue(),
            new Location(id, resources.line(id))));
  }

  /** Resources name their parents, up to the root of the API. */
  private String path(Value reference, int depth) {
    String id = reference.ids().stream().findFirst().orElse("");
    if (depth > MAX_DEPTH || !resources.type(id).equals("AWS::ApiGateway::Resource")) {
      return "/";
    }
    String parent = path(resources.property(id, "ParentId"), depth + 1);
    String part = resources.property(id, "PathPart").written();
    if (parent.length() + part.length() > MAX_PATH) {
      return "/";
    }
    return parent.equals("/") ? "/" + part : parent + "/" + part;
  }

  private Target target(ApiDraft api, Value integration, String id) {
    String type = integration.at("Type").text();
    if (type.equals("MOCK")) {
      return mock(integration.at("IntegrationResponses").items(), id);
    }
    String function = resources.function(api.withStageVariables(integration.at("Uri")));
    return function != null && type.equals("AWS_PROXY")
        ? new Target.Function(function)
        : new Target.Other("an integration of type " + type);
  }

  private Target mock(List<Value> responses, String id) {
    Value response = responses.isEmpty() ? new Value.Absent(0) : responses.get(0);
    String status = response.at("StatusCode").textOr("200");
    resources.unresolved(response.at("ResponseParameters"), id);
    return mock(
        status.matches("[2-5][0-9]{2}") ? Integer.parseInt(status) : 200,
        response.at("ResponseParameters"));
  }

  /** Returns a mock with the headers that the parameters of a response set to static values. */
  static Target.Mock mock(int status, Value parameters) {
    Map<String, String> headers = new LinkedHashMap<>();
    Set<String> unknown = new LinkedHashSet<>();
    parameters
        .fields()
        .forEach(
            (parameter, value) -> {
              if (!parameter.startsWith(RESPONSE_HEADER)) {
                return;
              }
              String name = parameter.substring(RESPONSE_HEADER.length());
              Expression expression = new Expression(value.text(), value.line());
              if (!value.isKnown()) {
                unknown.add(name);
              } else if (expression.isLiteral()) {
                headers.put(name, expression.literal());
              }
            });
    return new Target.Mock(status, headers, unknown);
  }
}
