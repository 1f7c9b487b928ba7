package dev.corsage.spring;

import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.OriginPattern;
import dev.corsage.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.lang.Nullable;

/**
 * The actuator endpoint {@code corsage}: what was refused lately and why, and what the policy would
 * decide.
 */
@Endpoint(id = "corsage")
final class CorsageEndpoint {
  private final Refusals refusals;

  CorsageEndpoint(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Returns the warnings of the policy, and what was refused lately, the latest first. */
  @ReadOperation
  Map<String, Object> refusals() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("warnings", refusals.warnings().stream().map(Problem::toString).toList());
    body.put(
        "refusals",
        refusals.latest().stream()
            .map(
                refusal -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("origin", refusal.origin());
                  row.put("method", refusal.method());
                  row.put("count", refusal.count());
                  row.put("last", refusal.last().toString());
                  explain(refusal.decision(), row);
                  return row;
                })
            .toList());
    return body;
  }

  /**
   * Returns the decisions on a request and on the preflight for it.
   *
   * @param method of the request
   * @param origin of the page
   * @param headers names of request headers, separated by commas
   */
  @ReadOperation
  @SuppressWarnings("deprecation") // JSpecify's annotation is unknown to Spring Boot 3.
  Map<String, Object> explain(@Selector String method, String origin, @Nullable String headers) {
    Map<String, List<String>> asked = new LinkedHashMap<>();
    asked.put("Origin", List.of(origin));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("actual", decision(HttpRequest.of(method, asked)));
    asked.put("Access-Control-Request-Method", List.of(method));
    if (headers != null) {
      asked.put("Access-Control-Request-Headers", List.of(headers));
    }
    body.put("preflight", decision(HttpRequest.of("OPTIONS", asked)));
    return body;
  }

  private Map<String, Object> decision(HttpRequest request) {
    Decision decision = refusals.policy().decide(request);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("allowed", decision.isAllowed());
    explain(decision, row);
    row.put("headers", new LinkedHashMap<>(decision.headers()));
    return row;
  }

  private static void explain(Decision decision, Map<String, Object> row) {
    row.put("kind", decision.kind().toString());
    row.put("reason", decision.reason().toString());
    row.put("explanation", decision.explanation());
    String hint = decision.hint();
    if (!hint.isEmpty()) {
      row.put("hint", hint);
    }
    decision.nearestOrigin().map(OriginPattern::toString).ifPresent(o -> row.put("nearest", o));
  }
}
