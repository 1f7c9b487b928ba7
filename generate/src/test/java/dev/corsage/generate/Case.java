package dev.corsage.generate;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.TargetOrigin;
import dev.corsage.lambda.PolicyDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A policy and requests that every target has to decide as the engine does. */
record Case(String name, String document, List<Request> requests) {

  /** A request: its method, and the lines of its headers. */
  record Request(String method, Map<String, List<String>> headers) implements HttpRequest {
    @Override
    public List<String> header(String name) {
      return HttpRequest.of(method, headers).header(name);
    }

    @Override
    public String targetOrigin() {
      return TargetOrigin.of(this, null, false);
    }

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("method", method);
      json.put("headers", headers);
      return json;
    }
  }

  boolean builds() {
    return PolicyDocument.problems(document).stream().noneMatch(problem -> problem.isError());
  }

  PolicySettings settings() {
    return PolicyDocument.read(document);
  }

  /** Returns the case with one of its requests alone. */
  Case withRequest(int index) {
    return new Case(name, document, List.of(requests.get(index)));
  }

  Generated generate(Target target) {
    return target.generate(settings(), false, Provenance.of("corsage generate", document));
  }

  /**
   * Returns what {@code corsage decide} writes of each request: kind, allowed, reason, status and
   * headers.
   */
  List<Map<String, Object>> expected() {
    try (Policy policy = new Policy(PolicyDocument.parse(document))) {
      return requests.stream().map(request -> json(policy.decider.decide(request))).toList();
    } catch (InvalidPolicyException invalid) {
      throw new IllegalStateException(document, invalid);
    }
  }

  private record Policy(CorsDecider decider) implements AutoCloseable {
    @Override
    public void close() {
      decider.close();
    }
  }

  private static Map<String, Object> json(Decision decision) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", decision.kind().toString());
    json.put("allowed", decision.isAllowed());
    json.put("reason", decision.reason().toString());
    json.put("status", decision.status().isPresent() ? decision.status().getAsInt() : null);
    Map<String, Object> headers = new LinkedHashMap<>();
    decision.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    json.put("headers", headers);
    return json;
  }
}
