package dev.corsage.bench;

import dev.corsage.Decision;
import dev.corsage.bench.Case.Entries;
import java.util.List;

/** Corsage as a server uses it: the decision, and its headers on a response. */
final class CorsageSubject extends CorsageDecision {
  private static final int OK = 200;

  private final Headers response = new Headers();
  private int status;

  CorsageSubject(Entries entries, List<String> domains) {
    super(entries, domains);
  }

  @Override
  Object respond(Request request) {
    response.clear();
    Decision decision = decide(request);
    status = decision.status().orElse(OK);
    decision.headers().forEach(response::add);
    return this;
  }

  int status() {
    return status;
  }

  @Override
  String allowOrigin() {
    return response.get("Access-Control-Allow-Origin");
  }
}
