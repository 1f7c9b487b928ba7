package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.CorsSettings.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an OpenAPI document of a template, by AWS's <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html">extensions</a>.
 */
final class OpenApiReader {
  static final String PREFIX = "x-amazon-apigateway-";
  static final String INTEGRATION = PREFIX + "integration";
  private static final String ANY = PREFIX + "any-method";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", ANY);
  private static final Pattern HEADER_SOURCE = source("header");
  private static final Pattern PARAMETER_SOURCE = source("querystring");

  private final Resources resources;
  private final ApiDraft api;

  /** What references lead into. */
  private Value document = new Value.Absent(0);

  OpenApiReader(Resources resources, ApiDraft api) {
    this.resources = resources;
    this.api = api;
  }

  /** REST APIs write {@code method.request.header.X}, HTTP APIs {@code $request.header.X}. */
  private static Pattern source(String part) {
    return Pattern.compile("(?:method\\.request|\\$request)\\." + part + "\\.([^\\s,]+)");
  }

  /** Returns the authorizer that looks at some identity sources. */
  static Authorizer authorizer(String name, boolean iam, List<String> identitySources) {
    String sources = String.join(",", identitySources);
    return new Authorizer(
        name, iam, names(HEADER_SOURCE, sources), names(PARAMETER_SOURCE, sources));
  }

  private static List<String> names(Pattern source, String sources) {
    return source.matcher(sources).results().map(found -> found.group(1)).toList();
  }

  /**
   * Reads a document into the API, and returns its operations, which are no routes yet: SAM may add
   * to them.
   */
  Operations read(Value document, String where) {
    Operations operations = new Operations(namesOf(document.at("security")));
    if (!document.isPresent()) {
      return operations;
    }
    if (!(document.at("paths") instanceof Value.Fields)) {
      if (document.isOpen()
          || (!document.at("openapi").isPresent() && !document.at("swagger").isPresent())) {
        elsewhere(where, document.line());
      }
      return operations;
    }
    api.partial |= document.isOpen() || document.at("paths").isOpen();
    this.document = document;
    api.binaryTypes.addAll(document.at(PREFIX + "binary-media-types").texts());
    readSchemes(document.at("securityDefinitions"));
    readSchemes(document.at("components", "securitySchemes"));
    Value cors = document.at(PREFIX + "cors");
    if (api.kind == Kind.HTTP) {
      resources.written.addCors(Place.DOCUMENT, cors, false, where + "." + PREFIX + "cors");
    } else {
      resources.written.addBinaryTypes(api.id, document.at(PREFIX + "binary-media-types"));
    }
    if (cors.isPresent() && api.kind == Kind.HTTP && api.cors == null) {
      api.cors = BuiltInCorsReader.read(resources, cors, where + "." + PREFIX + "cors");
    }
    document
        .at(PREFIX + "gateway-responses")
        .fields()
        .forEach((type, response) -> readGatewayResponse(type, response, where));
    document
        .at("paths")
        .fields()
        .forEach((path, methods) -> readPath(document, operations, path, methods, where));
    return operations;
  }

  /** Reads the document of plain CloudFormation, in the template or in a file, and its routes. */
  void readRoutes(String id, Value properties) {
    Value location = properties.at("BodyS3Location");
    if (location.isPresent()) {
      // A package command takes the name of a file here.
      read(resources.documents(id), location, id + ".BodyS3Location").addTo(api);
    } else {
      read(properties.at("Body"), id + ".Body").addTo(api);
    }
  }

  /** Reads a document from its file, if it is on this machine. */
  Operations read(DocumentFiles files, Value reference, String where) {
    Value document = new Value.Absent(reference.line());
    try {
      document = files.read(reference);
    } catch (TemplateException unreadable) {
      resources.refuse(
          new Location(where, reference.line()),
          reference.text(),
          "The file cannot be used. " + unreadable.getMessage(),
          "Name an OpenAPI document.");
    }
    if (!document.isPresent()) {
      elsewhere(where, reference.line());
    }
    return read(document, where);
  }

