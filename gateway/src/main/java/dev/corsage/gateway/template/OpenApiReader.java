package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an OpenAPI document inside a template, by AWS's <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html">extensions</a>.
 */
final class OpenApiReader {
  private static final String PREFIX = "x-amazon-apigateway-";
  private static final String ANY = PREFIX + "any-method";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", ANY);
  private static final Pattern HEADER_SOURCE =
      Pattern.compile("(?:method\\.request|\\$request)\\.header\\.([A-Za-z0-9_-]+)");

  private final Resources resources;
  private final ApiDraft api;

  OpenApiReader(Resources resources, ApiDraft api) {
    this.resources = resources;
    this.api = api;
  }

  /** Returns the names of the headers that the identity sources of an authorizer name. */
  static List<String> headersOf(List<String> identitySources) {
    return HEADER_SOURCE
        .matcher(String.join(",", identitySources))
        .results()
        .map(header -> header.group(1))
        .toList();
  }

  void read(Value document, String where) {
    if (!document.isPresent()) {
      return;
    }
    if (!(document.at("paths") instanceof Value.Fields)) {
      resources.ignore("OpenAPI documents that are elsewhere", where);
      return;
    }
    readAuthorizers(document.at("securityDefinitions"));
    readAuthorizers(document.at("components", "securitySchemes"));
    Value cors = document.at(PREFIX + "cors");
    if (cors.isPresent() && api.kind == Kind.HTTP) {
      api.cors = BuiltInCorsReader.read(cors, where + "." + PREFIX + "cors");
    }
    api.binaryTypes.addAll(document.at(PREFIX + "binary-media-types").texts());
    document
        .at(PREFIX + "gateway-responses")
        .fields()
        .forEach((type, response) -> readGatewayResponse(type, response, where));
    document
        .at("paths")
        .fields()
        .forEach((path, methods) -> readPath(document, path, methods, where));
  }

  private void readAuthorizers(Value schemes) {
    schemes
        .fields()
        .forEach(
            (name, scheme) -> {
              Value authorizer = scheme.at(PREFIX + "authorizer");
              boolean iam = scheme.at(PREFIX + "authtype").text().equals("awsSigv4");
              String source =
                  authorizer.at("identitySource").isPresent()
                      ? authorizer.at("identitySource").text()
                      : "method.request.header." + scheme.at("name").text();
              api.authorizers.put(name, new Authorizer(name, iam, headersOf(List.of(source))));
            });
  }

  private void readGatewayResponse(String type, Value response, String where) {
    api.addGatewayResponse(
        type,
        response.at("statusCode"),
        response.at("responseParameters"),
        RestApiReader.GATEWAY_HEADER,
        new Location(where + "." + PREFIX + "gateway-responses." + type, response.line()));
  }

  private void readPath(Value document, String path, Value methods, String where) {
    methods
        .fields()
        .forEach(
            (method, operation) -> {
              String lower = method.toLowerCase(Locale.ROOT);
              if (METHODS.contains(lower)) {
                boolean any = lower.equals(ANY);
                // SAM writes the default route as /$default.
                String route = path.equals("/$default") ? RouteTable.DEFAULT : path;
                readOperation(
                    document,
                    any ? "ANY" : lower.toUpperCase(Locale.ROOT),
                    route,
                    operation,
                    where + ".paths." + path + "." + method);
              }
            });
  }

  private void readOperation(
      Value document, String method, String path, Value operation, String where) {
    Value security =
        operation.at("security").isPresent() ? operation.at("security") : document.at("security");
    Authorizer authorizer = null;
    boolean apiKey = false;
    for (Value requirement : security.items()) {
      for (String name : requirement.fields().keySet()) {
        if (name.equals("api_key")) {
          apiKey = true;
        } else {
          authorizer = api.authorizer(name);
        }
      }
    }
    Value integration = operation.at(PREFIX + "integration");
    api.add(
        new Route(
            method,
            path,
            target(document, operation),
            ApiType.of(api.kind, integration.at("payloadFormatVersion").text().startsWith("2")),
            authorizer,
            apiKey,
            new Location(where, operation.line())));
  }

  private Target target(Value document, Value operation) {
    if (api.kind == Kind.REST) {
      return new IntegrationReader(resources).operation(document, operation);
    }
    Value integration = operation.at(PREFIX + "integration");
    String type = integration.at("type").text().toUpperCase(Locale.ROOT);
    String function = resources.function(integration.at("uri"));
    return function != null && type.equals("AWS_PROXY")
        ? new Target.Function(function)
        : new Target.Other("an integration of type " + type);
  }
}
