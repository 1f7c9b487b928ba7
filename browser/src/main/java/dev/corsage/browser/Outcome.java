package dev.corsage.browser;

/**
 * What can come of a response: the step of the Fetch standard that decides, and a stable key. One
 * key can have several steps.
 */
public enum Outcome {
  /** Every origin is allowed, and the request has no credentials. */
  ANY_ORIGIN_ALLOWED(Section.CORS_CHECK, "step 3"),
  /** The origin is allowed, and the request has no credentials. */
  ORIGIN_ALLOWED(Section.CORS_CHECK, "step 5"),
  /** The origin and its credentials are allowed. */
  CREDENTIALS_ALLOWED(Section.CORS_CHECK, "step 7"),
  /** The preflight allows the request. */
  PREFLIGHT_ALLOWED(Section.PREFLIGHT, "step 7"),
  /** The request is sent to the page's own origin: no CORS check is made. */
  SAME_ORIGIN(Section.MAIN_FETCH, "same origin"),
  /** No CORS check is made, and the page can read nothing. */
  OPAQUE(Section.MAIN_FETCH, "no-cors"),
  /** A redirect that the page did not want to be followed; it can read nothing of it. */
  OPAQUE_REDIRECT(Section.HTTP_FETCH, "redirect mode manual"),
  /** The engine makes no CORS check although the standard requires one. */
  NOT_CHECKED(Section.MAIN_FETCH, "cors"),

  /** The response has no {@code Access-Control-Allow-Origin}. */
  ORIGIN_MISSING("no-acao", Section.CORS_CHECK, "step 2"),
  /** The response to the preflight has no {@code Access-Control-Allow-Origin}. */
  PREFLIGHT_ORIGIN_MISSING("preflight-no-acao", Section.CORS_CHECK, "step 2"),
  /** {@code *} for a request with credentials. */
  ANY_ORIGIN_WITH_CREDENTIALS("star-with-credentials", Section.CORS_CHECK, "step 4"),
  /** {@code Access-Control-Allow-Origin} has the origin of another page. */
  OTHER_ORIGIN("origin-mismatch", Section.CORS_CHECK, "step 4"),
  /** {@code Access-Control-Allow-Origin} has several values. */
  SEVERAL_ORIGINS("many-acao", Section.CORS_CHECK, "step 4"),
  /** {@code Access-Control-Allow-Origin} has a value that is not an origin. */
  ORIGIN_INVALID("bad-acao", Section.CORS_CHECK, "step 4"),
  /** {@code Access-Control-Allow-Credentials} is not exactly {@code true}. */
  CREDENTIALS_NOT_ALLOWED("acac", Section.CORS_CHECK, "step 8"),

  /** The preflight is redirected. */
  PREFLIGHT_REDIRECTED("preflight-redirect", Section.PREFLIGHT, "step 7"),
  /** The preflight has a status outside 200 to 299. */
  PREFLIGHT_STATUS("preflight-status", Section.PREFLIGHT, "step 7"),
  /** {@code Access-Control-Allow-Methods} is not a list of tokens. */
  METHODS_INVALID("bad-acam", Section.PREFLIGHT, "step 7.3"),
  /** {@code Access-Control-Allow-Headers} is not a list of tokens. */
  HEADERS_INVALID("bad-acah", Section.PREFLIGHT, "step 7.3"),
  /** The method is not allowed. */
  METHOD_NOT_ALLOWED("method", Section.PREFLIGHT, "step 7.5"),
  /** {@code Authorization} is not allowed. */
  AUTHORIZATION_NOT_ALLOWED("header", Section.PREFLIGHT, "step 7.6"),
  /** {@code Authorization} is not named, and a {@code *} would allow any other header. */
  AUTHORIZATION_NOT_NAMED("header", Section.PREFLIGHT, "step 7.6"),
  /** Another header is not allowed. */
  HEADER_NOT_ALLOWED("header", Section.PREFLIGHT, "step 7.7"),