  /** Notes that the API has a document that is not here. */
  private void elsewhere(String where, int line) {
    api.partial = true;
    resources.notRead("OpenAPI documents that are elsewhere", where, line);
  }

  private void readSchemes(Value schemes) {
    schemes.fields().forEach(this::readScheme);
  }

  /**
   * Reads a security scheme. API Gateway acts by its own extensions and by API keys; what else
   * there is describes the API to people.
   */
  private void readScheme(String name, Value scheme) {
    Value authorizer = scheme.at(PREFIX + "authorizer");
    Value type = scheme.at(PREFIX + "authtype");
    if (authorizer.isPresent() || type.isPresent()) {
      api.authorizers.put(
          name,
          authorizer(name, type.text().equals("awsSigv4"), identitySources(scheme, authorizer)));
    } else if (scheme.at("name").text().equalsIgnoreCase("x-api-key")) {
      api.apiKeys.add(name);
    } else {
      api.schemes.add(name);
    }
  }

  private static List<String> identitySources(Value scheme, Value authorizer) {
    Value sources = authorizer.at("identitySource");
    if (sources.isPresent()) {
      return sources.texts();
    }
    // The name that documents give to a header that is not looked at.
    String header = scheme.at("name").text();
    return header.isEmpty() || header.equals("Unused")
        ? List.of()
        : List.of("method.request.header." + header);
  }

  private void readGatewayResponse(String type, Value response, String where) {
    api.addGatewayResponse(
        type,
        response.at("statusCode"),
        response.at("responseParameters"),
        RestApiReader.GATEWAY_HEADER,
        new Location(where + "." + PREFIX + "gateway-responses." + type, response.line()));
    resources.unresolved(response.at("responseParameters"), where);
  }

  private void readPath(
      Value document, Operations operations, String path, Value methods, String where) {
    // SAM writes the default route as /$default.
    String route = path.equals("/$default") ? RouteTable.DEFAULT : path;
    operations.addPath(route);
    methods
        .fields()
        .forEach(
            (method, operation) -> {
              String lower = method.toLowerCase(Locale.ROOT);
              if (METHODS.contains(lower)) {
                Location at =
                    new Location(where + ".paths." + path + "." + method, operation.line());
                String name = lower.equals(ANY) ? Operations.ANY : lower.toUpperCase(Locale.ROOT);
                if (api.kind == Kind.REST) {
                  resources.written.addOperation(
                      api.id, document, name, operation, operation.at(INTEGRATION), at);
                }
                operations.put(route, name, operation(operation, at));
              } else {
                operations.addField(route, method.toUpperCase(Locale.ROOT));
              }
            });
  }

  /** Reads the definition of an operation. */
  Operation operation(Value definition, Location location) {
    Value integration = definition.at(INTEGRATION);
    return new Operation(
        target(definition, location.property()),
        ApiType.of(api.kind, integration.at("payloadFormatVersion").text().startsWith("2")),
        integration.isPresent(),
        security(definition),
        location);
  }

  private static List<String> security(Value definition) {
    Value security = definition.at("security");
    String type = definition.at(PREFIX + "auth", "type").text();
    if (!security.isPresent() && !type.isEmpty()) {
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html
      return List.of(type);
    }
    return security.isPresent() ? namesOf(security) : null;
  }

  private static List<String> namesOf(Value security) {
    List<String> names = new ArrayList<>();
    security.items().forEach(requirement -> names.addAll(requirement.fields().keySet()));
    return names;
  }

  private Target target(Value definition, String where) {
    if (api.kind == Kind.REST) {
      return new IntegrationReader(resources, api, where).operation(document, definition);
    }
    Value integration = definition.at(INTEGRATION);
    String type = integration.at("type").text().toUpperCase(Locale.ROOT);
    String function = resources.function(api.withStageVariables(integration.at("uri")));
    return function != null && type.equals("AWS_PROXY")
        ? new Target.Function(function)
        : new Target.Other("an integration of type " + type);
  }
}
