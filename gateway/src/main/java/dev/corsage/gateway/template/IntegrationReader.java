package dev.corsage.gateway.template;

import dev.corsage.gateway.api.GatewayResponseSettings.Expression;
import dev.corsage.gateway.api.MappedIntegration;
import dev.corsage.gateway.api.MappedIntegration.Endpoint;
import dev.corsage.gateway.api.MappedIntegration.Header;
import dev.corsage.gateway.api.MappedIntegration.IntegrationResponse;
import dev.corsage.gateway.api.MappedIntegration.Passthrough;
import dev.corsage.gateway.api.MappedIntegration.Settings;
import dev.corsage.gateway.api.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the integrations of REST APIs: <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-method-integration.html">of
 * methods</a>, and <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html">of
 * OpenAPI documents</a>, whose keys begin in lower case.
 */
final class IntegrationReader {
  private static final String RESPONSE_HEADER = "method.response.header.";
  private static final Set<String> MAPPED = Set.of("MOCK", "AWS", "HTTP");

  private final Resources resources;
  private final ApiDraft api;
  private final String where;

  /**
   * Creates a reader.
   *
   * @param where the place of the method or the operation
   */
  IntegrationReader(Resources resources, ApiDraft api, String where) {
    this.resources = resources;
    this.api = api;
    this.where = where;
  }

  /** Returns what a method of plain CloudFormation leads to. */
  Target method(Value method) {
    Value integration = method.at("Integration");
    String type = integration.at("Type").text().toUpperCase(Locale.ROOT);
    if (!MAPPED.contains(type)) {
      return proxy(type, integration.at("Uri"));
    }
    List<IntegrationResponse> responses = new ArrayList<>();
    for (Value response : integration.at("IntegrationResponses").items()) {
      String status = response.at("StatusCode").text();
      Value declared =
          method.at("MethodResponses").items().stream()
              .filter(one -> one.at("StatusCode").text().equals(status))
              .findFirst()
              .orElse(new Value.Absent(response.line()));
      Set<String> names = new HashSet<>();
      declared
          .at("ResponseParameters")
          .fields()
          .keySet()
          .forEach(name -> names.add(headerName(name)));
      responses.add(
          response(
              response.at("SelectionPattern").text(),
              status,
              response.at("ResponseParameters"),
              names,
              response.at("ResponseTemplates"),
              response.at("ContentHandling")));
    }
    return target(
        type,
        integration.at("Uri"),
        integration.at("RequestTemplates"),
        integration.at("PassthroughBehavior"),
        integration.at("ContentHandling"),
        responses);
  }

  /**
   * Returns what an operation of a REST API's OpenAPI document leads to.
   *
   * @param document the whole of it, for its references
   */
  Target operation(Value document, Value operation) {
    Value integration = operation.at("x-amazon-apigateway-integration");
    String type = integration.at("type").text().toUpperCase(Locale.ROOT);
    if (!MAPPED.contains(type)) {
      return proxy(type, integration.at("uri"));
    }
    List<IntegrationResponse> responses = new ArrayList<>();
    integration
        .at("responses")
        .fields()
        .forEach(
            (pattern, response) -> {
              String status = response.at("statusCode").text();
              Set<String> names = new HashSet<>();
              resolve(document, operation.at("responses", status))
                  .at("headers")
                  .fields()
                  .keySet()
                  .forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
              responses.add(
                  response(
                      pattern.equals("default") ? "" : pattern,
                      status,
                      response.at("responseParameters"),
                      names,
                      response.at("responseTemplates"),
                      response.at("contentHandling")));
            });
    return target(
        type,
        integration.at("uri"),
        integration.at("requestTemplates"),
        integration.at("passthroughBehavior"),
        integration.at("contentHandling"),
        responses);
  }

  private Target proxy(String type, Value uri) {
    String function = resources.function(api.withStageVariables(uri));
    return function != null && type.equals("AWS_PROXY")
        ? new Target.Function(function)
        : new Target.Other("an integration of type " + type);
  }

  private Target target(
      String type,
      Value uri,
      Value requestTemplates,
      Value passthrough,
      Value contentHandling,
      List<IntegrationResponse> responses) {
    String function = type.equals("AWS") ? resources.function(api.withStageVariables(uri)) : null;
    boolean lambda = function != null || uri.written().contains(":lambda:path/");
    MappedIntegration integration =
        new MappedIntegration(
            type.equals("MOCK")
                ? Endpoint.MOCK
                : type.equals("AWS") && lambda ? Endpoint.LAMBDA : Endpoint.OTHER,
            function,
            templates(requestTemplates),
            Passthrough.of(passthrough.text()),
            isText(contentHandling),
            List.copyOf(responses),
            Settings.NONE);
    if (type.equals("MOCK")) {
      return new Target.Mock(integration);
    }
    String endpoint = function == null ? uri.written() : function;
    return new Target.Mapped(
        integration, endpoint.isEmpty() ? "an integration of type " + type : endpoint);
  }

  private IntegrationResponse response(
      String pattern,
      String status,
      Value parameters,
      Set<String> declared,
      Value templates,
      Value contentHandling) {
    List<Header> headers = new ArrayList<>();
    resources.unresolved(parameters, where);
    parameters
        .fields()
        .forEach(
            (name, value) -> {
              if (name.startsWith(RESPONSE_HEADER)) {
                headers.add(
                    new Header(
                        name.substring(RESPONSE_HEADER.length()),
                        new Expression(value.written(), value.line(), value.isKnown()),
                        declared.contains(headerName(name))));
              }
            });
    return new IntegrationResponse(
        pattern,
        status.matches("[2-5][0-9]{2}") ? Integer.parseInt(status) : 200,
        List.copyOf(headers),
        templates(templates),
        isText(contentHandling));
  }

  private static String headerName(String parameter) {
    return parameter.replaceFirst("^" + RESPONSE_HEADER, "").toLowerCase(Locale.ROOT);
  }

  private static boolean isText(Value contentHandling) {
    return contentHandling.text().equals("CONVERT_TO_TEXT");
  }

  /** Returns templates; what only a deployment knows is no reference to Velocity. */
  private static Map<String, String> templates(Value templates) {
    Map<String, String> texts = new LinkedHashMap<>();
    templates
        .fields()
        .forEach(
            (mediaType, template) -> {
              String text = template.written();
              for (String reference : template.references()) {
                text = text.replace("${" + reference + "}", MappedIntegration.UNKNOWN);
              }
              texts.put(mediaType, text);
            });
    return Collections.unmodifiableMap(texts);
  }

  /** Follows a reference to another part of the document, such as {@code #/components/…}. */
  private static Value resolve(Value document, Value value) {
    String reference = value.at("$ref").text();
    return reference.startsWith("#/") ? document.at(reference.substring(2).split("/", -1)) : value;
  }
}
