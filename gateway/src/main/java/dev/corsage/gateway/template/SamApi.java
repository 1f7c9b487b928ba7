package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.RouteTable;

/**
 * One API of SAM's while it is read: its document, what events add, and what its properties do to
 * all operations.
 *
 * <p>SAM writes the document of an API that has none. To one that the template has it adds
 * operations only for HTTP APIs, and for functions where {@code MergeDefinitions} is set.
 */
final class SamApi {
  private final Resources resources;
  private final ApiDraft draft;
  private final Value properties;
  private final OpenApiReader reader;
  private final Operations operations;
  private final SamSecurity security;
  private final boolean managed;

  /** Whether it has a document that SAM can change. */
  private final boolean inline;

  /** Whether the events of functions are merged into its document. */
  private final boolean merges;

  SamApi(Resources resources, ApiDraft draft, Value properties) {
    this.resources = resources;
    this.draft = draft;
    this.properties = properties;
    boolean http = draft.kind == Kind.HTTP;
    draft.stage = properties.at("StageName").textOr(http ? draft.stage : "Prod");
    draft.addStageVariables(properties.at(http ? "StageVariables" : "Variables"));
    draft.binaryTypes.addAll(properties.at("BinaryMediaTypes").texts());
    reader = new OpenApiReader(resources, draft);
    Value body = properties.at("DefinitionBody");
    Value uri = properties.at("DefinitionUri");
    managed = !body.isPresent() && !uri.isPresent();
    inline = managed || body.isPresent();
    // SAM loses what it merges into a document without paths.
    merges = properties.at("MergeDefinitions").isTrue() && !body.at("paths").fields().isEmpty();
    if (body.isPresent() || managed) {
      operations = reader.read(body, draft.id + ".DefinitionBody");
    } else {
      operations = reader.read(resources.documents(draft.id), uri, draft.id + ".DefinitionUri");
    }
    security = new SamSecurity(resources, draft, properties.at("Auth"), body);
    readGatewayResponses(properties.at("GatewayResponses"));
    checkDocument(body, uri);
  }

  /** SAM changes documents that it has, and none that are in files. */
  private void checkDocument(Value body, Value uri) {
    if (!uri.isPresent()) {
      return;
    }
    if (body.isPresent()) {
      refuse(uri, "DefinitionUri", "It stands beside DefinitionBody.", "Remove one of them.");
    }
    String[] changing =
        draft.kind == Kind.HTTP
            ? new String[] {"CorsConfiguration", "Auth"}
            : new String[] {"Cors", "Auth", "GatewayResponses", "MergeDefinitions"};
    for (String name : changing) {
      Value value = properties.at(name);
      if (!body.isPresent() && isSet(value)) {
        refuse(
            value,
            name,
            "It stands beside DefinitionUri, and SAM does not change a document in a file.",
            "Write it into the document, or the document into DefinitionBody.");
      }
    }
  }

  /** Tells whether a value is there and is neither empty nor false. */
  static boolean isSet(Value value) {
    return !value.fields().isEmpty()
        || (!value.items().isEmpty() && value.texts().stream().noneMatch(SamApi::isOff));
  }

  private static boolean isOff(String text) {
    return text.isEmpty() || text.equalsIgnoreCase("false");
  }

  private void refuse(Value value, String property, String reason, String fix) {
    resources.refuse(
        new Location(draft.id + "." + property, value.line()), value.text(), reason, fix);
  }

  private void readGatewayResponses(Value responses) {
    responses
        .fields()
        .forEach(
            (type, response) ->
                draft.addGatewayResponse(
                    type,
                    response.at("StatusCode"),
                    response.at("ResponseParameters", "Headers"),
                    "",
                    new Location(draft.id + ".GatewayResponses." + type, response.line())));
    resources.unresolved(responses, draft.id + ".GatewayResponses");
  }

  Kind kind() {
    return draft.kind;
  }

  Operation operation(Value definition, Location location) {
    return reader.operation(definition, location);
  }

  /**
   * Adds the event of a function to an HTTP API: its operation, unless the document has it, and its
   * authorizer.
   *
   * @param ownFormat whether the event has a payload format version
   */
  void addHttpEvent(String path, String method, Operation event, Value auth, boolean ownFormat) {
    if (!inline) {
      resources.ignore("events of APIs whose document is elsewhere", event.location().property());
      return;
    }
    Operation present = operations.get(path, method);
    boolean integrated = present != null && present.integrated();
    if (integrated && managed) {
      refuseSecond(path, method, event.location());
      return;
    }
    Operation operation = event;
    if (integrated) {
      operation = ownFormat ? present.typed(event.type()) : present;
    } else if (present != null && present.security() != null) {
      operation = event.secured(present.security());
    }
    operations.put(
        path,
        method,
        operation.alsoSecured(security.ofHttpEvent(auth, event.location(), method + " " + path)));
  }

  /**
   * Adds the event of a function or a state machine to a REST API.
   *
   * @param ofFunction whether it may change a document of the template
   */
  void addRestEvent(String path, String method, Operation event, Value auth, boolean ofFunction) {
    Operation present = operations.get(path, method);
    Location location = event.location();
    boolean overrides = ofFunction && inline && auth.at("OverrideApiAuth").isTrue();
    if (managed && present != null && present.integrated()) {
      refuseSecond(path, method, location);
    } else if (managed) {
      operations.put(path, method, event.alsoSecured(security.ofRestEvent(auth, location)));
    } else if (ofFunction && inline && properties.at("MergeDefinitions").isTrue()) {
      merge(path, method, event.alsoSecured(security.ofRestEvent(auth, location)));
    } else if (overrides && present != null) {
      if (present.integrated()) {
        operations.put(path, method, present.alsoSecured(security.ofRestEvent(auth, location)));
      }
    } else if (overrides) {
      resources.refuse(
          location,
          method + " " + path,
          "It has OverrideApiAuth, and the document has no such operation.",
          "Write the operation into the document.");
    } else {
      resources.ignore(
          "events that add no route to a document of the template", location.property());
    }
    if (overrides) {
      security.override(auth, location);
    }
  }

  /** What the event has goes before what the document has. */
  private void merge(String path, String method, Operation event) {
    if (!merges) {
      resources.ignore("events that SAM loses with MergeDefinitions", event.location().property());
      return;
    }
    if (method.equals(Operations.ANY)) {
      // SAM writes "any" here, which is not the name that API Gateway has for it.
      operations.addField(path, Operations.ANY);
      resources.ignore(
          "events whose method a merged document cannot have", event.location().property());
      return;
    }
    Operation present = operations.get(path, method);
    boolean inherits = event.security() == null && present != null && present.security() != null;
    operations.put(path, method, inherits ? event.secured(present.security()) : event);
  }

  private void refuseSecond(String path, String method, Location location) {
    resources.refuse(
        location,
        (path.equals(RouteTable.DEFAULT) ? path : method + " " + path),
        "Another event has the same method and path.",
        "Remove one of the two.");
  }

  /** Applies the properties that concern all operations, and makes routes of these. */
  void finish() {
    SamCors cors = new SamCors(resources, draft, properties, operations);
    if (draft.kind == Kind.HTTP) {
      cors.configure();
    } else if (inline) {
      cors.addPreflights(this);
    }
    if (inline) {
      security.applyDefaults(operations);
    }
    operations.addTo(draft);
  }
}
