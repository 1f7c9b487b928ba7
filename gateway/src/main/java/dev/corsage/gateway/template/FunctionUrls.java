package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.CorsSettings.Place;
import java.util.List;
import java.util.Map;

/**
 * Reads <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html">function
 * URLs</a>: an API with one route.
 */
final class FunctionUrls {
  private FunctionUrls() {}

  static void read(Resources resources, Map<String, ApiDraft> apis) {
    resources.each(
        "AWS::Lambda::Url",
        (id, url) -> {
          String function = resources.function(url.at("TargetFunctionArn"));
          if (function == null) {
            resources.written.addCors(Place.FUNCTION_URL, url.at("Cors"), false, id + ".Cors");
            resources.ignore("URLs of functions that are not in the template", id);
          } else {
            open(resources, apis, id, function, url, id);
          }
        });
  }

  static void open(
      Resources resources,
      Map<String, ApiDraft> apis,
      String id,
      String function,
      Value url,
      String where) {
    ApiDraft api = new ApiDraft(id, url.line(), Kind.FUNCTION_URL);
    Value cors = url.at("Cors");
    api.cors = cors.isPresent() ? BuiltInCorsReader.read(resources, cors, where + ".Cors") : null;
    resources.written.addCors(Place.FUNCTION_URL, cors, !id.equals(where), where + ".Cors");
    boolean iam = url.at("AuthType").text().equals(Authorizer.IAM);
    api.add(
        new Route(
            "ANY",
            RouteTable.DEFAULT,
            new Target.Function(function, url.at("InvokeMode").text().equals("RESPONSE_STREAM")),
            ApiType.FUNCTION_URL,
            iam ? new Authorizer(Authorizer.IAM, true, List.of()) : null,
            false,
            new Location(where, url.line())));
    apis.put(id + "Url", api);
  }
}
