package dev.corsage.probe;

import dev.corsage.browser.Browser;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.RedirectMode;
import dev.corsage.browser.RequestKind;
import dev.corsage.browser.Response;
import dev.corsage.probe.Exchange.Purpose;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Asks what the page itself would, and finds out why it fails. */
final class AsPage {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Session session;
  private final PageRequest page;
  private final boolean send;
  private final PolicyComparison policy;
  private Exchange preflight;
  private Exchange actual;

  AsPage(Session session, boolean send, PolicyComparison policy) {
    this.session = session;
    this.page = session.page();
    this.send = send;
    this.policy = policy;
  }

  /** Sends the preflight, if there is one, and the request. */
  void run() throws NoResponseException {
    if (isSameOrigin()) {
      actual = session.request(Purpose.PAGE, "", sentMethod(), session.url(), session.headers());
      return;
    }
    if (page.kind() == RequestKind.SAME_ORIGIN) {
      return;
    }
    if (page.needsPreflight()) {
      preflight =
          session.preflight(Purpose.PAGE, page.origin(), page.method(), page.unsafeHeaderNames());
      checkPreflight();
    }
    actual =
        session.request(
            Purpose.PAGE, page.origin(), sentMethod(), session.url(), session.headers());
    if (page.kind() == RequestKind.NO_CORS) {
      return;
    }
    AllowOrigin.check(session, actual);
    if (!isStandIn() && isErrorWithoutCors(actual)) {
      session.found(
          ProbeCode.ERROR_WITHOUT_CORS, actual, errorMessage(actual, session.responder(actual)));
    }
  }

  /** Tells whether the page is the API's own: browsers check nothing. */
  boolean isSameOrigin() {
    return page.origin().equals(Hosts.origin(session.url()));
  }

  /** Returns the method that is really sent; without {@code --send} nothing is changed. */
  String sentMethod() {
    return send || READING.contains(page.method()) ? page.method() : "GET";
  }

  /** Tells whether a GET stands in for a request that was not to be sent, and failed as such. */
  private boolean isStandIn() {
    return !sentMethod().equals(page.method()) && actual.response().status() >= 400;
  }

  /** Tells whether the page can read the response, as far as requests were sent. */
  boolean isReadable() {
    if (page.kind() != RequestKind.FETCH || page.redirectMode() != RedirectMode.FOLLOW) {
      List<Prediction> predictions = predictions();
      return !predictions.isEmpty() && predictions.stream().allMatch(Prediction::isFine);
    }
    return actual != null && (isSameOrigin() || isReadableElsewhere());
  }

  private boolean isReadableElsewhere() {
    return (preflight == null || preflight.isPassed())
        && (actual.isPassed() || (preflight != null && isStandIn()));
  }

  /**
   * Returns what each engine makes of the responses, with redirects taken for the last response;
   * empty if the probe did not come so far.
   */
  List<Prediction> predictions() {
    boolean isNeverSent = page.kind() == RequestKind.SAME_ORIGIN && !isSameOrigin();
    if (actual == null && !isNeverSent) {
      return List.of();
    }
    Response requested = actual == null ? null : last(actual.response());
    Response asked = preflight == null ? requested : preflight.response();
    return Stream.of(Engine.values())
        .map(
            engine ->
                new Browser(engine)
                    .fetch(page, session.url(), sent -> sent.isPreflight() ? asked : requested))
        .toList();
  }

  private Response last(Response response) {
    if (page.redirectMode() != RedirectMode.FOLLOW) {
      return response;
    }
    return new Response(
        response.status(),
        response.headers().stream()
            .filter(header -> !header.getKey().equalsIgnoreCase("location"))
            .toList());
  }

  /** Returns the actual request; null if the probe did not come so far. */
  Exchange actual() {
    return actual;
  }

  private void checkPreflight() throws NoResponseException {
    int status = preflight.response().status();
    Responder responder = session.responder(preflight);
    ProbeCode code = PreflightMessages.code(status, responder);
    if (code != null) {
      session.found(code, preflight, PreflightMessages.of(code, preflight, responder));
      return;
    }
    AllowOrigin.check(session, preflight);
    switch (preflight.verdict().outcome()) {
      case METHODS_INVALID, METHOD_NOT_ALLOWED -> method();
      case HEADERS_INVALID,
          AUTHORIZATION_NOT_ALLOWED,
          AUTHORIZATION_NOT_NAMED,
          HEADER_NOT_ALLOWED ->
          headers(notAllowed());
      case PREFLIGHT_ORIGIN_MISSING -> narrow(status);
      case PREFLIGHT_STATUS -> status();
      case PREFLIGHT_ALLOWED -> maxAge();
      default -> {
        // Origin and credentials: told by the headers, or by the verdict alone.
      }
    }
  }

