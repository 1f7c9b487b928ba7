package dev.corsage.bench;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A decision as functions have it that are written without Corsage, for the same policy. */
final class HandWrittenCors {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");
  private static final Set<String> HEADERS = Set.of("authorization", "content-type");

  private final Set<String> origins = new HashSet<>();

  /**
   * The decision.
   *
   * @param status of a preflight; 0 for other requests, to which the function responds
   */
  record Verdict(int status, Map<String, String> headers) {}

  HandWrittenCors() {
    for (int i = 0; i < SampleEvent.ORIGINS; i++) {
      origins.add(SampleEvent.origin(i));
    }
  }

  /**
   * Decides.
   *
   * @param header gives the value of a header, or null
   */
  Verdict decide(String method, UnaryOperator<String> header) {
    String origin = header.apply("Origin");
    boolean allowed = origin != null && origins.contains(origin);
    String requested = header.apply("Access-Control-Request-Method");
    if (method.equals("OPTIONS") && origin != null && requested != null) {
      return preflight(allowed, origin, requested, header);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (allowed) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Expose-Headers", "etag");
    }
    headers.put("Vary", "Origin");
    return new Verdict(0, headers);
  }

  private static Verdict preflight(
      boolean allowed, String origin, String method, UnaryOperator<String> header) {
    String requested = header.apply("Access-Control-Request-Headers");
    Map<String, String> headers = new LinkedHashMap<>();
    boolean ok = allowed && METHODS.contains(method) && (requested == null || allows(requested));
    if (ok) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Allow-Methods", "PUT,DELETE");
      headers.put("Access-Control-Allow-Headers", "authorization,content-type");
    }
    headers.put("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    return new Verdict(ok ? 204 : 403, headers);
  }

  private static boolean allows(String requested) {
    return Arrays.stream(requested.split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .allMatch(HEADERS::contains);
  }
}
