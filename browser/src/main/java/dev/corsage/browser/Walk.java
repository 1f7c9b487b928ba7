package dev.corsage.browser;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One fetch, from the page through preflights and redirects to what the page gets: <a
 * href="https://fetch.spec.whatwg.org/#main-fetch">main fetch</a>, <a
 * href="https://fetch.spec.whatwg.org/#http-fetch">HTTP fetch</a> and <a
 * href="https://fetch.spec.whatwg.org/#http-redirect-fetch">HTTP-redirect fetch</a>.
 */
final class Walk {
  /** HTTP-redirect fetch, step 7. */
  private static final int MAX_REDIRECTS = 20;

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** <a href="https://fetch.spec.whatwg.org/#request-body-header-name">Fetch standard</a>. */
  private static final Set<String> OF_BODIES =
      Set.of("content-encoding", "content-language", "content-location", "content-type");

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  private final Engine engine;
  private final PreflightCache cache;
  private final PageRequest original;
  private final Function<SentRequest, Response> server;
  private final List<Prediction.Exchange> exchanges = new ArrayList<>();

  /** What is sent next; redirects change it. */
  private PageRequest request;

  private URI url;
  private int redirects;

  /** Whether the fetch has left the page's origin. */
  private boolean crossOrigin;

  /** Whether {@code Authorization} has stayed behind at another origin. */
  private boolean withoutAuthorization;

  /** Whether it was redirected from a second origin on: its origin is opaque then. */
  private boolean tainted;

  Walk(
      Engine engine,
      PreflightCache cache,
      PageRequest request,
      URI url,
      Function<SentRequest, Response> server) {
    this.engine = engine;
    this.cache = cache;
    this.original = request;
    this.request = request;
    this.url = url;
    this.server = server;
  }

