package dev.corsage.gateway.rules;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.template.CorsSettings;
import dev.corsage.gateway.template.CorsSettings.Place;
import dev.corsage.gateway.template.MethodSettings;
import dev.corsage.gateway.template.Written;
import dev.corsage.gateway.template.WrittenSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What AWS itself sends in response to preflights, as far as that is known before a deployment.
 * Immutable.
 *
 * @param methods the methods that it allows; null if they are not known
 * @param headers the request headers that it allows, in lower case; null if they are not known
 * @param credentials whether it allows credentials
 * @param namesMethods whether it has a list of methods at all
 * @param isMock whether a mock integration sends it
 */
record PreflightHeaders(
    List<String> methods,
    List<String> headers,
    boolean credentials,
    boolean namesMethods,
    boolean isMock) {
  private static final String METHODS = "Access-Control-Allow-Methods";
  private static final String HEADERS = "Access-Control-Allow-Headers";

  /** Returns what responds to the preflights of a whole API; null if nothing of AWS's does. */
  static PreflightHeaders builtIn(Api api, WrittenSettings written) {
    if (api.cors() == null) {
      return null;
    }
    String where = api.cors().location().property();
    List<CorsSettings> settings =
        Stream.concat(
                written.cors().stream().filter(one -> one.location().property().equals(where)),
                // SAM adds what the property does not say from the document.
                written.cors().stream()
                    .filter(one -> one.place() == Place.DOCUMENT)
                    .filter(one -> one.location().property().startsWith(api.id() + ".")))
            .toList();
    // CorsConfiguration: true allows every origin, and no method or header that needs permission.
    if (settings.stream().noneMatch(one -> one.isMapping() || one.scalar().text().equals("true"))) {
      return null;
    }
    return new PreflightHeaders(
        first(settings, "AllowMethods"),
        lower(first(settings, "AllowHeaders")),
        settings.stream().anyMatch(one -> one.isTrue("AllowCredentials")),
        !List.of().equals(first(settings, "AllowMethods")),
        false);
  }

  private static List<String> first(List<CorsSettings> settings, String key) {
    List<Written> values =
        settings.stream()
            .map(one -> one.get(key))
            .filter(list -> !list.isEmpty())
            .findFirst()
            .orElse(List.of());
    return values.stream().allMatch(Written::isKnown)
        ? values.stream().flatMap(value -> names(value.unquoted().text())).toList()
        : null;
  }

  private static Stream<String> names(String list) {
    return Stream.of(list.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty());
  }

  private static List<String> lower(List<String> names) {
    return names == null ? null : names.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
  }

  /** Returns what the mock integration of an OPTIONS route sends; null if it is not one. */
  static PreflightHeaders ofMock(Route options, WrittenSettings written) {
    String where = options.location().property();
    for (CorsSettings cors : written.cors()) {
      if (cors.place() == Place.REST_API && cors.location().property().equals(where)) {
        return ofSam(cors);
      }
    }
    return written.methods().stream()
        .filter(method -> method.isMock() && method.location().property().equals(where))
        .filter(method -> !method.responses().isEmpty())
        .map(PreflightHeaders::ofMethod)
        .findFirst()
        .orElse(null);
  }

  /** SAM lists the methods of the path where the settings have none. */
  private static PreflightHeaders ofSam(CorsSettings cors) {
    boolean byPath = cors.get("AllowMethods").isEmpty();
    return new PreflightHeaders(
        byPath ? null : first(List.of(cors), "AllowMethods"),
        lower(first(List.of(cors), "AllowHeaders")),
        cors.isTrue("AllowCredentials"),
        true,
        true);
  }

  private static PreflightHeaders ofMethod(MethodSettings method) {
    Written credentials =
        method.responses().stream()
            .map(one -> one.header("Access-Control-Allow-Credentials"))
            .filter(value -> value != null)
            .findFirst()
            .orElse(null);
    List<String> methods = all(method, METHODS);
    return new PreflightHeaders(
        methods,
        lower(all(method, HEADERS)),
        credentials != null && credentials.unquoted().text().equals("true"),
        methods == null || !methods.isEmpty(),
        true);
  }

  /** Returns the elements of a list in any of the responses; null if one is not known. */
  private static List<String> all(MethodSettings method, String name) {
    List<String> names = new ArrayList<>();
    for (MethodSettings.Response response : method.responses()) {
      Written value = response.header(name);
      boolean isStatic = value == null || value.isKnown();
      if (!isStatic || response.isOverridden(name) || (value != null && isMapping(value))) {
        return null;
      }
      if (value != null) {
        names(value.unquoted().text()).forEach(names::add);
      }
    }
    return names;
  }

  private static boolean isMapping(Written value) {
    return value.text().matches("(?:integration\\.response|context|stageVariables)\\..+");
  }

  /** Tells whether a method that needs permission has it; true if that is not known. */
  boolean allowsMethod(String method) {
    return methods == null || methods.contains(method) || (!credentials && methods.contains("*"));
  }

  /** Tells whether a header, in lower case, is named; true if that is not known. */
  boolean namesHeader(String header) {
    return headers == null || headers.contains(header);
  }

  /** Tells whether browsers take a star for all headers. */
  boolean allowsAnyHeader() {
    return !credentials && headers != null && headers.contains("*");
  }
}
