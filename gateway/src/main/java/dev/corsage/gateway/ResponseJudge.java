package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.gateway.RecordingStream.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges a response by its headers, whoever wrote them, as a browser does by the <a
 * href="https://fetch.spec.whatwg.org/#cors-check">Fetch standard</a>. Whether the page sends
 * credentials is not known here.
 *
 * @param policy that of the function which answers; null if it has none
 */
record ResponseJudge(ApiRequest request, CorsDecider policy) implements Judge {
  private static final Set<String> SAFELISTED = Set.of("GET", "HEAD", "POST");
  private static final String REQUESTED_METHOD = "access-control-request-method";

  /** Tells whether a request is a preflight. */
  static boolean isPreflight(ApiRequest request) {
    return request.method().equals("OPTIONS")
        && request.firstOf("origin") != null
        && request.firstOf(REQUESTED_METHOD) != null;
  }

  @Override
  public Judgement judge(Failure failure, int status, List<Map.Entry<String, String>> headers) {
    String origin = request.firstOf("origin");
    if (origin == null) {
      return failure == null
          ? new Judgement("non-cors", true, "no-origin", "It is no CORS request.")
          : new Judgement("non-cors", false, failure.reason(), failure.explanation());
    }
    boolean preflight = isPreflight(request);
    String kind = preflight ? "preflight" : "actual";
    if (!preflight && origin.equals(request.targetOrigin())) {
      return new Judgement(kind, true, "same-origin", "The page is the API's own.");
    }
    String reason = refusal(origin, preflight, status, headers);
    if (reason == null) {
      return new Judgement(kind, true, "allowed", "The page can read the answer.");
    }
    if (failure != null) {
      return new Judgement(kind, false, failure.reason(), failure.explanation());
    }
    Decision decision = policy == null ? null : policy.decide(request);
    return decision == null || decision.isAllowed()
        ? new Judgement(kind, false, reason, "Browsers refuse the answer: " + reason + ".")
        : new Judgement(kind, false, decision.reason().toString(), decision.explanation());
  }

  /** Returns why a browser refuses a response, by the names that {@code explain} uses, or null. */
  private String refusal(
      String origin, boolean preflight, int status, List<Map.Entry<String, String>> headers) {
    List<String> allowed = values(headers, "access-control-allow-origin");
    if (allowed.isEmpty()) {
      return preflight ? "preflight-no-acao" : "no-acao";
    }
    if (allowed.size() > 1 || allowed.get(0).contains(",")) {
      return "many-acao";
    }
    if (!allowed.get(0).equals("*") && !allowed.get(0).equals(origin)) {
      return "origin-mismatch";
    }
    if (!preflight) {
      return null;
    }
    if (status < 200 || status > 299) {
      return "preflight-status";
    }
    Set<String> methods = tokens(values(headers, "access-control-allow-methods"));
    String method = request.firstOf(REQUESTED_METHOD);
    if (!SAFELISTED.contains(method) && !methods.contains(method) && !methods.contains("*")) {
      return "method";
    }
    Set<String> names = tokens(values(headers, "access-control-allow-headers"));
    Set<String> lower =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    Set<String> wanted = tokens(request.header("access-control-request-headers"));
    boolean any = lower.contains("*");
    return wanted.stream().allMatch(name -> any || lower.contains(name.toLowerCase(Locale.ROOT)))
        ? null
        : "header";
  }

  private static List<String> values(List<Map.Entry<String, String>> headers, String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Set<String> tokens(List<String> lines) {
    return Arrays.stream(String.join(",", lines).split(",", -1))
        .map(String::strip)
        .filter(token -> !token.isEmpty())
        .collect(Collectors.toSet());
  }
}
