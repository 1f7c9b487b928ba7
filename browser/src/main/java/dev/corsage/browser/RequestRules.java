package dev.corsage.browser;

import java.net.URI;

/** What decides on a request apart from the CORS protocol. */
final class RequestRules {
  private RequestRules() {}

  /** Returns why an engine does not take a request from a page; null if it does. */
  static Verdict refusal(Engine engine, PageRequest request) {
    String method = request.method();
    if (PageRequest.isForbiddenMethod(method)) {
      return new Verdict(Outcome.METHOD_FORBIDDEN, method);
    }
    if (request.kind() == RequestKind.NO_CORS && !request.isMethodSafelisted()) {
      return new Verdict(Outcome.METHOD_NEEDS_CORS, method);
    }
    return request.kind() == RequestKind.STREAM && engine == Engine.WEBKIT
        ? Verdict.of(Outcome.STREAM_UNSUPPORTED)
        : null;
  }

  /** Returns why a request does not go to another origin than the page's own; null if it does. */
  static Verdict refusalElsewhere(PageRequest request, String origin) {
    return switch (request.kind()) {
      case SAME_ORIGIN -> new Verdict(Outcome.MODE_SAME_ORIGIN, origin);
      case NO_CORS ->
          request.redirectMode() == RedirectMode.FOLLOW
              ? null
              : new Verdict(Outcome.REDIRECT_MODE_NEEDS_CORS, request.redirectMode().key());
      default -> null;
    };
  }

  /**
   * Tells whether a request to another origin can have cookies (<a
   * href="https://fetch.spec.whatwg.org/#cross-origin-embedder-policy-allows-credentials">
   * Cross-Origin-Embedder-Policy allows credentials</a>).
   */
  static boolean hasCredentials(Engine engine, PageRequest request) {
    return !request.isOpaque()
        || request.page().embedderPolicy() != EmbedderPolicy.CREDENTIALLESS
        || !engine.knowsCredentialless();
  }

  /** Tells whether an engine would stream a body, and cannot over the protocol of a URL. */
  static boolean needsHttp2(Engine engine, PageRequest request, URI url) {
    // Browsers speak HTTP/2 over TLS alone.
    return isStreamed(engine, request) && "http".equalsIgnoreCase(url.getScheme());
  }

  /** Tells whether an engine streams the body of a request. */
  static boolean isStreamed(Engine engine, PageRequest request) {
    return request.kind() == RequestKind.STREAM && engine == Engine.CHROMIUM;
  }

  /** Tells whether an engine makes no CORS check although the standard requires one. */
  static boolean isUnchecked(Engine engine, PageRequest request) {
    return request.kind() == RequestKind.FONT && engine == Engine.WEBKIT;
  }

  /**
   * Tells whether a page needs a permission, which it does not have, to reach a URL. Firefox asks
   * its user and waits; nothing is sent meanwhile. Chromium gives it to secure contexts alone (<a
   * href="https://developer.chrome.com/blog/local-network-access">Chrome for Developers</a>).
   */
  static boolean needsLocalNetwork(Engine engine, Page page, URI url) {
    return engine.checksLocalNetwork()
        && !(page.mayReachLocalNetwork() && (engine != Engine.CHROMIUM || page.isTrustworthy()))
        && AddressSpace.of(url).compareTo(page.addressSpace()) < 0;
  }

  /** Returns what comes of a response that satisfies the engine. */
  static Verdict used(PageRequest request, Response response, Verdict passed) {
    return switch (request.kind()) {
      case BEACON -> Verdict.of(Outcome.OPAQUE);
      case EVENTSOURCE -> events(response, passed);
      default -> passed;
    };
  }

  private static Verdict events(Response response, Verdict passed) {
    if (response.status() != 200) {
      return new Verdict(Outcome.EVENTS_STATUS, Integer.toString(response.status()));
    }
    String type = response.get("Content-Type").orElse("");
    return type.split(";", 2)[0].strip().equalsIgnoreCase("text/event-stream")
        ? passed
        : new Verdict(Outcome.NOT_EVENTS, type);
  }
}
