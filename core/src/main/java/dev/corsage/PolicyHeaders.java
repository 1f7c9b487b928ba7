package dev.corsage;

import dev.corsage.PolicySettings.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The headers that a policy puts on responses beside the origin: names and values alternating. A
 * header with the value null is not sent, one with an empty value has that of {@code
 * Access-Control-Allow-Origin}. Made once, shared by all decisions, and never changed.
 */
final class PolicyHeaders {
  /** The value of a header that is that of Access-Control-Allow-Origin. */
  static final String SAME_AS_ORIGIN = "";

  /** What responses vary on where they differ from origin to origin. */
  static final String VARY = "Origin";

  private static final String ASKED =
      "Access-Control-Request-Method, Access-Control-Request-Headers";

  /** What the responses to preflights vary on. */
  static final String PREFLIGHT_VARY = VARY + ", " + ASKED;

  /** The values of the resource policy that keep pages out, the strictest first. */
  private static final List<String> RESTRICTING = List.of("same-origin", "same-site");

  private final boolean anyMethod;
  private final boolean anyHeader;
  private final boolean timing;
  private final String resourcePolicy;
  private final String credentials;
  private final String methods;
  private final String headers;
  private final String maxAge;
  private final String preflightVary;

  private final String[] ofActual;
  private final String[] ofPreflight;
  private final String[] ofRefusedActual;
  private final String[] ofRefusedPreflight;

  PolicyHeaders(PolicyValidator valid) {
    boolean any = valid.originSet().isAny();
    String vary = any ? null : VARY;
    credentials = valid.settings().isTrue(Key.CREDENTIALS) ? "true" : null;
    anyMethod = valid.methods().contains("*");
    anyHeader = valid.requestHeaders().contains("*");
    methods = anyMethod ? "*" : joined(valid.methods());
    headers = anyHeader ? anyHeaderValue(valid.requestHeaders()) : joined(valid.requestHeaders());
    maxAge = maxAge(valid.settings().get(Key.MAX_AGE_SECONDS).value());
    preflightVary = any ? ASKED : PREFLIGHT_VARY;
    String exposed = valid.exposedHeaders().contains("*") ? "*" : joined(valid.exposedHeaders());
    resourcePolicy = valid.settings().get(Key.RESOURCE_POLICY).value();
    timing = valid.settings().isTrue(Key.TIMING_ALLOW_ORIGIN);
    ofActual =
        with(
            resourcePolicy,
            timing,
            SAME_AS_ORIGIN,
            "Access-Control-Allow-Credentials",
            credentials,
            "Access-Control-Expose-Headers",
            exposed,
            "Vary",
            vary);
    ofPreflight = preflight(methods, headers);
    // Pages of every origin embed what they need no permission for, so this header is the same.
    ofRefusedActual = with(resourcePolicy, timing, null, "Vary", vary);
    ofRefusedPreflight = new String[] {"Vary", preflightVary};
  }

  /**
   * Returns the headers of a response that no policy is known to apply to: the strictest of what
   * those that may apply say.
   */
  static String[] ofNoPolicy(List<PolicyHeaders> possible) {
    String strictest =
        RESTRICTING.stream()
            .filter(value -> possible.stream().anyMatch(p -> value.equals(p.resourcePolicy)))
            .findFirst()
            .orElse(null);
    boolean anyTiming = possible.stream().anyMatch(p -> p.timing);
    return with(strictest, anyTiming, null, "Vary", VARY);
  }

  /** What the policy does not set is left to the application, so it must not be among the names. */
  private static String[] with(
      String resourcePolicy, boolean timing, String timingOrigin, String... others) {
    List<String> all = new ArrayList<>();
    if (timing) {
      all.add("Timing-Allow-Origin");
      all.add(timingOrigin);
    }
    if (resourcePolicy != null) {
      all.add("Cross-Origin-Resource-Policy");
      all.add(resourcePolicy);
    }
    all.addAll(Arrays.asList(others));
    return all.toArray(String[]::new);
  }

  String[] ofActual() {
    return ofActual;
  }

  String[] ofPreflight() {
    return ofPreflight;
  }

  String[] ofRefusedActual() {
    return ofRefusedActual;
  }

  String[] ofRefusedPreflight() {
    return ofRefusedPreflight;
  }

  /** With credentials browsers read {@code *} as a name; the response then names what was asked. */
  String[] ofPreflightFor(String method, List<String> headerLines) {
    String asked = HeaderNames.join(headerLines);
    return preflight(
        anyMethod ? method : methods, anyHeader ? (asked.isEmpty() ? null : asked) : headers);
  }

  private String[] preflight(String allowedMethods, String allowedHeaders) {
    return new String[] {
      "Access-Control-Allow-Credentials", credentials,
      "Access-Control-Allow-Methods", allowedMethods,
      "Access-Control-Allow-Headers", allowedHeaders,
      "Access-Control-Max-Age", maxAge,
      "Vary", preflightVary,
    };
  }

  private static String anyHeaderValue(Set<String> names) {
    return names.contains("authorization") ? "*,authorization" : "*";
  }

  private static String joined(Collection<String> values) {
    return values.isEmpty() ? null : String.join(",", values);
  }

  private static String maxAge(Integer seconds) {
    // The header's grammar has no negative number; 0 is how it says "do not keep".
    return seconds == null ? null : Integer.toString(Math.max(0, seconds));
  }
}