  /**
   * A server that refuses a preflight often says nothing at all. What it would say to less shows
   * what it refuses.
   */
  private void narrow(int status) throws NoResponseException {
    boolean asksForMore = !page.isMethodSafelisted() || !page.unsafeHeaderNames().isEmpty();
    if (asksForMore && passes("GET", Set.of())) {
      if (!page.isMethodSafelisted() && !passes(page.method(), Set.of())) {
        method();
      }
      Set<String> refused = new TreeSet<>();
      for (String name : page.unsafeHeaderNames()) {
        if (refused.size() < 4 && !passes("GET", Set.of(name))) {
          refused.add(name);
        }
      }
      if (!refused.isEmpty()) {
        headers(refused);
      }
      return;
    }
    if (status < 200 || status > 299) {
      session.found(
          ProbeCode.PREFLIGHT_STATUS,
          preflight,
          PreflightMessages.of(ProbeCode.PREFLIGHT_STATUS, preflight, session.responder(preflight))
              + " Whatever is asked for, it has no CORS headers: the origin is probably not on the"
              + " list.",
          "Add " + page.origin() + " to the list, if its pages are trusted.");
    }
  }

  private void status() {
    session.found(
        ProbeCode.PREFLIGHT_STATUS,
        preflight,
        PreflightMessages.of(ProbeCode.PREFLIGHT_STATUS, preflight, session.responder(preflight)));
  }

  private boolean passes(String method, Set<String> names) throws NoResponseException {
    Exchange narrower = session.preflight(Purpose.PAGE, page.origin(), method, names);
    session.explains(narrower);
    return narrower.isPassed();
  }

  private void method() {
    session.found(
        ProbeCode.METHOD_NOT_ALLOWED,
        preflight,
        "The preflight does not allow "
            + page.method()
            + PreflightMessages.listed(preflight, "Access-Control-Allow-Methods"),
        "Add "
            + page.method()
            + " to the methods of the policy"
            + Fixes.place(preflight.layer(), "methods"));
  }

  private void headers(Set<String> names) {
    String list = String.join(", ", names);
    String note = preflight.verdict().outcome().note();
    session.found(
        ProbeCode.HEADER_NOT_ALLOWED,
        preflight,
        "The preflight does not allow "
            + list
            + PreflightMessages.listed(preflight, "Access-Control-Allow-Headers")
            + (note.isEmpty() ? "" : " " + note),
        "Add "
            + list
            + " to the request headers of the policy, by name"
            + Fixes.place(preflight.layer(), "headers"));
  }

  /** Names all headers that are missing, where the list can be read. */
  private Set<String> notAllowed() {
    Set<String> missing = new TreeSet<>();
    for (String name : page.unsafeHeaderNames()) {
      PageRequest one =
          new PageRequest(
              page.page(),
              page.kind(),
              "GET",
              page.headers().stream().filter(h -> h.lowerCaseName().equals(name)).toList(),
              page.credentialsMode(),
              page.redirectMode());
      if (!BrowserModel.checkPreflight(one.preflight(), preflight.response()).isPassed()) {
        missing.add(name);
      }
    }
    return missing;
  }

  private void maxAge() {
    String name = "Access-Control-Max-Age";
    boolean isThere = preflight.response().get(name).orElse("").matches("-?[0-9]+");
    // A policy that sets none wants none.
    if (!isThere && !policy.isWithout(preflight, name)) {
      session.found(ProbeCode.MAX_AGE_MISSING, preflight, ProbeCode.MAX_AGE_MISSING.meaning());
    }
  }

  /** Tells whether a page could not read that it is an error. */
  static boolean isErrorWithoutCors(Exchange exchange) {
    return exchange.response().status() >= 400
        && exchange.verdict().outcome() == Outcome.ORIGIN_MISSING;
  }

  static String errorMessage(Exchange exchange, Responder responder) {
    return exchange.layer().capitalized()
        + (responder.isOwn() ? " itself" : "")
        + " responds to "
        + exchange.method()
        + " "
        + exchange.path()
        + " with "
        + exchange.response().status()
        + " and no CORS headers: the page sees a network error, not the status.";
  }
}
