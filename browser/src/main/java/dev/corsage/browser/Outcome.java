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
  HEADER_NOT_ALLOWED("header", Section.PREFLIGHT, "step 7.7");

  /** The sections of the standard, by the fragments of their addresses. */
  private enum Section {
    CORS_CHECK("CORS check", "cors-check"),
    PREFLIGHT("CORS-preflight fetch", "cors-preflight-fetch"),
    MAIN_FETCH("Main fetch", "main-fetch");

    private final String title;
    private final String fragment;

    Section(String title, String fragment) {
      this.title = title;
      this.fragment = fragment;
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
    return "https://fetch.spec.whatwg.org/#" + section.fragment;
  }

  /** Returns where browsers differ from the standard today; empty if they do not. */
  public String note() {
    return this == AUTHORIZATION_NOT_NAMED
        ? "By the standard * does not cover Authorization. Chromium, Firefox and Safari still accept"
            + " it, and have announced that they will stop."
        : "";
  }
}
