package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the REST APIs of plain <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGateway.html">CloudFormation</a>.
 */
final class RestApiReader {
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
          ApiDraft draft = new ApiDraft(id, resources.line(id), Kind.REST);
          draft.binaryTypes.addAll(api.at("BinaryMediaTypes").texts());
          apis.put(id, draft);
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
            new IntegrationReader(resources, api, id).method(method),
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
}
