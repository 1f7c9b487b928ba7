package dev.corsage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a policy applies: a stage, an API, a domain, a path, a method, or any of them together.
 * What a scope does not name is not compared; {@link #anywhere()} is everywhere.
 *
 * <table>
 * <caption>Paths</caption>
 * <tr><th>written</th><th>is</th><th>is not</th></tr>
 * <tr><td>{@code /orders}</td><td>exactly that</td>
 *     <td>{@code /orders/}, {@code /Orders}, {@code /orders/7}</td></tr>
 * <tr><td>{@code /public/*}</td><td>{@code /public/}, {@code /public/a}, {@code /public/a/b}</td>
 *     <td>{@code /public}, {@code /publications}, {@code /public/../admin}</td></tr>
 * </table>
 *
 * <p>A request's path is percent-decoded once, runs of slashes count as one and dot segments are
 * resolved before it is compared, character by character: case matters, {@code +} is a plus, and
 * there are no regular expressions (the lessons of CVE-2024-6839, CVE-2024-6844 and CVE-2024-6866).
 * A path that servers could read in more than one way, such as {@code /a/..;/b}, {@code /a%252fb}
 * or one with a backslash, is in no scope that has a path.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class PolicyScope {
  private static final PolicyScope ANYWHERE = new PolicyScope(null, null, null, null, null);

  private final String stage;
  private final String apiId;
  private final String domain;
  private final String path;
  private final String method;

  private PolicyScope(String stage, String apiId, String domain, String path, String method) {
    this.stage = stage;
    this.apiId = apiId;
    this.domain = domain;
    this.path = path;
    this.method = method;
  }

  /** Returns the scope that is everywhere. */
  public static PolicyScope anywhere() {
    return ANYWHERE;
  }

  /** Returns this scope in one stage only, such as {@code prod} or {@code $default}; not null. */
  public PolicyScope stage(String name) {
    return new PolicyScope(Objects.requireNonNull(name, "name"), apiId, domain, path, method);
  }

  /** Returns this scope in one API only, by the id that API Gateway gave it; not null. */
  public PolicyScope apiId(String id) {
    return new PolicyScope(stage, Objects.requireNonNull(id, "id"), domain, path, method);
  }

  /**
   * Returns this scope at one domain only, such as {@code api.example.com}, in lower case; not
   * null. In requests neither case nor a trailing dot matters.
   */
  public PolicyScope domain(String name) {
    return new PolicyScope(stage, apiId, Objects.requireNonNull(name, "name"), path, method);
  }

  /**
   * Returns this scope at one path only, or at all paths below one.
   *
   * @param pattern a path, not percent-encoded, that may end in {@code /*}; not null
   */
  public PolicyScope path(String pattern) {
    return new PolicyScope(
        stage, apiId, domain, Objects.requireNonNull(pattern, "pattern"), method);
  }

  /**
   * Returns this scope for requests of one method only, such as {@code GET}, in upper case; not
   * null. A preflight counts as the method that it asks for, so that it and the request behind it
   * are decided by one policy. Where the method of a request is the same in another case, it is not
   * known whether the request is in the scope.
   */
  public PolicyScope method(String name) {
    return new PolicyScope(stage, apiId, domain, path, Objects.requireNonNull(name, "name"));
  }

  /** Whether a request is in a scope. */
  enum Match {
    YES,
    NO,
    /** Unknown: the request does not have what the scope compares. */
    UNKNOWN
  }

  /**
   * Tells whether a request is in this scope.
   *
   * @param resolvedPath the request's path as {@link RequestPath} resolves it, or null
   */
  Match matches(HttpRequest request, String resolvedPath) {
    Match byStage = stage == null ? Match.YES : equal(stage, request.stage());
    Match byApi = apiId == null ? Match.YES : equal(apiId, request.apiId());
    String asked = domain == null ? null : request.domain();
    Match byDomain =
        domain == null ? Match.YES : equal(domain, asked == null ? null : hostOrNull(asked));
    Match byPath = path == null ? Match.YES : matchPath(resolvedPath);
    Match byMethod = method == null ? Match.YES : matchMethod(methodOf(request));
    List<Match> all = List.of(byStage, byApi, byDomain, byPath, byMethod);
    return all.contains(Match.NO)
        ? Match.NO
        : all.contains(Match.UNKNOWN) ? Match.UNKNOWN : Match.YES;
  }

  /**
   * Methods are case-sensitive (RFC 9110, section 9.1), and Fetch puts only six of them in upper
   * case: a page that asks for {@code patch} sends {@code patch}. Some servers take it for {@code
   * PATCH} all the same, so that nobody knows whether it is in a scope of {@code PATCH}.
   */
  private Match matchMethod(String asked) {
    return asked.equals(method)
        ? Match.YES
        : asked.equalsIgnoreCase(method) ? Match.UNKNOWN : Match.NO;
  }

  /** Several lines are one value with commas in it, which is not a method. */
  private static String methodOf(HttpRequest request) {
    List<String> asked =
        request.method().equals("OPTIONS") && !request.header("origin").isEmpty()
            ? request.header("access-control-request-method")
            : List.of();
    return asked.isEmpty() ? request.method() : Text.joined(asked);
  }

  /**
   * A text that is not a host cannot be compared with one; a trailing dot makes the same name
   * absolute.
   */
  private static String hostOrNull(String asked) {
    String host = FetchNames.lowerCase(asked);
    host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return Host.check(host, true) == null ? host : null;
  }

  private static Match equal(String wanted, String value) {
    return value == null ? Match.UNKNOWN : value.equals(wanted) ? Match.YES : Match.NO;
  }

  private Match matchPath(String resolved) {
    if (resolved == null) {
      return Match.UNKNOWN;
    }
    boolean here = isPrefix() ? resolved.startsWith(prefix()) : resolved.equals(path);
    return here ? Match.YES : Match.NO;
  }

  private boolean isPrefix() {
    return path.endsWith("/*");
  }

  private String prefix() {
    return path.substring(0, path.length() - 1);
  }

  /** Tells whether every request in another scope is in this one too. */
  boolean covers(PolicyScope other) {
    return (stage == null || stage.equals(other.stage))
        && (apiId == null || apiId.equals(other.apiId))
        && (domain == null || domain.equals(other.domain))
        && (method == null || method.equals(other.method))
        && (path == null || (other.path != null && coversPath(other.path)));
  }

  private boolean coversPath(String other) {
    return other.equals(path) || (isPrefix() && other.startsWith(prefix()));
  }

  boolean hasPath() {
    return path != null;
  }

  boolean hasMethod() {
    return method != null;
  }

  /** Tells whether it is where users are, judging by the usual names of such stages. */
  boolean isProduction() {
    return stage != null
        && List.of("prod", "production", "live").contains(stage.toLowerCase(Locale.ROOT));
  }

  /** Tells whether the host of an origin is the domain of this scope. */
  boolean isAt(String host) {
    return host.equals(domain);
  }

  /**
   * Returns what is wrong with it.
   *
   * @param field where it is written, such as {@code policies[0]}
   */
  List<Problem> problems(String field) {
    List<Problem> problems = new ArrayList<>();
    if (stage != null && !stage.equals("$default") && !stage.matches("[A-Za-z0-9_-]{1,128}")) {
      problems.add(problem(PolicyCode.SCOPE_STAGE, field + ".stage", stage));
    }
    if (apiId != null && !apiId.matches("[A-Za-z0-9-]{1,64}")) {
      problems.add(problem(PolicyCode.SCOPE_API_ID, field + ".apiId", apiId));
    }
    if (domain != null && Host.check(domain, true) != null) {
      problems.add(problem(PolicyCode.SCOPE_DOMAIN, field + ".domain", domain));
    }
    if (path != null && !isWellFormedPath()) {
      problems.add(problem(PolicyCode.SCOPE_PATH, field + ".path", path));
    }
    if (method != null && !isMethodOfPages()) {
      problems.add(problem(PolicyCode.SCOPE_METHOD, field + ".method", method));
    }
    return problems;
  }

  private static Problem problem(PolicyCode code, String field, String value) {
    return Problem.misplaced(field, value).orElseGet(() -> Problem.of(code, field, value));
  }

  /** A scope of OPTIONS would take no preflight, which is hardly what its author means. */
  private boolean isMethodOfPages() {
    return FetchNames.isToken(method)
        && method.equals(method.toUpperCase(Locale.ROOT))
        && method.indexOf('*') < 0
        && !method.equals("OPTIONS")
        && !FetchNames.isRouteMethod(method)
        && !FetchNames.isForbiddenMethod(method);
  }

  private boolean isWellFormedPath() {
    String plain = isPrefix() ? prefix() : path;
    return plain.chars().noneMatch(c -> c == '*' || c == '{' || c == '}')
        && plain.indexOf('%') < 0
        && plain.equals(RequestPath.resolve(plain));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyScope place && covers(place) && place.covers(this);
  }

  @Override
  public int hashCode() {
    return Objects.hash(stage, apiId, domain, path, method);
  }

  /** Returns what it compares, such as {@code stage prod, path /public/*}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, "stage ", stage);
    add(parts, "API ", apiId);
    add(parts, "domain ", domain);
    add(parts, "path ", path);
    add(parts, "method ", method);
    return parts.isEmpty() ? "anywhere" : String.join(", ", parts);
  }

  private static void add(List<String> parts, String name, String value) {
    if (value != null) {
      parts.add(name + value);
    }
  }
}
