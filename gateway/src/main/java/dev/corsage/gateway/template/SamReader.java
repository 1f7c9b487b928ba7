package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.template.CorsSettings.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the APIs of <a
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html">AWS
 * SAM</a>: what its transformation would make of them.
 *
 * <p>The order matters: the documents, what events add to them, and then what the properties of
 * each API do to all of its operations.
 */
final class SamReader {
  private static final String HTTP_API = "AWS::Serverless::HttpApi";
  private static final String REST_API = "AWS::Serverless::Api";

  /** The APIs that SAM creates for events that name none. */
  private static final String IMPLICIT_HTTP = "ServerlessHttpApi";

  private static final String IMPLICIT_REST = "ServerlessRestApi";

  private final Resources resources;
  private final Map<String, ApiDraft> drafts;
  private final Map<String, SamApi> apis = new LinkedHashMap<>();
  private final Map<String, SamApi> implicit = new LinkedHashMap<>();

  SamReader(Resources resources, Map<String, ApiDraft> drafts) {
    this.resources = resources;
    this.drafts = drafts;
  }

  void read() {
    resources.each(HTTP_API, (id, p) -> open(id, p, resources.line(id), Kind.HTTP));
    resources.each(REST_API, (id, p) -> open(id, p, resources.line(id), Kind.REST));
    resources.each("AWS::Serverless::Function", this::readFunction);
    resources.each("AWS::Serverless::StateMachine", this::readStateMachine);
    apis.values().forEach(SamApi::finish);
  }

  private SamApi open(String id, Value properties, int line, Kind kind) {
    ApiDraft draft = new ApiDraft(id, line, kind);
    if (kind == Kind.HTTP) {
      resources.written.addCors(
          Place.HTTP_API, properties.at("CorsConfiguration"), true, id + ".CorsConfiguration");
    } else {
      resources.written.addCors(Place.REST_API, properties.at("Cors"), true, id + ".Cors");
      resources.written.addBinaryTypes(id, properties.at("BinaryMediaTypes"));
    }
    SamApi api = new SamApi(resources, draft, properties);
    drafts.put(id, draft);
    apis.put(id, api);
    resources.ignoreProperties(
        id, properties, "Domain", "CanarySetting", "Auth.ResourcePolicy", "Auth.UsagePlan");
    return api;
  }

  private void readFunction(String id, Value function) {
    function
        .at("Events")
        .fields()
        .forEach(
            (name, event) -> {
              String where = id + ".Events." + name;
              switch (event.at("Type").text()) {
                case "HttpApi" -> readHttpEvent(id, event.at("Properties"), location(where, event));
                case "Api" -> readRestEvent(id, event.at("Properties"), location(where, event));
                default -> resources.ignore("events of type " + event.at("Type").text(), where);
              }
            });
    Value url = function.at("FunctionUrlConfig");
    if (url.isPresent()) {
      FunctionUrls.open(resources, drafts, id, id, url, id + ".FunctionUrlConfig");
    }
  }

  private void readStateMachine(String id, Value machine) {
    machine
        .at("Events")
        .fields()
        .forEach(
            (name, event) -> {
              String where = id + ".Events." + name;
              if (event.at("Type").text().equals("Api")) {
                readStateMachineEvent(event.at("Properties"), location(where, event));
              } else {
                resources.ignore("events of type " + event.at("Type").text(), where);
              }
            });
  }

  private static Location location(String where, Value event) {
    return new Location(where, event.line());
  }

  private void readHttpEvent(String function, Value event, Location location) {
    Value path = event.at("Path");
    Value method = event.at("Method");
    boolean everything = !path.isPresent() && !method.isPresent();
    SamApi api = api(event.at("ApiId"), IMPLICIT_HTTP, Kind.HTTP, location);
    if (api == null) {
      return;
    }
    if (!everything) {
      checkComplete(event, location);
    }
    String version = event.at("PayloadFormatVersion").text();
    Operation operation =
        new Operation(
            new Target.Function(function),
            ApiType.of(Kind.HTTP, !version.startsWith("1")),
            true,
            null,
            location);
    api.addHttpEvent(
        path.isPresent() ? path.written() : RouteTable.DEFAULT,
        method(method.textOr(Operations.ANY)),
        operation,
        event.at("Auth"),
        !version.isEmpty());
  }

  private void readRestEvent(String function, Value event, Location location) {
    SamApi api = api(event.at("RestApiId"), IMPLICIT_REST, Kind.REST, location);
    if (api == null || !checkComplete(event, location)) {
      return;
    }
    Operation operation =
        new Operation(new Target.Function(function), ApiType.REST, true, null, location);
    api.addRestEvent(
        event.at("Path").written(),
        method(event.at("Method").written()),
        operation,
        event.at("Auth"),
        true);
  }

  /** A request starts an execution; the integration is not a proxy's. */
  private void readStateMachineEvent(Value event, Location location) {
    SamApi api = api(event.at("RestApiId"), IMPLICIT_REST, Kind.REST, location);
    if (api == null || !checkComplete(event, location)) {
      return;
    }
    api.addRestEvent(
        event.at("Path").written(),
        method(event.at("Method").written()),
        api.operation(SamDefinitions.startExecution(location.line()), location),
        event.at("Auth"),
        false);
  }

  /** Tells whether an event has a path and a method. */
  private boolean checkComplete(Value event, Location location) {
    for (String name : List.of("Path", "Method")) {
      if (event.at(name).written().isEmpty()) {
        resources.refuse(location, "", "The event has no " + name + ".", "Add " + name + ".");
        return false;
      }
    }
    return true;
  }

  private static String method(String method) {
    String upper = method.toUpperCase(Locale.ROOT);
    return upper.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? Operations.ANY : upper;
  }

  /**
   * Returns the API that an event names, by {@code !Ref} or as it is, or the implicit one; null if
   * it is not SAM's and in this template.
   */
  private SamApi api(Value reference, String standard, Kind kind, Location location) {
    String implicitId = Resources.beside(location.property(), standard);
    String id =
        reference.isPresent()
            ? reference.ids().stream()
                .findFirst()
                .orElse(Resources.beside(location.property(), reference.text()))
            : implicitId;
    if (id.equals(implicitId)) {
      return implicit.computeIfAbsent(id, i -> openImplicit(i, kind, location.line()));
    }
    SamApi api = apis.get(id);
    if (api != null && api.kind() == kind) {
      return api;
    }
    if (api != null || resources.type(id).isEmpty()) {
      resources.refuse(
          location,
          id,
          "The event does not name "
              + (kind == Kind.HTTP ? "an HttpApi" : "an Api")
              + " of this template.",
          "Write !Ref and the logical id of " + (kind == Kind.HTTP ? HTTP_API : REST_API) + ".");
    } else {
      resources.ignore("events of APIs that SAM does not write", location.property());
    }
    return null;
  }

  private SamApi openImplicit(String id, Kind kind, int line) {
    String section = kind == Kind.HTTP ? "HttpApi" : "Api";
    return open(id, resources.globals(id, section, new Value.Fields(Map.of(), line)), line, kind);
  }
}
