package dev.corsage;

import static dev.corsage.Problem.Severity.WARNING;

import dev.corsage.PolicySettings.Key;
import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Who may call an API from a web page of another origin, and how.
 *
 * <pre>{@code
 * CorsPolicy policy = CorsPolicy.builder()
 *     .origins("https://app.example.com", "https://*.preview.example.com")
 *     .methods("PUT", "DELETE")
 *     .requestHeaders("authorization", "content-type")
 *     .credentials(true)
 *     .build();
 * Decision decision = policy.decide(request);
 * }</pre>
 *
 * <p>How a request is decided (<a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch
 * standard, CORS protocol</a>):
 *
 * <ul>
 *   <li><b>Without {@code Origin}</b> it is not a CORS request and passes. A plain {@code *} is
 *       sent all the same, because a cache may hand the response on to a CORS request.
 *   <li><b>A preflight</b> ({@code OPTIONS} with {@code Origin} and {@code
 *       Access-Control-Request-Method}) is allowed if the origin, the method and every requested
 *       header are. The response then names all methods and headers of the policy, so that one
 *       preflight fills the browser's cache for all of them; where the policy has {@code *} and
 *       credentials, which browsers do not take together, it names what was asked for. Otherwise it
 *       is refused with {@link Builder#refusedStatus a status of its own} and no {@code
 *       Access-Control-*} header at all.
 *   <li><b>Any other request with {@code Origin}</b> is an actual request. It reaches the
 *       application either way, unless {@link Builder#blockRefusedOrigins} says otherwise; if its
 *       origin is allowed, the response says so. If its origin is not on the list but is the one
 *       the request was sent to, it is not a CORS request and passes.
 * </ul>
 *
 * <p>Values are compared as they came: a request with the method {@code options} is not a
 * preflight, and several lines of {@code Origin} or {@code Access-Control-Request-Method} are one
 * value with commas in it, which is not an origin and not a method. An empty {@code Origin} is
 * malformed, and refused. Only a plain {@code *} takes everything, {@code null} and malformed
 * values included.
 *
 * <p>A policy with an {@link AllowList} asks it for origins that its own entries do not allow, and
 * caches the results. Only such a decision can wait, for the timeout of {@link CacheSettings} at
 * most. While the store does not respond, the last result counts for a while; an origin of which
 * nothing is known is refused.
 *
 * <p>{@code Vary: Origin} goes onto every response, errors and refusals included, unless the policy
 * is a plain {@code *}, whose response is the same for all; preflights also vary on what they
 * asked.
 *
 * <p>CORS relaxes what browsers forbid; it protects nothing by itself. Requests without a browser
 * carry any {@code Origin} they like.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class CorsPolicy implements CorsDecider {
  /** The status of the response to a refused actual request that does not reach the application. */
  static final int BLOCKED_STATUS = 403;

  private final List<OriginPattern> origins;
  private final OriginSet originSet;

  /** Origins in a store; null if there are none. */
  private final AllowListCache allowList;

  private final Set<String> methods;
  private final HeaderNames requestHeaders;
  private final boolean anyMethod;
  private final boolean namesWhatWasAsked;
  private final List<Problem> warnings;
  private final PolicyHeaders headers;

  private final Outcomes outcomes;

  private final Decision withoutOrigin;

  // Decisions by the numbers of exact origins, each made for the first request of its origin, so
  // that a cold start makes none. Written without a lock, as the hash of a string is.
  private final Decision[] actualOfExactOrigins;
  private final Decision[] preflightOfExactOrigins;

  /** Builds what was found to be valid. */
  CorsPolicy(PolicyValidator valid, OpenLists lists) {
    PolicySettings settings = valid.settings();
    boolean credentials = settings.isTrue(Key.CREDENTIALS);
    origins = valid.origins();
    originSet = valid.originSet();
    LookupThreads threads = lists.of(settings);
    allowList =
        threads == null
            ? null
            : new AllowListCache(
                threads,
                new CandidatePatterns(settings),
                settings.get(Key.CACHE).orElse(CacheSettings.defaults()));
    methods = allowedMethods(valid.methods());
    requestHeaders = new HeaderNames(valid.requestHeaders(), credentials);
    anyMethod = methods.contains("*");
    namesWhatWasAsked = credentials && (anyMethod || valid.requestHeaders().contains("*"));
    List<Problem> found = new ArrayList<>(valid.problems());
    found.removeIf(problem -> problem.severity() != WARNING);
    warnings = List.copyOf(found);
    headers = new PolicyHeaders(valid);

    outcomes = new Outcomes(valid, headers);
    withoutOrigin = new Decision(outcomes.withoutOrigin, "");
    // Of long lists they would take more memory than the list, and longer to come from it.
    int exact = originSet.exact().size();
    int kept = exact <= ExactOrigins.SMALL ? exact : 0;
    actualOfExactOrigins = new Decision[kept];
    preflightOfExactOrigins = new Decision[kept];
  }

  private static Set<String> allowedMethods(Set<String> listed) {
    Set<String> allowed = new HashSet<>(FetchNames.SAFELISTED_METHODS);
    allowed.addAll(listed);
    // Not Set.copyOf, whose sets divide for each lookup.
    return allowed;
  }

  /**
   * Checks settings and makes the decider that they write: a {@code CorsPolicy}, or {@link
   * CorsPolicies} if they have several by scope. Every policy is made in this way, however it was
   * written.
   *
   * @param settings the settings; not null
   * @param stores opens the allow list that a reference names. It is called once for each list,
   *     after everything has been found in order; {@link CorsDecider#close} of the decider closes
   *     what it opened. Not null.
   * @throws InvalidPolicyException if there is an error; it names all of them
   * @throws IllegalArgumentException if {@code stores} throws it, because it cannot use a reference
   */
  public static CorsDecider compile(
      PolicySettings settings, Function<StoreReference, ? extends EditableAllowList> stores) {
    CheckedSettings checked = CheckedSettings.of(settings);
    for (Problem problem : checked.problems()) {
      if (problem.isError()) {
        throw new InvalidPolicyException(checked.problems());
      }
    }
    OpenLists lists = new OpenLists(stores);
    try {
      return checked.build(lists);
    } catch (RuntimeException | Error failed) {
      lists.close();
      throw failed;
    }
  }

  /**
   * Makes the decider that settings write which name no store.
   *
   * @throws InvalidPolicyException if there is an error; it names all of them
   * @throws IllegalArgumentException if they name a store
   */
  public static CorsDecider compile(PolicySettings settings) {
    return compile(
        settings,
        reference -> {
          throw new IllegalArgumentException("There is nothing here that opens " + reference + ".");
        });
  }

  /** Returns a new builder, in which nothing is allowed. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Decision decide(HttpRequest request) {
    List<String> origin = request.header("origin");
    if (origin.isEmpty()) {
      return withoutOrigin;
    }
    // Fetch joins the lines of a header, and what joins several origins is not an origin.
    String value = Text.joined(origin);
    if (request.method().equals("OPTIONS")) {
      List<String> method = request.header("access-control-request-method");
      if (!method.isEmpty()) {
        return decidePreflight(value, Text.joined(method), request);
      }
    }
    return decideActual(value, request);
  }

  private Decision decidePreflight(String origin, String method, HttpRequest request) {
    int exact = originSet.exact().find(origin);
    if (exact != ExactOrigins.NOT_FOUND || originSet.containsBesidesExact(origin)) {
      return decidePreflightOfAllowed(origin, exact, method, request);
    }
    CachedLookup lookup = findInStore(origin);
    Decision decision =
        lookup.isListed()
            ? decidePreflightOfAllowed(origin, exact, method, request)
            : new Decision(
                lookup.isUnknown() ? outcomes.preflightOfUnknown : outcomes.refusedPreflight,
                origin);
    return decision.withStoreFailure(lookup.failure());
  }

  private Decision decidePreflightOfAllowed(
      String origin, int exact, String method, HttpRequest request) {
    if (!isMethodAllowed(method)) {
      return new Decision(outcomes.refusedMethod, method);
    }
    List<String> headerLines = request.header("access-control-request-headers");
    String header = requestHeaders.firstNotAllowed(headerLines);
    if (header != null) {
      return new Decision(outcomes.refusedHeader, header);
    }
    if (namesWhatWasAsked) {
      String[] named = headers.ofPreflightFor(method, headerLines);
      return new Decision(outcomes.allowedPreflight.with(named), origin);
    }
    return allowed(preflightOfExactOrigins, exact, outcomes.allowedPreflight, origin);
  }

  private Decision decideActual(String origin, HttpRequest request) {
    int exact = originSet.exact().find(origin);
    if (exact != ExactOrigins.NOT_FOUND || originSet.containsBesidesExact(origin)) {
      return allowed(actualOfExactOrigins, exact, outcomes.allowedActual, origin);
    }
    if (request.isSentTo(origin)) {
      return new Decision(outcomes.sameOrigin, origin);
    }
    CachedLookup lookup = findInStore(origin);
    Outcome outcome =
        lookup.isListed()
            ? outcomes.allowedActual
            : lookup.isUnknown() ? outcomes.actualOfUnknown : outcomes.refusedActual;
    return new Decision(outcome, origin).withStoreFailure(lookup.failure());
  }

  private static Decision allowed(Decision[] known, int exact, Outcome outcome, String origin) {
    if (exact < 0 || exact >= known.length) {
      return new Decision(outcome, origin);
    }
    Decision decision = known[exact];
    if (decision == null) {
      decision = new Decision(outcome, origin);
      known[exact] = decision;
    }
    return decision;
  }

  private CachedLookup findInStore(String origin) {
    return allowList == null ? CachedLookup.outOfQuestion() : allowList.find(origin);
  }

  boolean blocksRefusedOrigins() {
    return outcomes.refusedActual.status() == BLOCKED_STATUS;
  }

  PolicyHeaders headers() {
    return headers;
  }

  private boolean isMethodAllowed(String method) {
    return methods.contains(method)
        || (anyMethod && FetchNames.isToken(method) && !FetchNames.isForbiddenMethod(method));
  }

  /** Returns the allow list, in the order it was given, without duplicates; unmodifiable. */
  public List<OriginPattern> origins() {
    return origins;
  }

  /**
   * Returns what is questionable about the policy, though it builds: for the log; unmodifiable,
   * empty if there is nothing. Problems of the severity {@code INFO} are in {@link
   * Builder#problems} only.
   */
  @Override
  public List<Problem> warnings() {
    return warnings;
  }

  @Override
  public List<AllowList> allowLists() {
    return allowList == null ? List.of() : List.of(allowList.list());
  }

  @Override
  public void close() {
    if (allowList != null) {
      allowList.close();
    }
  }

  /**
   * Collects a policy, checks it and builds it.
   *
   * <p>The methods that take several values add them to those already there. None of them checks
   * anything: {@link #build} does, and names every problem at once. Not safe for use by many
   * threads; can be used again after {@link #build}.
   */
  public static final class Builder {
    private final PolicySettings.Builder settings = PolicySettings.builder(path -> path);
    private final List<String> origins = new ArrayList<>();
    private final List<String> methods = new ArrayList<>();
    private final List<String> requestHeaders = new ArrayList<>();
    private final List<String> exposedHeaders = new ArrayList<>();

    private Builder() {}

    /**
     * Allows these origins; at least one call is required. An empty list allows none.
     *
     * @param patterns entries in the grammar of {@link OriginPattern}
     */
    public Builder origins(String... patterns) {
      return origins(Arrays.asList(patterns));
    }

    /**
     * Allows these origins; at least one call is required. An empty list allows none.
     *
     * @param patterns entries in the grammar of {@link OriginPattern}
     */
    public Builder origins(Collection<String> patterns) {
      return add(Key.ORIGINS, origins, patterns);
    }

    /**
     * Allows the origins that this list has, beside those of {@link #origins(String...)}, which
     * then need not be called; results are cached as in {@link CacheSettings#defaults()}.
     *
     * @param list the list; not null. It is asked for exact origins, subdomain wildcards and any
     *     ports; entries with which this policy would not build do not count, and wildcards at a
     *     public suffix count only if it {@link #toleratePublicSuffixes tolerates} them.
     */
    public Builder allowList(AllowList list) {
      return allowList(list, CacheSettings.defaults());
    }

    /**
     * Allows the origins that this list has; see {@link #allowList(AllowList)}.
     *
     * @param cache how long results are cached and waited for; not null
     */
    public Builder allowList(AllowList list, CacheSettings cache) {
      settings.set(Key.ALLOW_LIST, list).set(Key.CACHE, cache);
      return this;
    }

    /**
     * Allows these methods beside {@code GET}, {@code HEAD} and {@code POST}, which always are.
     *
     * @param names methods in upper case, such as {@code PUT}; {@code *} allows all, also with
     *     credentials, where the response names the method that was asked for. Refused are {@code
     *     CONNECT}, {@code TRACE}, {@code TRACK} and values that are not tokens.
     */
    public Builder methods(String... names) {
      return methods(Arrays.asList(names));
    }

    /** Allows these methods; see {@link #methods(String...)}. */
    public Builder methods(Collection<String> names) {
      return add(Key.METHODS, methods, names);
    }

    /**
     * Allows pages to set these request headers beside the CORS-safelisted ones.
     *
     * @param names header names, in any case, such as {@code content-type} (needed for JSON) and
     *     {@code authorization}; {@code *} allows all but {@code authorization}, which then is
     *     listed beside it; with credentials it allows all. Refused are headers that browsers
     *     reserve for themselves, and values that are not tokens.
     */
    public Builder requestHeaders(String... names) {
      return requestHeaders(Arrays.asList(names));
    }

    /** Allows these request headers; see {@link #requestHeaders(String...)}. */
    public Builder requestHeaders(Collection<String> names) {
      return add(Key.REQUEST_HEADERS, requestHeaders, names);
    }

    /**
     * Lets pages read these response headers beside the CORS-safelisted ones.
     *
     * @param names header names, in any case, such as {@code etag}; {@code *} exposes all, but not
     *     with credentials. Refused are {@code set-cookie}, which browsers never show, and values
     *     that are not tokens.
     */
    public Builder exposedHeaders(String... names) {
      return exposedHeaders(Arrays.asList(names));
    }

    /** Exposes these response headers; see {@link #exposedHeaders(String...)}. */
    public Builder exposedHeaders(Collection<String> names) {
      return add(Key.EXPOSED_HEADERS, exposedHeaders, names);
    }

    /**
     * Lets pages send cookies and other credentials of the user with their requests, and read the
     * responses. False unless set.
     *
     * <p>With credentials these are refused: {@code *} and {@code null} among the origins, origins
     * that are neither {@code https} nor loopback, wildcards that anybody can register a name
     * under, and {@code *} among the exposed headers.
     */
    public Builder credentials(boolean allowed) {
      settings.set(Key.CREDENTIALS, allowed);
      return this;
    }

    /**
     * Sets how long browsers may keep the response to a preflight; without it they keep it for 5
     * seconds.
     *
     * @param seconds from 0 to 86,400; 0 or -1 turns the cache off. Chromium keeps it for 7,200
     *     seconds at most, Safari for 600.
     */
    public Builder maxAgeSeconds(int seconds) {
      settings.set(Key.MAX_AGE_SECONDS, seconds);
      return this;
    }

    /** Sets the status of allowed preflights, from 200 to 299; 204 unless set. */
    public Builder preflightStatus(int status) {
      settings.set(Key.PREFLIGHT_STATUS, status);
      return this;
    }

    /** Sets the status of refused preflights, from 200 to 299 or 400 to 499; 403 unless set. */
    public Builder refusedStatus(int status) {
      settings.set(Key.REFUSED_STATUS, status);
      return this;
    }

    /**
     * Names a fixed origin in the {@code Access-Control-Allow-Origin} of refused preflights, for
     * clients that expect the header always. It must be one of the exact origins of the list; the
     * caller's own is never sent back. No such header is sent unless this is set.
     */
    public Builder refusedOrigin(String origin) {
      settings.set(Key.REFUSED_ORIGIN, origin);
      return this;
    }

    /**
     * Refuses actual requests of refused origins with 403 before they reach the application. False
     * unless set: browsers keep the response from the page in any case. Requests without {@code
     * Origin} and same-origin requests pass.
     */
    public Builder blockRefusedOrigins(boolean blocked) {
      settings.set(Key.BLOCK_REFUSED_ORIGINS, blocked);
      return this;
    }

    /**
     * Lets pages of allowed origins read the timing of responses ({@code Timing-Allow-Origin}, <a
     * href="https://www.w3.org/TR/resource-timing/#sec-timing-allow-origin">Resource Timing</a>).
     * False unless set: the application's own header then stays as it is.
     */
    public Builder timingAllowOrigin(boolean allowed) {
      settings.set(Key.TIMING_ALLOW_ORIGIN, allowed);
      return this;
    }

    /**
     * Sets which sites may embed responses without CORS, as images and scripts are ({@code
     * Cross-Origin-Resource-Policy}, <a
     * href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header">Fetch
     * standard</a>). It is on every response to an actual request, those without {@code Origin}
     * included. Unless set, the application's own header stays as it is.
     *
     * @param policy {@code same-origin}, {@code same-site} or {@code cross-origin}
     */
    public Builder resourcePolicy(String policy) {
      settings.set(Key.RESOURCE_POLICY, policy);
      return this;
    }

    /** Turns the error for insecure origins with credentials into a warning. False unless set. */
    public Builder tolerateInsecureOrigins(boolean tolerated) {
      settings.set(Key.TOLERATE_INSECURE_ORIGINS, tolerated);
      return this;
    }

    /**
     * Turns the error for wildcards at a public suffix with credentials into a warning. False
     * unless set.
     */
    public Builder toleratePublicSuffixes(boolean tolerated) {
      settings.set(Key.TOLERATE_PUBLIC_SUFFIXES, tolerated);
      return this;
    }

    /**
     * Turns the error for {@code null} among the origins into a warning; never with credentials.
     * False unless set. It does not add {@code null} to the list.
     */
    public Builder tolerateNullOrigin(boolean tolerated) {
      settings.set(Key.TOLERATE_NULL_ORIGIN, tolerated);
      return this;
    }

    private Builder add(Key<List<String>> key, List<String> list, Collection<String> values) {
      for (String value : values) {
        list.add(Objects.requireNonNull(value, "null in a list of a policy"));
      }
      settings.set(key, list);
      return this;
    }

    /** Returns the settings as they are now; not null. */
    public PolicySettings settings() {
      return settings.build();
    }

    /** Returns the settings as they are now, as a part of a document. */
    PolicySettings settings(UnaryOperator<String> fields) {
      return settings.build(fields);
    }

    /** Returns every problem of the policy as it is now, whatever its severity. */
    public List<Problem> problems() {
      return settings().problems();
    }

    /**
     * Builds the policy.
     *
     * @throws InvalidPolicyException if there is an error; it names all of them
     */
    public CorsPolicy build() {
      return (CorsPolicy) compile(settings());
    }
  }
}
