package dev.corsage.spring;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.Problem;
import dev.corsage.store.AllowList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy that keeps in mind what it refused lately: each origin with each reason once. What it
 * keeps is bounded, because the requests are anybody's.
 *
 * <p>It does not own the policy, and does not close it.
 */
final class Refusals implements CorsDecider {
  private static final int MAX_KEPT = 50;

  /** Longer than any origin, because a host name has 253 characters at most. */
  private static final int MAX_LENGTH = 300;

  private final CorsDecider policy;
  private final Map<List<String>, Refusal> kept = new LinkedHashMap<>();

  /**
   * Requests of one origin that were refused for one reason.
   *
   * @param decision on the last of them
   */
  record Refusal(String origin, String method, Decision decision, long count, Instant last) {}

  Refusals(CorsDecider policy) {
    this.policy = policy;
  }

  /** Returns the policy, which notes nothing. */
  CorsDecider policy() {
    return policy;
  }

  @Override
  public Decision decide(HttpRequest request) {
    Decision decision = policy.decide(request);
    if (!decision.isAllowed()) {
      note(request, decision);
    }
    return decision;
  }

  private void note(HttpRequest request, Decision decision) {
    boolean preflight = decision.kind() == Decision.Kind.PREFLIGHT;
    String origin = cut(String.join(", ", request.header("origin")));
    String method =
        cut(
            preflight
                ? String.join(", ", request.header("access-control-request-method"))
                : request.method());
    List<String> key = List.of(origin, method, decision.reason().toString(), cut(decision.value()));
    synchronized (kept) {
      Refusal before = kept.remove(key);
      long count = before == null ? 1 : before.count + 1;
      kept.put(key, new Refusal(origin, method, decision, count, Instant.now()));
      if (kept.size() > MAX_KEPT) {
        Iterator<List<String>> oldest = kept.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
  }

  /** Returns what was refused lately, the latest first. */
  List<Refusal> latest() {
    List<Refusal> latest;
    synchronized (kept) {
      latest = new ArrayList<>(kept.values());
    }
    Collections.reverse(latest);
    return latest;
  }

  @Override
  public List<Problem> warnings() {
    return policy.warnings();
  }

  @Override
  public List<AllowList> allowLists() {
    return policy.allowLists();
  }
}
