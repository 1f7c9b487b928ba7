package dev.corsage;

import dev.corsage.store.AllowList;
import dev.corsage.store.StoreException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a {@link CorsPolicy} decided on one request: what kind of request it is, whether the CORS
 * protocol is to be satisfied, why, and the headers the response must carry.
 *
 * <p>How a server acts on it:
 *
 * <ol>
 *   <li>Where {@link #status()} is present, the server responds with that status, {@link
 *       #headers()} and no body, and the application never sees the request: every preflight, and
 *       refused actual requests where the policy blocks them.
 *   <li>Otherwise the application responds, successfully or not, and on every response the server
 *       removes the headers that the decision {@linkplain #replaces replaces}, puts {@link
 *       #headers()} in their place and adds the names of its {@code Vary} to those already there.
 * </ol>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Decision {

  /** The three kinds of request that a CORS server tells apart. */
  public enum Kind {
    /** No {@code Origin} header, or a page of the API's own origin. */
    NON_CORS,
    /** {@code OPTIONS} with {@code Origin} and {@code Access-Control-Request-Method}. */
    PREFLIGHT,
    /** Every other request with {@code Origin}. */
    ACTUAL;

    private final String code = kebab(name());

    /** Returns {@code non-cors}, {@code preflight} or {@code actual}. */
    @Override
    public String toString() {
      return code;
    }
  }

  /** Why a request was allowed or refused. */
  public enum Reason {
    /** The request has no {@code Origin} header. */
    NO_ORIGIN,
    /**
     * The request comes from the origin it was sent to ({@link HttpRequest#targetOrigin}), which is
     * not on the allow list and need not be. Never the reason for a preflight.
     */
    SAME_ORIGIN,
    /** Origin, method and headers are allowed. */
    ALLOWED,
    /** The origin is well-formed and not on the allow list. */
    ORIGIN_NOT_ALLOWED,
    /** The {@code Origin} header is not a serialized origin, or there are several. */
    ORIGIN_MALFORMED,
    /** The origin is {@code null}, which the policy does not tolerate. */
    ORIGIN_NULL,
    /**
     * None of the policy's own entries matches the origin, and the {@link AllowList} did not
     * respond.
     */
    ALLOW_LIST_UNAVAILABLE,
    /**
     * There are {@link CorsPolicies policies by scope}, and the request is in none of the scopes.
     */
    NO_POLICY,
    /** The requested method is not allowed. */
    METHOD_NOT_ALLOWED,
    /** A requested header is not allowed. */
    HEADER_NOT_ALLOWED;

    private final String code = kebab(name());

    /** Returns the reason's stable code, such as {@code origin-not-allowed}. */
    @Override
    public String toString() {
      return code;
    }
  }

  private static final String CORS_PREFIX = "Access-Control-";

  private final Outcome outcome;
  private final String value;
  private final StoreException storeFailure;

  /**
   * Creates a decision.
   *
   * @param value what the reason is about
   */
  Decision(Outcome outcome, String value) {
    this(outcome, value, null);
  }

  private Decision(Outcome outcome, String value, StoreException storeFailure) {
    this.outcome = outcome;
    this.value = value;
    this.storeFailure = storeFailure;
  }

  /** Returns the same decision, made though a store failed; itself if the failure is null. */
  Decision withStoreFailure(StoreException failure) {
    return failure == null ? this : new Decision(outcome, value, failure);
  }

  /** Returns what kind of request it is; never null. */
  public Kind kind() {
    return outcome.kind();
  }

  /**
   * Tells whether the policy allows the request. It is not access control: a request that is not
   * allowed may have been carried out; the browser only keeps its response from the page.
   */
  public boolean isAllowed() {
    return outcome.isAllowed();
  }

  /** Returns why; never null. */
  public Reason reason() {
    Reason reason = outcome.reason();
    return reason == Reason.ORIGIN_NOT_ALLOWED ? reasonOfOrigin(value) : reason;
  }

  /**
   * Returns why an origin is refused that is not allowed. It is found when somebody asks: reading
   * the whole origin takes longer than the decision.
   */
  private static Reason reasonOfOrigin(String origin) {
    if (origin.equals("null")) {
      return Reason.ORIGIN_NULL;
    }
    return Origin.scan(origin) == Origin.NOT_WELL_FORMED
        ? Reason.ORIGIN_MALFORMED
        : Reason.ORIGIN_NOT_ALLOWED;
  }

  /**
   * Returns what the reason is about, as received: the origin, the method or the name of the header
   * that was refused; the origin where the request was allowed; empty where there was none. It is
   * hostile input: {@link #explanation()} has it in a form fit for a log.
   */
  public String value() {
    return value;
  }

  /**
   * Returns the status of the response that the server makes instead of the application, from 200
   * to 499; empty where the application responds.
   */
  public OptionalInt status() {
    int status = outcome.status();
    return status == Outcome.NO_STATUS ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /**
   * Returns the headers the response must carry, by name, each with its one value, in a fixed
   * order; unmodifiable, never null. {@link Map#forEach} puts them on a response without creating
   * an object.
   */
  public Map<String, String> headers() {
    String allowOrigin = outcome.allowOrigin();
    return new HeaderMap(
        PolicyHeaders.SAME_AS_ORIGIN.equals(allowOrigin) ? value : allowOrigin,
        outcome.otherHeaders());
  }

  /**
   * Tells whether a header of the application's own is removed from its response: every {@code
   * Access-Control-*} header, and {@code Timing-Allow-Origin} and {@code
   * Cross-Origin-Resource-Policy} if the policy sets them, be it not on this response.
   *
   * @param name the name of a header, in any case; not null
   */
  public boolean replaces(String name) {
    if (name.regionMatches(true, 0, CORS_PREFIX, 0, CORS_PREFIX.length())) {
      return true;
    }
    String[] otherHeaders = outcome.otherHeaders();
    for (int i = 0; i < otherHeaders.length; i += 2) {
      if (otherHeaders[i].equalsIgnoreCase(name)) {
        return !name.equalsIgnoreCase("Vary");
      }
    }
    return false;
  }

  /**
   * Returns why the {@link AllowList} did not respond; empty if it did or was not asked. An allowed
   * request can have it: then the last known result was used.
   */
  public Optional<StoreException> storeFailure() {
    return Optional.ofNullable(storeFailure);
  }

  /** Returns the reason in one sentence of printable characters, for people and logs. */
  public String explanation() {
    String shown = Text.printable(value);
    return switch (reason()) {
      case NO_ORIGIN -> "The request has no Origin header: it is not a CORS request.";
      case SAME_ORIGIN -> "The request comes from the API's own origin " + shown + ".";
      case ALLOWED ->
          outcome.kind() == Kind.PREFLIGHT
              ? "The policy allows " + shown + " to send this method and these headers."
              : "The policy allows " + shown + " to read the response.";
      case ORIGIN_NOT_ALLOWED -> "The origin " + shown + " is not on the allow list.";
      case ORIGIN_MALFORMED ->
          "The Origin header \"" + shown + "\" is not an origin as browsers serialize it.";
      case ORIGIN_NULL ->
          "The origin is null, which any sandboxed frame can have; the policy does not tolerate it.";
      case ALLOW_LIST_UNAVAILABLE ->
          "The origin "
              + shown
              + " is not among the policy's own, and the allow list did not respond: "
              + Text.printable(storeFailure.getMessage());
      case NO_POLICY -> "No policy applies to what this request was sent to.";
      case METHOD_NOT_ALLOWED ->
          "The method \"" + Text.printableMethod(value) + "\" is not on the list of methods.";
      case HEADER_NOT_ALLOWED ->
          "The request header \"" + shown + "\" is not on the list of request headers.";
    };
  }

  /**
   * Returns the entry of the allow list that comes nearest to a refused origin: the same host with
   * another scheme or port, an entry above or below it, one that would match if the origin were
   * written as browsers write it, or one that is a single letter off. Empty if there is none, or if
   * it was not the origin that was refused.
   *
   * <p>The entry is looked for when asked, in time that grows with the list: this is for people who
   * look into a refusal, not for every request.
   */
  public Optional<OriginPattern> nearestOrigin() {
    return Optional.ofNullable(nearest()).map(NearestOrigin::pattern);
  }

  /**
   * Returns how a refused origin, method or header differs from what comes nearest to it on the
   * policy's lists, in a sentence or two of printable characters; empty if nothing comes near. Like
   * {@link #nearestOrigin} it is looked for when asked.
   */
  public String hint() {
    NearestOrigin origin = nearest();
    if (origin != null) {
      return origin.difference();
    }
    return switch (reason()) {
      case METHOD_NOT_ALLOWED -> outcome.allowedValues().methodHint(value);
      case HEADER_NOT_ALLOWED -> outcome.allowedValues().headerHint(value);
      default -> "";
    };
  }

  private NearestOrigin nearest() {
    return switch (reason()) {
      case ORIGIN_NOT_ALLOWED, ORIGIN_MALFORMED ->
          NearestOrigin.find(outcome.allowedValues().origins(), value);
      default -> null;
    };
  }

  /** Returns kind, verdict, reason and headers, for debugging. */
  @Override
  public String toString() {
    return kind() + (isAllowed() ? " allowed " : " refused ") + reason() + " " + headers();
  }

  private static String kebab(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