  /** No page can send the method. */
  METHOD_FORBIDDEN("forbidden-method", Section.REQUEST, "forbidden method"),
  /** The mode {@code no-cors} takes {@code GET}, {@code HEAD} and {@code POST} alone. */
  METHOD_NEEDS_CORS("no-cors-method", Section.REQUEST, "mode no-cors"),
  /** The mode {@code same-origin} reaches the page's own origin alone. */
  MODE_SAME_ORIGIN("same-origin-mode", Section.MAIN_FETCH, "mode same-origin"),
  /** The mode {@code no-cors} follows all redirects. */
  REDIRECT_MODE_NEEDS_CORS("no-cors-redirect-mode", Section.MAIN_FETCH, "mode no-cors"),
  /** The engine has no streamed bodies. */
  STREAM_UNSUPPORTED("stream-unsupported", Section.REQUEST, "streamed body"),
  /** The engine streams bodies over HTTP/2 and HTTP/3 alone. */
  STREAM_NEEDS_HTTP_2("stream-needs-http-2", Section.NETWORK, "streamed body"),
  /** Pages need a permission to reach nearer networks, and this one has none. */
  LOCAL_NETWORK("local-network-access", Section.LOCAL_NETWORK, "permission"),
  /** {@code Cross-Origin-Resource-Policy} does not let the page have the response. */
  RESOURCE_POLICY("corp", Section.RESOURCE_POLICY, "policy"),
  /** The page requires {@code Cross-Origin-Resource-Policy}, and the response has none. */
  RESOURCE_POLICY_MISSING("corp-missing", Section.RESOURCE_POLICY, "require-corp"),
  /** A redirect, where the page wants none. */
  REDIRECT_REFUSED("redirect-mode-error", Section.HTTP_FETCH, "redirect mode error"),
  /** More than 20 redirects. */
  TOO_MANY_REDIRECTS("too-many-redirects", Section.REDIRECT, "step 7"),
  /** The request is redirected to a URL that is not http or https. */
  REDIRECT_SCHEME("redirect-scheme", Section.REDIRECT, "step 6"),
  /** The request is redirected to a URL with a user name or a password. */
  REDIRECT_CREDENTIALS("redirect-credentials", Section.REDIRECT, "steps 9 and 10"),
  /** A streamed body cannot be sent a second time. */
  STREAM_REDIRECTED("stream-redirected", Section.REDIRECT, "step 11"),
  /** The response has another status than 200, and an {@code EventSource} takes no other. */
  EVENTS_STATUS("event-stream-status", Section.EVENTS, "the response"),
  /** The response is not a stream of events. */
  NOT_EVENTS("not-event-stream", Section.EVENTS, "the response");

  /** The sections of the standards, by their addresses. */
  private enum Section {
    CORS_CHECK("CORS check", Section.FETCH + "cors-check"),
    PREFLIGHT("CORS-preflight fetch", Section.FETCH + "cors-preflight-fetch"),
    MAIN_FETCH("Main fetch", Section.FETCH + "main-fetch"),
    HTTP_FETCH("HTTP fetch", Section.FETCH + "http-fetch"),
    REQUEST("Request constructor", Section.FETCH + "dom-request"),
    NETWORK("HTTP-network fetch", Section.FETCH + "http-network-fetch"),
    REDIRECT("HTTP-redirect fetch", Section.FETCH + "http-redirect-fetch"),
    RESOURCE_POLICY(
        "Cross-origin resource policy check", Section.FETCH + "cross-origin-resource-policy-check"),
    LOCAL_NETWORK(
        "Local Network Access check",
        "https://wicg.github.io/local-network-access/#local-network-access-check"),
    EVENTS(
        "EventSource",
        "https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource");

    private static final String FETCH = "https://fetch.spec.whatwg.org/#";

    private final String title;
    private final String address;

    Section(String title, String address) {
      this.title = title;
      this.address = address;
    }
  }

  private final boolean passed;
  private final String key;
  private final Section section;
  private final String step;

  Outcome(Section section, String step) {
    this(true, "passed", section, step);
  }

  Outcome(String key, Section section, String step) {
    this(false, key, section, step);
  }

  Outcome(boolean passed, String key, Section section, String step) {
    this.passed = passed;
    this.key = key;
    this.section = section;
    this.step = step;
  }

  /** Tells whether the response satisfies the browser. */
  public boolean isPassed() {
    return passed;
  }

  /** Tells whether the page gets a response of which it can read nothing. */
  public boolean isOpaque() {
    return this == OPAQUE || this == OPAQUE_REDIRECT;
  }

  /** Returns the stable key, such as {@code no-acao}; {@code passed} if it is passed. */
  public String key() {
    return key;
  }

  /** Returns the step of the standard that decides, such as {@code CORS check, step 2}. */
  public String step() {
    return section.title + ", " + step;
  }

  /** Returns the address of the section that the step is in. */
  public String standard() {
    return section.address;
  }

  /** Tells whether the response satisfies an engine, which may differ from the standard. */
  boolean isPassedBy(Engine engine) {
    // All three were seen to take * for Authorization.
    return passed || this == AUTHORIZATION_NOT_NAMED;
  }

  /** Returns where browsers differ from the standard today; empty if they do not. */
  public String note() {
    return this == AUTHORIZATION_NOT_NAMED
        ? "By the standard * does not cover Authorization. Chromium, Firefox and Safari still accept"
            + " it, and have announced that they will stop."
        : "";
  }
}
