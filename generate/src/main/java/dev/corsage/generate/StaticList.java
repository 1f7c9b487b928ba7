package dev.corsage.generate;

import dev.corsage.OriginPattern;
import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Suffix;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the layers have in common that compare an origin with a list and know nothing else. */
final class StaticList {
  /** Targets that can express every entry. */
  static final String CODE =
      "Generate rest-mock, cloudfront-function, javascript or python, which can express it; --partial"
          + " leaves it out.";

  private StaticList() {}

  /** Notes the entries that are neither one origin nor {@code *}. */
  static void checkExact(PolicyForm form, Limits limits, String layer) {
    Set<String> exact = Set.copyOf(form.exactOrigins());
    for (OriginPattern entry : form.entries()) {
      if (!exact.contains(entry.toString()) && !form.isAny()) {
        limits.entry(
            entry,
            layer + " compares whole origins; it knows no entry that stands for several.",
            CODE);
      }
    }
  }

  /** Notes what is asked of responses that the layer makes in its own way. */
  static void checkResponses(PolicyForm form, Limits limits, String layer, int preflightStatus) {
    if (form.isWritten(Key.PREFLIGHT_STATUS) && form.preflightStatus() != preflightStatus) {
      limits.setting(
          Key.PREFLIGHT_STATUS,
          form.preflightStatus(),
          layer + " responds to preflights with " + preflightStatus + ".",
          "Leave the status out, or write "
              + preflightStatus
              + "; browsers take any from 200 to 299.");
    }
    if (form.isWritten(Key.REFUSED_STATUS)) {
      limits.setting(
          Key.REFUSED_STATUS,
          form.refusedStatus(),
          layer + " has a response of its own to refused preflights.",
          "Leave the status out, or generate rest-mock, cloudfront-function, javascript or python.");
    }
    if (form.refusedOrigin() != null) {
      limits.setting(
          Key.REFUSED_ORIGIN,
          form.refusedOrigin(),
          layer + " names no origin in the response to a refused preflight.",
          "Leave the origin out, or generate rest-mock, cloudfront-function, javascript or python.");
    }
    if (form.blocksRefusedOrigins()) {
      cannotBlock(form, limits, layer);
    }
    checkOtherHeaders(form, limits, layer);
  }

  /** Notes the headers beside those of the CORS protocol, which the layer knows nothing of. */
  static void checkOtherHeaders(PolicyForm form, Limits limits, String layer) {
    for (Key<?> key : List.of(Key.TIMING_ALLOW_ORIGIN, Key.RESOURCE_POLICY)) {
      if (form.isWritten(key) && !form.otherReplacedHeaders().isEmpty()) {
        limits.setting(
            key,
            key == Key.RESOURCE_POLICY
                ? form.actualHeaders().get("Cross-Origin-Resource-Policy")
                : "true",
            layer + " sends the headers of the CORS protocol alone.",
            "Let the application send it, or generate cloudfront-function, nginx, javascript or"
                + " python.");
      }
    }
  }

  /** Notes that requests would be carried out that the policy stops. */
  static void cannotBlock(PolicyForm form, Limits limits, String layer) {
    limits.add(
        Problem.of(
            GenerateCode.SETTING_NOT_EXPRESSED,
            form.field(Key.BLOCK_REFUSED_ORIGINS),
            "true",
            layer + " lets actual requests of refused origins pass.",
            "Generate cloudfront-function, javascript or python, or leave the setting out."));
  }

  /** Notes methods that the layer does not take. */
  static void checkMethods(PolicyForm form, Limits limits, String layer, Set<String> known) {
    for (String method : form.methods()) {
      if (!known.contains(method)) {
        limits.setting(
            Key.METHODS,
            method,
            layer + " takes " + String.join(", ", new TreeSet<>(known)) + " alone.",
            "Leave the method out, or generate rest-mock, javascript or python.");
      }
    }
  }

  /** Notes stars that would be sent as they are, which browsers do not take with credentials. */
  static void checkStars(PolicyForm form, Limits limits, String layer) {
    if (!form.credentials()) {
      return;
    }
    for (Key<List<String>> key : List.of(Key.METHODS, Key.REQUEST_HEADERS, Key.EXPOSED_HEADERS)) {
      if (values(form, key).contains("*")) {
        limits.setting(
            key,
            "*",
            layer
                + " sends * as it is, and browsers read it as a name where there are credentials.",
            "List the names.");
      }
    }
  }

  private static Set<String> values(PolicyForm form, Key<List<String>> key) {
    return key == Key.METHODS
        ? form.methods()
        : key == Key.REQUEST_HEADERS ? form.requestHeaders() : form.exposedHeaders();
  }

  /** Returns the methods that the layer is to allow, those included that always are. */
  static List<String> methods(PolicyForm form, Set<String> known) {
    if (form.methods().contains("*")) {
      return List.of("*");
    }
    Set<String> methods = AllowedNames.methods(form);
    methods.retainAll(known);
    return List.copyOf(methods);
  }

  /** Returns the origins that the layer is to compare with. */
  static List<String> origins(PolicyForm form) {
    return form.isAny() ? List.of("*") : form.exactOrigins();
  }

  /**
   * Returns the origins for a layer that knows a star in front of a host, and one for the port. A
   * port of any number is written twice: with it, and without.
   */
  static List<String> starredOrigins(PolicyForm form) {
    if (form.isAny()) {
      return List.of("*");
    }
    List<String> origins = new ArrayList<>(form.exactOrigins());
    for (Suffix suffix : form.suffixes()) {
      String host = suffix.scheme() + "://" + (suffix.isSubdomains() ? "*" : "") + suffix.host();
      if (suffix.port() == PolicyForm.ANY_PORT) {
        origins.add(host);
        origins.add(host + ":*");
      } else {
        origins.add(suffix.port() == PolicyForm.NO_PORT ? host : host + ":" + suffix.port());
      }
    }
    return origins;
  }

  /** Returns the CORS settings of HTTP APIs and function URLs, whose keys are the same. */
  static Map<String, Object> cors(PolicyForm form, Set<String> methods) {
    Map<String, Object> cors = new LinkedHashMap<>();
    cors.put("AllowOrigins", origins(form));
    cors.put("AllowMethods", methods(form, methods));
    putUnlessEmpty(cors, "AllowHeaders", form.requestHeaders());
    putUnlessEmpty(cors, "ExposeHeaders", form.exposedHeaders());
    if (form.credentials()) {
      cors.put("AllowCredentials", true);
    }
    if (form.maxAgeSeconds() != null) {
      cors.put("MaxAge", form.maxAgeSeconds());
    }
    return cors;
  }

  static void putUnlessEmpty(Map<String, Object> map, String key, Set<String> values) {
    if (!values.isEmpty()) {
      map.put(key, List.copyOf(values));
    }
  }
}
