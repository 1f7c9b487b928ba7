package dev.corsage.cdk.example;

import static dev.corsage.cdk.example.Tree.list;
import static dev.corsage.cdk.example.Tree.object;
import static dev.corsage.cdk.example.Tree.text;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a template of SAM says, or what SAM's documentation says that it becomes. */
final class SamFacts {
  private final CloudFormation template;
  private final Facts facts = new Facts();

  private SamFacts(CloudFormation template) {
    this.template = template;
  }

  static Map<String, String> of(CloudFormation template) {
    SamFacts sam = new SamFacts(template);
    sam.addApis();
    FunctionFacts functions = new FunctionFacts(template, sam.facts);
    template
        .resources("AWS::Serverless::Function")
        .forEach((id, function) -> sam.addFunction(functions, id, function));
    functions.addTable();
    functions.addOperations(url -> Path.of(url).getFileName().toString());
    return sam.facts.all();
  }

  private void addApis() {
    template
        .resources("AWS::Serverless::HttpApi")
        .values()
        .forEach(
            api -> {
              facts.add("api", "HTTP, stage " + api.getOrDefault("StageName", "$default"));
              facts.add("api CORS", api.get("CorsConfiguration"));
              object(api.get("RouteSettings"))
                  .forEach((route, settings) -> facts.add("limit of " + route, limit(settings)));
            });
    template
        .resources("AWS::Serverless::Api")
        .values()
        .forEach(
            api -> {
              facts.add("api", "REST, stage " + api.get("StageName"));
              facts.add("api endpoint", text(api, "EndpointConfiguration", "Type"));
              facts.add("api CORS", api.get("Cors"));
              list(api.get("MethodSettings")).forEach(setting -> addLimit(facts, setting));
              object(api.get("GatewayResponses"))
                  .forEach(
                      (type, response) ->
                          object(Tree.at(response, "ResponseParameters", "Headers"))
                              .forEach((name, value) -> facts.add(type + " " + name, value)));
            });
  }

  /** Adds the limit of a method of a REST API. */
  static void addLimit(Facts facts, Object setting) {
    String path = "/" + text(setting, "ResourcePath").substring(1).replaceFirst("^~1", "");
    facts.add("limit of " + text(setting, "HttpMethod") + " " + path, limit(setting));
  }

  static String limit(Object settings) {
    return text(settings, "ThrottlingRateLimit") + " " + text(settings, "ThrottlingBurstLimit");
  }

  private void addFunction(FunctionFacts functions, String id, Map<String, Object> own) {
    Map<String, Object> function = new LinkedHashMap<>(template.section("Globals", "Function"));
    function.putAll(own);
    functions.add(id, function, Path.of(text(function, "CodeUri")).getFileName().toString());
    String name = FunctionFacts.name(function);
    // SAM lets the API of each event call the function.
    object(function.get("Events"))
        .values()
        .forEach(
            event -> {
              String route =
                  "route "
                      + text(event, "Properties", "Method")
                      + " "
                      + text(event, "Properties", "Path");
              facts.add(route, name + " " + settings(event));
              facts.include(name + " called by", "apigateway.amazonaws.com");
            });
    Object url = function.get("FunctionUrlConfig");
    if (url != null) {
      facts.add("url", text(url, "AuthType"));
      facts.add("url CORS", Tree.at(url, "Cors"));
      facts.include(name + " called by", "* lambda:InvokeFunction by URL");
      facts.include(name + " called by", "* lambda:InvokeFunctionUrl");
    }
  }

  /** No route says anything of authorizers or keys, and no API has a default one. */
  private static String settings(Object event) {
    Object auth = Tree.at(event, "Properties", "Auth");
    String who = auth == null ? "authorizer NONE" : "authorizer " + auth;
    return text(event, "Type").equals("HttpApi")
        ? "payload " + text(event, "Properties", "PayloadFormatVersion") + ", " + who
        : "AWS_PROXY, " + who + ", key false";
  }
}
