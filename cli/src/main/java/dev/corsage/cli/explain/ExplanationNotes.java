package dev.corsage.cli.explain;

import dev.corsage.browser.PageRequest;
import dev.corsage.browser.RedirectMode;
import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.RequestKind;
import java.util.ArrayList;
import java.util.List;

/** What is worth knowing about a call apart from whether it is allowed. */
final class ExplanationNotes {
  private ExplanationNotes() {}

  static List<String> of(
      Explanation.Call call,
      PageRequest request,
      List<Redirect> redirects,
      List<SimulatedExchange> exchanges) {
    List<String> notes = new ArrayList<>();
    OriginAdvice.of(request.origin()).ifPresent(advice -> notes.add(advice.reason()));
    kind(request.kind(), notes);
    modes(request, notes);
    if (request.kind().hasMethods() && !request.method().equals(call.method())) {
      notes.add("Browsers send " + call.method() + " as " + request.method() + ".");
    }
    headers(call, request, notes);
    if (request.headers().stream().anyMatch(header -> header.lowerCaseName().equals("range"))) {
      notes.add("The page can read Content-Range only if the policy exposes it.");
    }
    if (request.isSimpleToChromium()) {
      notes.add("Chromium, unlike the standard, sends this request without a preflight.");
    }
    if (exchanges.stream().anyMatch(SimulatedExchange::isSameOrigin)) {
      notes.add(
          "The page has the API's own origin: the browser sends no preflight, and no list"
              + " matters.");
    }
    if (request.method().equals("OPTIONS")) {
      notes.add(
          "Where OPTIONS leads to the preflight function, an OPTIONS that is not a preflight gets"
              + " 400.");
    }
    if (!redirects.isEmpty()) {
      notes.add("Every server on the way has the same policy.");
    }
    return notes;
  }

  private static void kind(RequestKind kind, List<String> notes) {
    switch (kind) {
      case BEACON ->
          notes.add(
              "A beacon is always a POST with credentials, and its page reads nothing. With a type"
                  + " that is not safelisted, such as application/json, it is preflighted.");
      case NO_CORS ->
          notes.add(
              "In the mode no-cors the page reads nothing; elements without crossorigin show or run"
                  + " what they have loaded.");
      case SAME_ORIGIN ->
          notes.add("The mode same-origin is an error at every origin but the page's own.");
      case STREAM ->
          notes.add(
              "Chromium streams over HTTP/2 and HTTP/3 alone: over HTTP/1.1 the request fails after"
                  + " its preflight. Firefox sends the text [object ReadableStream], without a"
                  + " preflight. WebKit sends nothing.");
      case XHR_UPLOAD ->
          notes.add(
              "Listeners on the upload of an XMLHttpRequest need a preflight. Chromium sends none"
                  + " where there is no body.");
      case FONT ->
          notes.add("WebKit loads fonts without CORS: it sends no Origin and checks nothing.");
      case EVENTSOURCE ->
          notes.add("The response must have the status 200 and the type text/event-stream.");
      case FETCH, IMG, MODULE -> {
        // As the standard says.
      }
    }
  }

  private static void modes(PageRequest request, List<String> notes) {
    if (request.redirectMode() == RedirectMode.MANUAL) {
      notes.add(
          "In the redirect mode manual the page learns that there is a redirect, and neither its"
              + " status nor where it leads.");
    }
    switch (request.page().embedderPolicy()) {
      case REQUIRE_CORP ->
          notes.add(
              "Cross-Origin-Embedder-Policy: require-corp asks nothing of requests with CORS. What"
                  + " is loaded without needs Cross-Origin-Resource-Policy (\"resourcePolicy\" of"
                  + " the policy).");
      case CREDENTIALLESS ->
          notes.add(
              "Cross-Origin-Embedder-Policy: credentialless changes nothing for requests with CORS."
                  + " Those without have no cookies at other origins. WebKit does not know it.");
      case UNSAFE_NONE -> {
        // The page loads what it likes.
      }
    }
  }

  private static void headers(Explanation.Call call, PageRequest request, List<String> notes) {
    for (RequestHeader header : call.headers()) {
      if (header.isForbidden()) {
        notes.add(
            "Pages cannot set "
                + header.lowerCaseName()
                + ": browsers leave it out, or set it themselves.");
      } else if (!request.headers().contains(header)) {
        notes.add(
            "Browsers leave "
                + header.lowerCaseName()
                + " out, because this kind of request cannot have it.");
      }
    }
  }
}
