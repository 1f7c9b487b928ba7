package dev.corsage.cli.explain;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.browser.Browser;
import dev.corsage.browser.CredentialsMode;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Page;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.RedirectMode;
import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.RequestKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Why a page can, or cannot, read the response to a request, step by step. Immutable.
 *
 * @param request the request, as the browser takes it from the page
 * @param why why the browser sends a preflight; empty if it does not
 * @param predictions what each engine makes of the request
 * @param shown the prediction that is explained: of the first engine that refuses the page, if one
 *     does
 * @param exchanges the exchanges of the prediction that is explained
 * @param notes what else is worth knowing
 * @param remedy what to do; empty if the page can read the response
 */
record Explanation(
    PageRequest request,
    List<String> why,
    List<Prediction> predictions,
    Prediction shown,
    List<SimulatedExchange> exchanges,
    List<String> notes,
    String remedy) {

  /** Stands for the API where nothing says where it is. */
  private static final String UNKNOWN = "://api.invalid/";

  private static final Set<String> PARSED = Set.of("content-type", "accept", "range");

  /**
   * Explains a {@code fetch} that a page makes.
   *
   * @param withCredentials whether the policy has credentials
   * @param sameOrigin whether the page is in the API's own origin
   */
  static Explanation of(
      CorsDecider policy,
      boolean withCredentials,
      String origin,
      String method,
      List<RequestHeader> headers,
      boolean credentials,
      boolean sameOrigin) {
    return of(
        policy,
        withCredentials,
        new Call(
            Page.of(origin),
            RequestKind.FETCH,
            method,
            headers,
            credentials ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN,
            RedirectMode.FOLLOW),
        sameOrigin ? URI.create(origin + "/") : unknown(origin),
        List.of());
  }

  /** What a page wants to do, as somebody wrote it. */
  record Call(
      Page page,
      RequestKind kind,
      String method,
      List<RequestHeader> headers,
      CredentialsMode credentials,
      RedirectMode redirectMode) {}

  /** Returns the URL of an API that nothing is known of; pages on http call APIs on http. */
  static URI unknown(String origin) {
    return URI.create((origin.startsWith("http:") ? "http" : "https") + UNKNOWN);
  }

  /** Tells whether a URL is that of an API that nothing is known of. */
  static boolean isUnknown(URI url) {
    return url.toString().endsWith(UNKNOWN);
  }

  /**
   * Explains a call.
   *
   * @param withCredentials whether the policy has credentials
   * @param url where it is sent to
   * @param redirects where the server redirects it to, one after the other
   */
  static Explanation of(
      CorsDecider policy, boolean withCredentials, Call call, URI url, List<Redirect> redirects) {
    PageRequest request =
        PageRequest.of(call.page(), call.kind(), call.method(), call.headers(), call.credentials())
            .with(call.redirectMode());
    List<Prediction> predictions = new ArrayList<>();
    List<List<Decision>> decisions = new ArrayList<>();
    int shown = 0;
    for (Engine engine : Engine.values()) {
      PolicyServer server = new PolicyServer(policy, call.kind(), redirects);
      predictions.add(new Browser(engine).fetch(request, url, server));
      decisions.add(server.decisions());
      int last = predictions.size() - 1;
      if (predictions.get(shown).isFine() && !predictions.get(last).isFine()) {
        shown = last;
      }
    }
    Prediction prediction = predictions.get(shown);
    List<SimulatedExchange> exchanges = new ArrayList<>();
    for (int i = 0; i < prediction.exchanges().size(); i++) {
      exchanges.add(
          SimulatedExchange.of(
              prediction.engine(),
              prediction.exchanges().get(i),
              decisions.get(shown).get(i),
              call.redirectMode()));
    }
    String remedy =
        prediction.isFine()
            ? ""
            : Remedy.of(policy, withCredentials, request, prediction.verdict(), exchanges);
    return new Explanation(
        request,
        why(prediction.engine(), request),
        predictions,
        prediction,
        exchanges,
        ExplanationNotes.of(call, request, redirects, exchanges),
        remedy);
  }

  private static List<String> why(Engine engine, PageRequest request) {
    List<String> why = new ArrayList<>();
    if (!request.needsPreflight(engine)) {
      return why;
    }
    if (request.kind() == RequestKind.XHR_UPLOAD) {
      why.add("A request with listeners on its upload needs permission.");
    }
    if (request.kind() == RequestKind.STREAM) {
      why.add("A streamed body needs permission.");
    }
    if (!request.isMethodSafelisted()) {
      why.add(request.method() + " is not one of the methods GET, HEAD and POST.");
    }
    for (String name : request.unsafeHeaderNames()) {
      why.add(
          PARSED.contains(name) || name.endsWith("-language")
              ? "The header " + name + " has a value that needs permission."
              : "The header " + name + " needs permission.");
    }
    return why;
  }

  /** Tells whether the page can read the response in every engine. */
  boolean isReadable() {
    return shown.isReadable();
  }

  /** Tells whether it goes as the page wants, also where nothing can be read by intention. */
  boolean isFine() {
    return shown.isFine();
  }

  /** Returns the key of the verdict that decided. */
  String key() {
    return shown.verdict().outcome().key();
  }

  /** Returns the last preflight; null if there is none. */
  SimulatedExchange preflight() {
    return last(true);
  }

  /** Returns the last actual request; null if it is never sent. */
  SimulatedExchange actual() {
    return last(false);
  }

  private SimulatedExchange last(boolean preflight) {
    return exchanges.stream()
        .filter(exchange -> exchange.isPreflight() == preflight)
        .reduce((first, second) -> second)
        .orElse(null);
  }

  /**
   * Returns what is refused: {@code page}, {@code preflight} or {@code request}; null if nothing.
   */
  String refusedAt() {
    if (isFine()) {
      return null;
    }
    if (exchanges.isEmpty()) {
      return "page";
    }
    SimulatedExchange last = exchanges.get(exchanges.size() - 1);
    // A preflight that passed, and then the request is not sent, or only in another protocol.
    return last.isPreflight() && !last.isPassed() ? "preflight" : "request";
  }
}