  Prediction run() {
    Verdict verdict = RequestRules.refusal(engine, request);
    while (verdict == null) {
      verdict = hop();
    }
    boolean readable =
        verdict.outcome().isPassed() && !verdict.outcome().isOpaque() && !exchanges.isEmpty();
    Response last = exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1).response();
    return new Prediction(
        engine,
        exchanges,
        verdict,
        readable
            ? crossOrigin ? BrowserModel.exposedHeaders(request.credentials(), last) : Set.of("*")
            : Set.of(),
        last != null
            && verdict.outcome().isPassed()
            && (!crossOrigin || BrowserModel.isTimingAllowed(serializedOrigin(), last)));
  }

  /** Sends what goes to one URL; returns null if it is redirected to another. */
  private Verdict hop() {
    if (!crossOrigin && origin(url).equals(request.origin())) {
      return RequestRules.needsHttp2(engine, request, url)
          ? Verdict.of(Outcome.STREAM_NEEDS_HTTP_2)
          : received(send(request.method(), actualHeaders(), null), Outcome.SAME_ORIGIN);
    }
    Verdict other = RequestRules.refusalElsewhere(request, origin(url));
    if (other != null) {
      return other;
    }
    if (RequestRules.needsLocalNetwork(engine, request.page(), url)) {
      return new Verdict(Outcome.LOCAL_NETWORK, AddressSpace.of(url).permission());
    }
    crossOrigin = true;
    if (request.isOpaque()) {
      return received(send(request.method(), actualHeaders(), null), Outcome.OPAQUE);
    }
    if (RequestRules.isUnchecked(engine, request)) {
      return received(send(request.method(), actualHeaders(), null), Outcome.NOT_CHECKED);
    }
    Verdict refused = preflight();
    if (refused != null) {
      return refused;
    }
    return RequestRules.needsHttp2(engine, request, url)
        ? Verdict.of(Outcome.STREAM_NEEDS_HTTP_2)
        : received(send(request.method(), corsHeaders(), null), null);
  }

  /** Sends the preflight, if there is one; returns its verdict if it fails. */
  private Verdict preflight() {
    boolean repeated =
        redirects > 0 && engine.repeatsPreflights() && original.needsPreflight(engine);
    if (!repeated && !request.needsPreflight(engine)) {
      return null;
    }
    PageRequest asking = engine.asksForDroppedHeaders() ? original : request.as(engine);
    Preflight preflight =
        new Preflight(
            engine.namesPageInPreflights() ? request.origin() : serializedOrigin(),
            request.method(),
            asking.unsafeHeaderNames(),
            request.credentials());
    boolean forced = repeated || request.kind().isAlwaysPreflighted(engine, request.method());
    if (cache.allows(preflight, url.toString(), forced)) {
      return null;
    }
    Response response = send("OPTIONS", preflight.headers(), preflight);
    Verdict verdict = BrowserModel.checkPreflight(preflight, response);
    record(verdict);
    if (!verdict.outcome().isPassedBy(engine)) {
      cache.clear(preflight.origin(), url.toString());
      return verdict;
    }
    cache.keep(preflight, url.toString(), forced, response);
    return null;
  }

  /**
   * Judges a response.
   *
   * @param unchecked the outcome if no CORS check is made; null if one is
   */
  private Verdict received(Response response, Outcome unchecked) {
    Verdict verdict =
        unchecked == null
            ? BrowserModel.check(serializedOrigin(), request.credentials(), response)
            : unchecked == Outcome.SAME_ORIGIN
                ? Verdict.of(unchecked)
                : ResourcePolicy.check(request.page(), url, response, unchecked);
    record(verdict);
    if (!verdict.isPassed()) {
      return verdict;
    }
    Optional<String> location = response.get("Location");
    if (REDIRECTS.contains(response.status())) {
      // HTTP fetch looks at the mode before it looks for a Location.
      switch (request.redirectMode()) {
        case ERROR -> {
          if (location.isPresent() || engine.refusesRedirectsToNowhere()) {
            return new Verdict(Outcome.REDIRECT_REFUSED, Integer.toString(response.status()));
          }
        }
        case MANUAL -> {
          return Verdict.of(Outcome.OPAQUE_REDIRECT);
        }
        case FOLLOW -> {
          if (location.isPresent()) {
            return redirect(response.status(), location.get());
          }
        }
      }
    }
    return RequestRules.used(request, response, verdict);
  }

  /** Follows a redirect; returns a verdict if that fails. */
  private Verdict redirect(int status, String location) {
    URI next;
    try {
      next = url.resolve(location);
    } catch (IllegalArgumentException noUrl) {
      return new Verdict(Outcome.REDIRECT_SCHEME, location);
    }
    if (next.getHost() == null || !Set.of("http", "https").contains(next.getScheme())) {
      return new Verdict(Outcome.REDIRECT_SCHEME, location);
    }
    if (++redirects > MAX_REDIRECTS) {
      return new Verdict(Outcome.TOO_MANY_REDIRECTS, Integer.toString(MAX_REDIRECTS));
    }
    boolean leaves = !origin(next).equals(request.origin());
    if (next.getRawUserInfo() != null && !request.isOpaque() && (crossOrigin || leaves)) {
      return new Verdict(Outcome.REDIRECT_CREDENTIALS, origin(next));
    }
    if (status != 303 && RequestRules.isStreamed(engine, request)) {
      return new Verdict(Outcome.STREAM_REDIRECTED, Integer.toString(status));
    }
    boolean becomesGet =
        status == 303
            ? !WITHOUT_BODY.contains(request.method())
            : status <= 302 && request.method().equals("POST");
    if (!origin(next).equals(origin(url))) {
      withoutAuthorization = true;
      // The redirect-tainted origin: neither end is the page's own.
      tainted |= !origin(url).equals(request.origin());
    }
    PageRequest before = engine.repeatsPreflights() ? original : request;
    request =
        before.with(
            becomesGet ? "GET" : request.method(),
            header ->
                (becomesGet && OF_BODIES.contains(header.lowerCaseName()))
                    || (withoutAuthorization && header.lowerCaseName().equals("authorization")));
    url = next;
    return null;
  }

  private String serializedOrigin() {
    return tainted ? "null" : request.origin();
  }

  private Map<String, List<String>> corsHeaders() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("Origin", List.of(serializedOrigin()));
    lines.putAll(request.pageHeaders());
    return lines;
  }

  /**
   * Returns the headers of a request that is not a CORS request: what can change something has an
   * origin, unless that would tell a page's secure origin to a plain one (<a
   * href="https://fetch.spec.whatwg.org/#append-a-request-origin-header">append a request Origin
   * header</a>, with the usual referrer policy).
   */
  private Map<String, List<String>> actualHeaders() {
    if (WITHOUT_BODY.contains(request.method())) {
      return request.pageHeaders();
    }
    boolean downgrade =
        request.origin().startsWith("https:") && "http".equalsIgnoreCase(url.getScheme());
    Map<String, List<String>> lines = corsHeaders();
    if (downgrade) {
      lines.put("Origin", List.of("null"));
    }
    return lines;
  }

  private Response send(String method, Map<String, List<String>> headers, Preflight preflight) {
    boolean cookies =
        preflight == null
            && switch (request.credentialsMode()) {
              case OMIT -> false;
              case SAME_ORIGIN -> !crossOrigin;
              case INCLUDE -> !crossOrigin || RequestRules.hasCredentials(engine, request);
            };
    SentRequest sent = new SentRequest(method, url, headers, preflight, cookies);
    Response response = server.apply(sent);
    exchanges.add(new Prediction.Exchange(sent, response, null));
    return response;
  }

  private void record(Verdict verdict) {
    Prediction.Exchange last = exchanges.remove(exchanges.size() - 1);
    exchanges.add(new Prediction.Exchange(last.request(), last.response(), verdict));
  }

  /** Returns the origin of a URL, serialized. */
  static String origin(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int port = url.getPort();
    boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
  }
}
