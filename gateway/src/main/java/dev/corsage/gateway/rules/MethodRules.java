package dev.corsage.gateway.rules;

import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.template.MethodSettings;
import dev.corsage.gateway.template.MethodSettings.Response;
import dev.corsage.gateway.template.Written;
import dev.corsage.gateway.template.WrittenSettings;
import java.util.List;
import java.util.Locale;

/**
 * Checks the responses that integrations of REST APIs map, those of mocks above all: what API
 * Gateway refuses, and what browsers refuse.
 *
 * <p>What a mapping can be is in <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html">parameter
 * mapping for REST APIs</a>; other values, and headers that the method does not declare, fail with
 * "Invalid mapping expression".
 */
final class MethodRules {
  private static final String ORIGIN = "Access-Control-Allow-Origin";
  private static final String CREDENTIALS = "Access-Control-Allow-Credentials";
  private static final List<String> LISTS =
      List.of(
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Expose-Headers");

  private final WrittenSettings written;
  private final Findings findings;
  private final MappingTemplateRules templates;

  MethodRules(WrittenSettings written, Findings findings) {
    this.written = written;
    this.findings = findings;
    templates = new MappingTemplateRules(findings);
  }

  void check() {
    for (MethodSettings method : written.methods()) {
      for (Response response : method.responses()) {
        check(method, response);
      }
      if (method.method().equals("OPTIONS") && method.isMock()) {
        checkPreflight(method);
      }
    }
  }

  private void checkPreflight(MethodSettings method) {
    boolean named =
        method.responses().stream()
            .anyMatch(one -> one.header(ORIGIN) != null || one.isOverridden(ORIGIN));
    if (!named) {
      findings.add(
          TemplateCode.PREFLIGHT_HEADERS,
          method.location(),
          ORIGIN,
          "No response of this mock integration has " + ORIGIN + ".",
          "Add method.response.header." + ORIGIN + ": \"'https://app.example.com'\".");
    }
    if (written.isBinary(method.api()) && !method.asText()) {
      findings.add(TemplateCode.BINARY_MOCK, method.location(), "*/*");
    }
  }

  private void check(MethodSettings method, Response response) {
    response
        .headers()
        .forEach(
            (name, value) -> {
              checkQuotes(method, name, value);
              checkDeclared(method, response, name, value);
            });
    Written origin = response.header(ORIGIN);
    if (origin != null) {
      checkOrigin(findings, at(method, origin), origin.unquoted());
    }
    checkCredentials(method, response);
    for (Written template : response.templates()) {
      templates.check(template, method.location());
    }
  }

  private static Location at(MethodSettings method, Written value) {
    return new Location(method.location().property(), value.line());
  }

  private void checkQuotes(MethodSettings method, String name, Written value) {
    boolean mapping =
        value.text().matches("(?:integration\\.response|context|stageVariables)\\..+");
    if (value.areEndsKnown() && !value.isStatic() && !mapping && !value.text().isEmpty()) {
      boolean request = value.text().startsWith("method.request.");
      findings.add(
          TemplateCode.MAPPING_QUOTES,
          at(method, value),
          value.text(),
          request
              ? "A response cannot be mapped from the request: Invalid mapping expression."
              : "The value of " + name + " is neither in single quotes nor a mapping.",
          request
              ? "Write a static value in single quotes, or set it in a mapping template."
              : "Write \"'" + value.text() + "'\".");
    }
  }

  private void checkDeclared(MethodSettings method, Response response, String name, Written value) {
    if (response.declared() != null
        && !response.declared().contains(name.toLowerCase(Locale.ROOT))) {
      findings.add(
          TemplateCode.RESPONSE_HEADER_UNDECLARED,
          at(method, value),
          name,
          "The method declares no such header for status " + response.status() + ".",
          "Add method.response.header."
              + name
              + ": true to the method's response (headers in OpenAPI).");
    }
  }

  /** Also of the value of a gateway response. */
  static void checkOrigin(Findings findings, Location location, Written origin) {
    OriginValue fault =
        origin
                .text()
                .matches("(?:integration\\.response|method\\.request|context|stageVariables)\\..+")
            ? null
            : OriginValue.inHeader(origin);
    if (fault != null) {
      findings.add(
          TemplateCode.ORIGIN_NEVER_MATCHES, location, origin.text(), fault.message(), fault.fix());
    } else if (origin.text().equals("null")) {
      findings.add(TemplateCode.ORIGIN_NULL_ALLOWED, location, "null");
    }
  }

  private void checkCredentials(MethodSettings method, Response response) {
    Written credentials = response.header(CREDENTIALS);
    if (credentials == null) {
      return;
    }
    String value = credentials.unquoted().text();
    if (!value.equals("true")) {
      if (value.equalsIgnoreCase("true")) {
        findings.add(TemplateCode.CREDENTIALS_VALUE, at(method, credentials), value);
      }
      return;
    }
    Written origin = response.header(ORIGIN);
    if (origin != null && origin.unquoted().text().equals("*") && !response.isOverridden(ORIGIN)) {
      findings.add(
          TemplateCode.MOCK_STAR_CREDENTIALS,
          at(method, origin),
          "*",
          "Browsers do not accept * for a request with credentials.",
          TemplateCode.MOCK_STAR_CREDENTIALS.remedy());
    }
    for (String list : LISTS) {
      Written names = response.header(list);
      if (names != null && names.unquoted().text().equals("*")) {
        findings.add(TemplateCode.STAR_IS_A_NAME, at(method, names), "*");
      }
    }
  }
}
