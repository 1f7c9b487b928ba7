package dev.corsage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The oracle: the CORS protocol as it stands in the documentation, decided anew for each request,
 * with lists, splits and {@link NaivePattern}.
 *
 * @param refusedOrigin may be null, as may be {@code maxAge}
 */
record NaiveCors(
    List<String> origins,
    List<String> methods,
    List<String> requestHeaders,
    List<String> exposedHeaders,
    boolean credentials,
    Integer maxAge,
    boolean blocks,
    String refusedOrigin) {

  /** A request; headers as lines, the target may be null. */
  record Request(
      String method, List<String> origin, List<String> acrm, List<String> acrh, String target) {

    HttpRequest http() {
      Map<String, List<String>> headers = new HashMap<>();
      headers.put("origin", origin);
      headers.put("access-control-request-method", acrm);
      headers.put("Access-Control-Request-Headers", acrh);
      return Requests.sentTo(target, HttpRequest.of(method, headers));
    }
  }

  CorsPolicy policy() {
    CorsPolicy.Builder builder =
        CorsPolicy.builder()
            .origins(origins)
            .methods(methods)
            .requestHeaders(requestHeaders)
            .exposedHeaders(exposedHeaders)
            .credentials(credentials)
            .blockRefusedOrigins(blocks)
            .preflightStatus(299)
            .refusedStatus(400)
            .tolerateInsecureOrigins(true)
            .toleratePublicSuffixes(true)
            .tolerateNullOrigin(true);
    if (maxAge != null) {
      builder.maxAgeSeconds(maxAge);
    }
    if (refusedOrigin != null) {
      builder.refusedOrigin(refusedOrigin);
    }
    return builder.build();
  }

  /** Returns the decision as text: kind, verdict, status and headers in alphabetical order. */
  static String text(Decision decision) {
    return text(
        decision.kind().toString(),
        decision.isAllowed(),
        decision.status().orElse(0),
        decision.headers());
  }

  private static String text(
      String kind, boolean allowed, int status, Map<String, String> headers) {
    StringBuilder text = new StringBuilder(kind + " " + allowed + " " + status + "\n");
    new TreeMap<>(headers).forEach((n, v) -> text.append(n + ": " + v + "\n"));
    return text.toString();
  }

  String decide(Request request) {
    boolean any = origins.contains("*");
    Map<String, String> headers = new HashMap<>();
    if (!any) {
      headers.put("Vary", "Origin");
    }
    if (request.origin.isEmpty()) {
      if (any) {
        allowActual("*", headers);
      }
      return text("non-cors", true, 0, headers);
    }
    String origin = String.join(", ", request.origin);
    boolean listed = origins.stream().anyMatch(p -> NaivePattern.of(p).matches(origin));
    if (request.method.equals("OPTIONS") && !request.acrm.isEmpty()) {
      return decidePreflight(request, any ? "*" : origin, listed, headers);
    }
    if (listed) {
      allowActual(any ? "*" : origin, headers);
      return text("actual", true, 0, headers);
    }
    return origin.equals(request.target)
        ? text("non-cors", true, 0, headers)
        : text("actual", false, blocks ? 403 : 0, headers);
  }

  private void allowActual(String origin, Map<String, String> headers) {
    headers.put("Access-Control-Allow-Origin", origin);
    String exposed = exposedHeaders.contains("*") ? "*" : sorted(exposedHeaders);
    putUnlessEmpty("Access-Control-Expose-Headers", exposed, headers);
    if (credentials) {
      headers.put("Access-Control-Allow-Credentials", "true");
    }
  }

  private String decidePreflight(
      Request request, String origin, boolean listed, Map<String, String> headers) {
    String method = String.join(", ", request.acrm);
    List<String> names = elements(request.acrh);
    String asked = "Access-Control-Request-Method, Access-Control-Request-Headers";
    headers.merge("Vary", asked, (first, second) -> first + ", " + second);
    if (!listed || !isMethodAllowed(method) || !areAllowed(names)) {
      if (refusedOrigin != null) {
        headers.put("Access-Control-Allow-Origin", refusedOrigin);
      }
      return text("preflight", false, 400, headers);
    }
    headers.put("Access-Control-Allow-Origin", origin);
    String allowMethods = String.join(",", new LinkedHashSet<>(methods));
    if (methods.contains("*")) {
      allowMethods = credentials ? method : "*";
    }
    putUnlessEmpty("Access-Control-Allow-Methods", allowMethods, headers);
    String allowHeaders = sorted(requestHeaders);
    if (requestHeaders.contains("*")) {
      boolean bearer = requestHeaders.stream().anyMatch(n -> n.equalsIgnoreCase("authorization"));
      allowHeaders = credentials ? sorted(names) : bearer ? "*,authorization" : "*";
    }
    putUnlessEmpty("Access-Control-Allow-Headers", allowHeaders, headers);
    if (credentials) {
      headers.put("Access-Control-Allow-Credentials", "true");
    }
    if (maxAge != null) {
      headers.put("Access-Control-Max-Age", maxAge < 0 ? "0" : maxAge.toString());
    }
    return text("preflight", true, 299, headers);
  }

  private boolean isMethodAllowed(String method) {
    boolean forbidden = method.matches("(?i)connect|trace|track");
    return List.of("GET", "HEAD", "POST").contains(method)
        || methods.contains(method)
        || (methods.contains("*") && isToken(method) && !forbidden);
  }

  private boolean areAllowed(List<String> names) {
    boolean any = requestHeaders.contains("*");
    if (any && credentials) {
      return names.size() <= 100 && names.stream().allMatch(n -> isToken(n) && n.length() <= 128);
    }
    String listed = "," + sorted(requestHeaders) + ",";
    return names.stream()
        .allMatch(
            name ->
                listed.contains("," + lowerCase(name) + ",")
                    || (any && isToken(name) && !lowerCase(name).equals("authorization")));
  }

  /** Splits at commas, trims spaces and tabs, leaves out what is empty (RFC 9110, 5.6.1). */
  static List<String> elements(List<String> lines) {
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      Stream.of(line.split(",", -1))
          .map(element -> element.replaceAll("^[ \t]+|[ \t]+$", ""))
          .filter(element -> !element.isEmpty())
          .forEach(elements::add);
    }
    return elements;
  }

  private static String sorted(List<String> names) {
    TreeSet<String> sorted = new TreeSet<>();
    names.forEach(name -> sorted.add(lowerCase(name)));
    return String.join(",", sorted);
  }

  /** The letters of ASCII alone: U+212A, the KELVIN SIGN, is no k. */
  private static String lowerCase(String name) {
    return name.matches("\\p{ASCII}*") ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static boolean isToken(String text) {
    return text.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  }

  private static void putUnlessEmpty(String name, String value, Map<String, String> headers) {
    if (!value.isEmpty()) {
      headers.put(name, value);
    }
  }
}
