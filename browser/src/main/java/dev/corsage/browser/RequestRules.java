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

  /** Tells whether a page needs a permission, which it does not have, to reach a URL. */
  static boolean needsLocalNetwork(Page page, URI url) {
    return !page.mayReachLocalNetwork() && AddressSpace.of(url).compareTo(page.addressSpace()) < 0;
  }

  /** Tells whether an element can use a response that it may read. */
  static boolean isUsable(PageRequest request, Response response) {
    if (request.kind() != RequestKind.EVENTSOURCE) {
      return true;
    }
    String type = response.get("Content-Type").orElse("");
    return response.status() == 200
        && type.split(";", 2)[0].strip().equalsIgnoreCase("text/event-stream");
  }
}
