package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a template says of CORS in AWS's own settings, word by word. The model of APIs has what
 * comes of it; here is also what AWS refuses or ignores. The readers fill it while they read.
 */
public final class WrittenSettings {
  private static final String RESPONSE_HEADER = "method.response.header.";

  private final List<CorsSettings> cors = new ArrayList<>();
  private final List<MethodSettings> methods = new ArrayList<>();
  private final Set<String> binary = new LinkedHashSet<>();

  WrittenSettings() {}

  /** Returns the CORS settings of APIs and function URLs, in the order of the template. */
  public List<CorsSettings> cors() {
    return List.copyOf(cors);
  }

  /** Returns the integrations of REST APIs that have responses of their own, or are mocks. */
  public List<MethodSettings> methods() {
    return List.copyOf(methods);
  }

  /** Tells whether nothing in the settings at a place depends on a deployment. */
  public boolean isKnown(Location place) {
    String where = place.property();
    return cors.stream()
            .filter(one -> one.location().property().equals(where))
            .allMatch(WrittenSettings::isKnown)
        && methods.stream()
            .filter(one -> one.location().property().equals(where))
            .flatMap(one -> one.responses().stream())
            .allMatch(
                one ->
                    one.headers().values().stream().allMatch(Written::isKnown)
                        && one.templates().stream().allMatch(Written::isKnown));
  }

  private static boolean isKnown(CorsSettings settings) {
    return (settings.scalar() == null || settings.scalar().isKnown())
        && settings.values().values().stream().flatMap(List::stream).allMatch(Written::isKnown);
  }

  /** Tells whether a REST API takes every media type for binary. */
  public boolean isBinary(String api) {
    return binary.contains(api);
  }

  /** Adds CORS settings; nothing if there are none. */
  void addCors(CorsSettings.Place place, Value value, boolean bySam, String property) {
    boolean isOff = !value.isPresent() || value.text().equalsIgnoreCase("false");
    if (isOff || value.fields().containsKey(Intrinsics.TRANSFORM)) {
      // A macro, or a file that is elsewhere, may add what seems to be missing.
      return;
    }
    Map<String, List<Written>> values = new LinkedHashMap<>();
    value
        .fields()
        .forEach(
            (key, one) -> {
              List<Written> texts = one.items().stream().map(Written::of).toList();
              // A mapping is what no reader knows; an empty list is known to be empty.
              boolean isKnown = one instanceof Value.Items;
              values.put(
                  key, texts.isEmpty() ? List.of(new Written("", isKnown, one.line())) : texts);
            });
    boolean isMapping = value instanceof Value.Fields;
    cors.add(
        new CorsSettings(
            place,
            bySam,
            values,
            isMapping,
            isMapping ? null : Written.of(value),
            new Location(property, value.line())));
  }

  /** Notes the binary media types of a REST API; in SAM a slash is written {@code ~1}. */
  void addBinaryTypes(String api, Value types) {
    if (types.texts().stream().anyMatch(type -> type.replace("~1", "/").equals("*/*"))) {
      binary.add(api);
    }
  }

  /** Adds a method of plain CloudFormation. */
  void addMethod(String api, Value method, Location location) {
    Value integration = method.at("Integration");
    List<MethodSettings.Response> responses = new ArrayList<>();
    for (Value response : integration.at("IntegrationResponses").items()) {
      String status = response.at("StatusCode").text();
      responses.add(
          response(
              status,
              response.at("ResponseParameters"),
              response.at("ResponseTemplates"),
              declared(method.at("MethodResponses"), status),
              response.line()));
    }
    add(
        api,
        method.at("HttpMethod").text(),
        integration,
        integration.at("Type").text(),
        integration.at("ContentHandling").text(),
        responses,
        location);
  }

  private static Set<String> declared(Value methodResponses, String status) {
    Set<String> names = new LinkedHashSet<>();
    if (methodResponses.isOpen()) {
      return null;
    }
    for (Value response : methodResponses.items()) {
      if (response.isOpen() || !response.at("StatusCode").isKnown()) {
        return null;
      }
      if (response.at("StatusCode").text().equals(status)) {
        response
            .at("ResponseParameters")
            .fields()
            .keySet()
            .forEach(name -> names.add(lower(name.replace(RESPONSE_HEADER, ""))));
      }
    }
    return names;
  }

  /** Adds an operation of an OpenAPI document. */
  void addOperation(
      String api, Value document, String method, Value operation, Value integration, Location at) {
    List<MethodSettings.Response> responses = new ArrayList<>();
    integration
        .at("responses")
        .fields()
        .forEach(
            (pattern, response) -> {
              String status = response.at("statusCode").text();
              responses.add(
                  response(
                      status,
                      response.at("responseParameters"),
                      response.at("responseTemplates"),
                      declared(document, operation.at("responses"), status),
                      response.line()));
            });
    add(
        api,
        method,
        integration,
        integration.at("type").text(),
        integration.at("contentHandling").text(),
        responses,
        at);
  }

  private static Set<String> declared(Value document, Value responses, String status) {
    Value response = responses.at(status);
    String reference = response.at("$ref").text();
    if (!reference.isEmpty()) {
      response =
          reference.startsWith("#/")
              ? document.at(reference.substring(2).split("/", -1))
              : new Value.Absent(1);
      if (!response.isPresent()) {
        return null;
      }
    }
    Set<String> names = new LinkedHashSet<>();
    response.at("headers").fields().keySet().forEach(name -> names.add(lower(name)));
    return names;
  }

  private static MethodSettings.Response response(
      String status, Value parameters, Value templates, Set<String> declared, int line) {
    Map<String, Written> headers = new LinkedHashMap<>();
    parameters
        .fields()
        .forEach(
            (name, value) -> {
              if (name.startsWith(RESPONSE_HEADER)) {
                headers.put(name.substring(RESPONSE_HEADER.length()), Written.of(value));
              }
            });
    return new MethodSettings.Response(
        status,
        headers,
        templates.fields().values().stream().map(Written::of).toList(),
        declared,
        line);
  }

  private void add(
      String api,
      String method,
      Value integration,
      String type,
      String contentHandling,
      List<MethodSettings.Response> responses,
      Location location) {
    String upper = type.toUpperCase(Locale.ROOT);
    // Proxy integrations have no responses of their own: AWS ignores what is written there.
    boolean isKnown = !integration.isOpen() && !type.isEmpty();
    if (isKnown && !upper.endsWith("_PROXY")) {
      methods.add(
          new MethodSettings(
              api,
              method.toUpperCase(Locale.ROOT),
              upper,
              contentHandling.equals("CONVERT_TO_TEXT"),
              List.copyOf(responses),
              location));
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
