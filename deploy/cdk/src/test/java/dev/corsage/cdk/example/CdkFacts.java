package dev.corsage.cdk.example;

import static dev.corsage.cdk.example.FunctionFacts.id;
import static dev.corsage.cdk.example.Tree.object;
import static dev.corsage.cdk.example.Tree.text;

import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a template that the CDK has made says. */
final class CdkFacts {
  private static final String HEADER = "gatewayresponse.header.";

  private final CloudFormation template;
  private final Facts facts = new Facts();

  private CdkFacts(CloudFormation template) {
    this.template = template;
  }

  /**
   * Returns the facts.
   *
   * @param archive tells the name of a function's archive from its {@code Code}
   * @param file tells which template a URL is
   */
  static Map<String, String> of(
      CloudFormation template,
      Function<Map<String, Object>, String> archive,
      UnaryOperator<String> file) {
    CdkFacts cdk = new CdkFacts(template);
    FunctionFacts functions = new FunctionFacts(template, cdk.facts);
    template
        .resources("AWS::Lambda::Function")
        .forEach((id, f) -> functions.add(id, f, archive.apply(object(f.get("Code")))));
    functions.addTable();
    functions.addOperations(file);
    cdk.addHttpApi();
    cdk.addRestApi();
    cdk.each("AWS::Lambda::Permission", cdk::addCaller);
    cdk.each(
        "AWS::Lambda::Url",
        url -> {
          cdk.facts.add("url", url.get("AuthType"));
          cdk.facts.add("url CORS", url.get("Cors"));
        });
    return cdk.facts.all();
  }

  private void each(String type, java.util.function.Consumer<Map<String, Object>> action) {
    template.resources(type).values().forEach(action);
  }

  private void addHttpApi() {
    each("AWS::ApiGatewayV2::Api", api -> facts.add("api CORS", api.get("CorsConfiguration")));
    each(
        "AWS::ApiGatewayV2::Stage",
        stage -> {
          facts.add("api", "HTTP, stage " + stage.get("StageName"));
          object(stage.get("RouteSettings"))
              .forEach((route, limit) -> facts.add("limit of " + route, SamFacts.limit(limit)));
        });
    each(
        "AWS::ApiGatewayV2::Route",
        route -> {
          Map<String, Object> integration =
              template
                  .resources("AWS::ApiGatewayV2::Integration")
                  .get(id(text(route, "Target").replace("integrations/", "")));
          String who = authorizer(route);
          facts.add(
              "route " + route.get("RouteKey"),
              function(text(integration, "IntegrationUri"))
                  + " payload "
                  + integration.get("PayloadFormatVersion")
                  + ", "
                  + who);
        });
  }

  private void addRestApi() {
    each(
        "AWS::ApiGateway::RestApi",
        api ->
            facts.add(
                "api endpoint", Tree.list(Tree.at(api, "EndpointConfiguration", "Types")).get(0)));
    each(
        "AWS::ApiGateway::Stage",
        stage -> {
          facts.add("api", "REST, stage " + stage.get("StageName"));
          Tree.list(stage.get("MethodSettings")).forEach(one -> SamFacts.addLimit(facts, one));
        });
    each(
        "AWS::ApiGateway::Method",
        method -> {
          String uri = text(method, "Integration", "Uri");
          facts.add(
              "route " + method.get("HttpMethod") + " " + path(text(method, "ResourceId")),
              function(uri.substring(uri.indexOf("functions/") + "functions/".length()))
                  + " "
                  + text(method, "Integration", "Type")
                  + ", "
                  + authorizer(method)
                  + ", key "
                  + method.getOrDefault("ApiKeyRequired", false));
        });
    each(
        "AWS::ApiGateway::GatewayResponse",
        response ->
            object(response.get("ResponseParameters"))
                .forEach(
                    (name, value) ->
                        facts.add(
                            response.get("ResponseType") + " " + name.replace(HEADER, ""), value)));
  }

  private static String authorizer(Map<String, Object> route) {
    Object id = route.get("AuthorizerId");
    return "authorizer " + route.get("AuthorizationType") + (id == null ? "" : " " + id);
  }

  /** The examples have one level of resources. */
  private String path(String resource) {
    Map<String, Object> below = template.resources("AWS::ApiGateway::Resource").get(id(resource));
    return below == null ? "/" : "/" + below.get("PathPart");
  }

  private void addCaller(Map<String, Object> permission) {
    String principal = text(permission, "Principal");
    String caller =
        principal.equals("*")
            ? "* "
                + permission.get("Action")
                + (permission.containsKey("InvokedViaFunctionUrl") ? " by URL" : "")
            : principal;
    facts.include(function(text(permission, "FunctionName")) + " called by", caller);
  }

  private String function(String reference) {
    return FunctionFacts.name(template.resources("AWS::Lambda::Function").get(id(reference)));
  }
}
