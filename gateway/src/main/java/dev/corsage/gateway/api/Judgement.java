package dev.corsage.gateway.api;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.Decision.Kind;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.Preflight;
import dev.corsage.browser.Response;
import dev.corsage.browser.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a browser makes of a response that left the API. Immutable.
 *
 * <p>A browser's verdict depends on the credentials mode of the request, and a server cannot always
 * know it. A Cookie header shows that it is {@code include}: pages cannot set that header. An
 * Authorization header shows nothing, because pages set it themselves in any mode, and a preflight
 * never carries credentials. So both verdicts are recorded where the mode is not known.
 *
 * @param kind what kind of request it was; not null
 * @param omit the verdict if the page sends no credentials; null if it sent them, or if browsers do
 *     not check the response
 * @param include the verdict if the credentials mode is {@code include}; null if browsers do not
 *     check the response
 * @param reason a stable key: of the {@link GatewayReason} if the gateway itself responded, of the
 *     policy's {@link Decision.Reason} if it refused the request, else of the browser's verdict;
 *     not null
 * @param explanation the reason in one sentence; not null
 */
public record Judgement(
    Kind kind, Verdict omit, Verdict include, String reason, String explanation) {
  /** Some policies send one of their own origins to a page that they refuse. */
  private static final Set<Outcome> REFUSALS =
      Set.of(Outcome.ORIGIN_MISSING, Outcome.PREFLIGHT_ORIGIN_MISSING, Outcome.OTHER_ORIGIN);

  private static final String METHOD = "access-control-request-method";
  private static final String HEADERS = "access-control-request-headers";

  /** What the page can do with the response. */
  public enum Access {
    /** Browsers do not check it: there is no Origin header, or it is the API's own. */
    NOT_CHECKED,
    /** Read it; of a preflight, send the request. */
    ALLOWED,
    /** The same if it sends no credentials, which the API cannot know. */
    ALLOWED_WITHOUT_CREDENTIALS,
    /** Nothing. */
    REFUSED;

    /** Returns the stable key, such as {@code allowed-without-credentials}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Returns what the page can do with the response. */
  public Access access() {
    if (include == null) {
      return Access.NOT_CHECKED;
    }
    if (include.isPassed()) {
      return Access.ALLOWED;
    }
    return omit != null && omit.isPassed() ? Access.ALLOWED_WITHOUT_CREDENTIALS : Access.REFUSED;
  }

  /** Tells whether a page can use the response, with or without credentials. */
  public boolean isAllowed() {
    return access() != Access.REFUSED;
  }

  /** Tells whether a request is a preflight. */
  static boolean isPreflight(ApiRequest request) {
    return request.method().equals("OPTIONS")
        && request.value("origin") != null
        && request.value(METHOD) != null;
  }

  /**
   * Judges a response.
   *
   * @param responded why the gateway itself responded; null if it did not
   * @param policy what decided on the request, to explain a refusal; null if that is not known
   */
  static Judgement of(
      ApiRequest request,
      int status,
      List<Field> headers,
      GatewayReason responded,
      CorsDecider policy) {
    String origin = request.value("origin");
    boolean preflight = isPreflight(request);
    boolean sameOrigin = origin != null && !preflight && origin.equals(request.targetOrigin());
    if (origin == null || sameOrigin) {
      Decision.Reason reason = sameOrigin ? Decision.Reason.SAME_ORIGIN : Decision.Reason.NO_ORIGIN;
      String explanation =
          sameOrigin
              ? "The page has the API's own origin."
              : "The request has no Origin header: it is not a CORS request.";
      return responded == null
          ? new Judgement(Kind.NON_CORS, null, null, reason.toString(), explanation)
          : new Judgement(Kind.NON_CORS, null, null, responded.key(), responded.explanation());
    }
    Response response =
        new Response(
            status, headers.stream().map(field -> Map.entry(field.name(), field.value())).toList());
    boolean withCookies = !preflight && request.value("cookie") != null;
    Verdict omit = withCookies ? null : verdict(request, preflight, false, response);
    Verdict include = verdict(request, preflight, true, response);
    Judgement judgement =
        new Judgement(preflight ? Kind.PREFLIGHT : Kind.ACTUAL, omit, include, "", "");
    if (responded != null) {
      return judgement.because(responded.key(), responded.explanation());
    }
    return switch (judgement.access()) {
      case ALLOWED, NOT_CHECKED ->
          judgement.because(
              Access.ALLOWED.toString(),
              preflight ? "The page can send the request." : "The page can read the response.");
      case ALLOWED_WITHOUT_CREDENTIALS ->
          judgement.because(
              Access.ALLOWED_WITHOUT_CREDENTIALS.toString(),
              (preflight ? "The page can send the request" : "The page can read the response")
                  + " if it sends no credentials, which the API cannot know.");
      case REFUSED -> judgement.refused(request, origin, status, policy);
    };
  }

  private static Verdict verdict(
      ApiRequest request, boolean preflight, boolean credentials, Response response) {
    String origin = request.value("origin");
    return preflight
        ? BrowserModel.checkPreflight(
            new Preflight(origin, request.value(METHOD), names(request), credentials), response)
        : BrowserModel.check(origin, credentials, response);
  }

  private static Set<String> names(ApiRequest request) {
    Set<String> names = new TreeSet<>();
    request.header(HEADERS).stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  /** Only a response without the page's origin can be a refusal by the policy. */
  private Judgement refused(ApiRequest request, String origin, int status, CorsDecider policy) {
    Verdict verdict = omit == null ? include : omit;
    Decision decision =
        policy == null || !REFUSALS.contains(verdict.outcome()) ? null : policy.decide(request);
    return decision == null || decision.isAllowed()
        ? because(verdict.outcome().key(), ConsoleMessage.of(verdict, origin, status).cause())
        : because(decision.reason().toString(), decision.explanation());
  }

  private Judgement because(String why, String sentence) {
    return new Judgement(kind, omit, include, why, sentence);
  }
}
