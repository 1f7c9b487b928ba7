package dev.corsage.gateway.console;

import dev.corsage.Decision.Kind;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.Verdict;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Judgement;
import java.util.ArrayList;
import java.util.List;

/** Exchanges as a gateway records them. */
final class Calls {
  static final String PAGE = "https://app.example";

  private Calls() {}

  static Exchange preflight(String method, String path, boolean allowed) {
    Verdict verdict =
        new Verdict(allowed ? Outcome.PREFLIGHT_ALLOWED : Outcome.PREFLIGHT_ORIGIN_MISSING, "");
    return exchange(
        new Judgement(Kind.PREFLIGHT, verdict, verdict, allowed ? "allowed" : "no", "Preflight."),
        "OPTIONS",
        path,
        PAGE,
        new Field("Access-Control-Request-Method", method));
  }

  static Exchange actual(String method, String path, String origin, Field... headers) {
    Verdict verdict = new Verdict(Outcome.ORIGIN_ALLOWED, "");
    return exchange(
        new Judgement(Kind.ACTUAL, verdict, verdict, "allowed", "The page can read it."),
        method,
        path,
        origin,
        headers);
  }

  static Exchange withoutOrigin(String path) {
    return exchange(
        new Judgement(Kind.NON_CORS, null, null, "no-origin", "No CORS request."),
        "GET",
        path,
        null);
  }

  private static Exchange exchange(
      Judgement judgement, String method, String path, String origin, Field... more) {
    List<Field> headers = new ArrayList<>(List.of(new Field("Host", "localhost:8080")));
    if (origin != null) {
      headers.add(new Field("Origin", origin));
    }
    headers.addAll(List.of(more));
    return new Exchange(
        judgement,
        "backend",
        method,
        path,
        origin,
        headers,
        200,
        List.of(new Field("Vary", "Origin"), new Field("Set-Cookie", "id=secret")),
        1_260_000);
  }
}
