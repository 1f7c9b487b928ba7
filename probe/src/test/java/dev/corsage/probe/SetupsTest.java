package dev.corsage.probe;

import static dev.corsage.probe.ProbeCode.ALLOW_ORIGIN_INVALID;
import static dev.corsage.probe.ProbeCode.ALLOW_ORIGIN_TWICE;
import static dev.corsage.probe.ProbeCode.ANY_ORIGIN_REFLECTED;
import static dev.corsage.probe.ProbeCode.DOT_TRUSTED;
import static dev.corsage.probe.ProbeCode.ERROR_WITHOUT_CORS;
import static dev.corsage.probe.ProbeCode.HEADER_NOT_ALLOWED;
import static dev.corsage.probe.ProbeCode.INSECURE_TRUSTED;
import static dev.corsage.probe.ProbeCode.MAX_AGE_MISSING;
import static dev.corsage.probe.ProbeCode.METHOD_NOT_ALLOWED;
import static dev.corsage.probe.ProbeCode.NULL_TRUSTED;
import static dev.corsage.probe.ProbeCode.PREFIX_TRUSTED;
import static dev.corsage.probe.ProbeCode.PREFLIGHT_NO_ROUTE;
import static dev.corsage.probe.ProbeCode.PREFLIGHT_REDIRECT;
import static dev.corsage.probe.ProbeCode.PREFLIGHT_STATUS;
import static dev.corsage.probe.ProbeCode.PREFLIGHT_UNAUTHORIZED;
import static dev.corsage.probe.ProbeCode.STAR_WITH_CREDENTIALS;
import static dev.corsage.probe.ProbeCode.SUBDOMAIN_TRUSTED;
import static dev.corsage.probe.ProbeCode.SUFFIX_TRUSTED;
import static dev.corsage.probe.ProbeCode.VARY_MISSING;
import static dev.corsage.probe.StandIn.PAGE;
import static dev.corsage.probe.StandIn.all;
import static dev.corsage.probe.StandIn.allowed;
import static dev.corsage.probe.StandIn.allowing;
import static dev.corsage.probe.StandIn.good;
import static dev.corsage.probe.StandIn.http;
import static dev.corsage.probe.StandIn.on;
import static dev.corsage.probe.StandIn.preflight;
import static dev.corsage.probe.StandIn.requests;
import static dev.corsage.probe.StandIn.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.browser.CredentialsMode;
import dev.corsage.probe.StandIn.Reply;
import dev.corsage.probe.StandIn.Request;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Live set-ups, one a row, each with exactly its codes. */
class SetupsTest {
  private static final String TWO =
      "Access-Control-Allow-Origin: https://app.example.com, https://app.example.com";

  record Setup(
      String name,
      Function<Request, Reply> api,
      UnaryOperator<Probe> probe,
      boolean readable,
      Layer layer,
      Set<ProbeCode> codes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Setup get(
      String name, boolean readable, Function<Request, Reply> api, ProbeCode... codes) {
    return new Setup(name, api, probe -> probe, readable, null, Set.of(codes));
  }

  /** The page sends JSON with PUT, so that there is a preflight. */
  private static Setup put(
      String name, boolean readable, Function<Request, Reply> api, ProbeCode... codes) {
    return new Setup(
        name,
        api,
        probe -> probe.method("PUT").header("Content-Type", "application/json"),
        readable,
        null,
        Set.of(codes));
  }

  private static Setup cookies(
      String name, boolean readable, Function<Request, Reply> api, ProbeCode... codes) {
    return new Setup(
        name,
        api,
        probe -> probe.credentials(CredentialsMode.INCLUDE),
        readable,
        null,
        Set.of(codes));
  }

  private static Setup bearer(
      String name, boolean readable, Function<Request, Reply> api, ProbeCode... codes) {
    return new Setup(
        name,
        api,
        probe -> probe.header("Authorization", "Bearer s3cret"),
        readable,
        null,
        Set.of(codes));
  }

  private static Setup by(Layer layer, Setup setup) {
    return new Setup(setup.name, setup.api, setup.probe, setup.readable, layer, setup.codes);
  }

  private static Predicate<String> ends(String end) {
    return origin -> origin.startsWith("https://") && origin.endsWith(end);
  }

  private static Predicate<String> matches(String regex) {
    return Pattern.compile(regex).asMatchPredicate();
  }

  private static Function<Request, Reply> preflightIs(Reply reply) {
    return on(good(), Request::isPreflight, was -> reply);
  }

  private static Function<Request, Reply> requestsAre(Reply reply) {
    return on(good(), request -> !request.isPreflight(), was -> reply);
  }

  private static Function<Request, Reply> errorsAre(Reply reply) {
    return on(good(), request -> !request.path().equals("/items"), was -> reply);
  }

  private static Function<Request, Reply> withoutToken(Reply reply) {
    return on(
        good(), request -> !request.isPreflight() && request.authorization() == null, was -> reply);
  }

  private static Reply star(Request request) {
    Reply reply = StandIn.actual(request).with("Access-Control-Allow-Origin: *");
    return request.isPreflight() ? StandIn.lists(reply.status(204).body("")) : reply;
  }

  static Stream<Setup> setups() {
    return Stream.of(
        // As it should be.
        get("exact list", true, good()),
        put("exact list, PUT", true, good()),
        bearer("exact list, token", true, good()),
        cookies(
            "with credentials",
            true,
            all(allowed(r -> r.with("Access-Control-Allow-Credentials: true")))),
        get("public API", true, SetupsTest::star),
        put("public API, PUT", true, SetupsTest::star),
        put("preflight 200 with a body", true, preflight(allowed(r -> r.status(200).body("ok")))),
        get("another origin is allowed", false, allowing("https://www.example.com"::equals)),
        get("no CORS at all", false, StandIn::actual),
        get(
            "one constant origin",
            true,
            all(
                r ->
                    r.without("Vary")
                        .without("Access-Control-Allow-Origin")
                        .with("Access-Control-Allow-Origin: " + PAGE))),

        // Who else is let in.
        get("reflected", true, allowing(o -> true), ANY_ORIGIN_REFLECTED),
        get("reflected, not null", true, allowing(o -> !o.equals("null")), ANY_ORIGIN_REFLECTED),
        cookies(
            "reflected with credentials",
            true,
            on(
                allowing(o -> true),
                r -> true,
                allowed(r -> r.with("Access-Control-Allow-Credentials: true"))),
            ANY_ORIGIN_REFLECTED),
        get(
            "reflected without Vary",
            true,
            on(allowing(o -> true), r -> true, r -> r.without("Vary")),
            ANY_ORIGIN_REFLECTED,
            VARY_MISSING),
        get("null", true, allowing(o -> o.equals(PAGE) || o.equals("null")), NULL_TRUSTED),
        get("prefix", true, allowing(o -> o.startsWith(PAGE)), PREFIX_TRUSTED),
        get(
            "prefix of a host alone",
            true,
            allowing(matches("https://app\\.example\\.com[^.]*(\\..*)?")),
            PREFIX_TRUSTED),
        get(
            "prefix, dots refused",
            true,
            allowing(matches("https://app\\.example\\.com([^.a-z:].*)?")),
            PREFIX_TRUSTED),
        get("suffix", true, allowing(ends("app.example.com")), SUFFIX_TRUSTED),
        get("suffix of the site", true, allowing(ends("example.com")), SUFFIX_TRUSTED),
        get(
            "substring",
            true,
            allowing(o -> o.startsWith("https:") && o.contains("example.com")),
            PREFIX_TRUSTED,
            SUFFIX_TRUSTED),
        get(
            "every dot is any character",
            true,
            allowing(matches("https://app.example.com")),
            DOT_TRUSTED),
        get("the first dot is", true, allowing(matches("https://app.example\\.com")), DOT_TRUSTED),
        get("the last dot is", true, allowing(matches("https://app\\.example.com")), DOT_TRUSTED),
        get("http too", true, allowing(matches("https?://app\\.example\\.com")), INSECURE_TRUSTED),
        get(
            "the host alone is compared",
            true,
            allowing(o -> o.endsWith("//app.example.com")),
            INSECURE_TRUSTED),
        get(
            "subdomains of the page",
            true,
            allowing(matches("https://(.*\\.)?app\\.example\\.com")),
            SUBDOMAIN_TRUSTED),
        get("subdomains of the site", true, allowing(ends(".example.com")), SUBDOMAIN_TRUSTED),
        get(
            "subdomains of the site, http too",
            true,
            allowing(o -> o.endsWith(".example.com")),
            SUBDOMAIN_TRUSTED,
            INSECURE_TRUSTED),
        get("any port", true, allowing(matches("https://app\\.example\\.com(:[0-9]+)?"))),
        get("in any case", true, allowing(PAGE::equalsIgnoreCase)),
        get("with a last dot", true, allowing(matches("https://app\\.example\\.com\\.?"))),
        put(
            "reflected by the preflight alone",
            true,
            r -> r.isPreflight() ? allowing(o -> true).apply(r) : good().apply(r),
            ANY_ORIGIN_REFLECTED),
        put(
            "reflected by requests alone",
            true,
            r -> r.isPreflight() ? good().apply(r) : allowing(o -> true).apply(r),
            ANY_ORIGIN_REFLECTED),
        get(
            "subdomains of the API",
            true,
            allowing(
                matches("https://app\\.example\\.com|https://.*\\.api\\.example\\.com(:[0-9]+)?")),
            SUBDOMAIN_TRUSTED),

        // What the headers are.
        get(
            "star, with true",
            true,
            on(SetupsTest::star, r -> true, r -> r.with("Access-Control-Allow-Credentials: true")),
            STAR_WITH_CREDENTIALS),
        cookies("star for a page with cookies", false, SetupsTest::star, STAR_WITH_CREDENTIALS),
        cookies("credentials are not allowed", false, good()),
        cookies(
            "credentials: True",
            false,
            all(allowed(r -> r.with("Access-Control-Allow-Credentials: True")))),
        get("no Vary", true, all(r -> r.without("Vary")), VARY_MISSING),
        get(
            "no Vary where refused",
            true,
            all(
                r ->
                    r.headers().stream().anyMatch(h -> h.startsWith("Access-"))
                        ? r
                        : r.without("Vary")),
            VARY_MISSING),
        get("Vary: *", true, all(r -> r.without("Vary").with("Vary: *"))),
        get(
            "Vary has others, too",
            true,
            all(r -> r.without("Vary").with("Vary: Accept-Encoding, ORIGIN"))),
        get(
            "star only where there is an Origin",
            true,
            r -> r.origin() == null ? StandIn.actual(r) : star(r),
            VARY_MISSING),
        get(
            "the header twice",
            false,
            all(allowed(r -> r.with("Access-Control-Allow-Origin: " + PAGE))),
            ALLOW_ORIGIN_TWICE),
        put(
            "the header twice, after a good preflight",
            false,
            requests(allowed(r -> r.with("Access-Control-Allow-Origin: *"))),
            ALLOW_ORIGIN_TWICE),
        get(
            "two values in a line",
            false,
            all(allowed(r -> r.without("Access-Control-Allow-Origin").with(TWO))),
            ALLOW_ORIGIN_TWICE),
        put(
            "two values in the preflight",
            false,
            preflight(allowed(r -> r.without("Access-Control-Allow-Origin").with(TWO))),
            ALLOW_ORIGIN_TWICE),
        get(
            "a slash at the end",
            false,
            all(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Origin")
                            .with("Access-Control-Allow-Origin: " + PAGE + "/"))),
            ALLOW_ORIGIN_INVALID),
        get(
            "a pattern",
            false,
            all(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Origin")
                            .with("Access-Control-Allow-Origin: https://*.example.com"))),
            ALLOW_ORIGIN_INVALID),
        get(
            "no scheme",
            false,
            all(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Origin")
                            .with("Access-Control-Allow-Origin: app.example.com"))),
            ALLOW_ORIGIN_INVALID),
        get(
            "blanks between",
            false,
            all(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Origin")
                            .with(
                                "Access-Control-Allow-Origin: https://a.example https://b.example"))),
            ALLOW_ORIGIN_INVALID),

        // Preflights.
        by(
            Layer.API_GATEWAY_REST,
            put(
                "REST API without OPTIONS",
                false,
                preflightIs(
                    rest(
                        403,
                        "MissingAuthenticationTokenException",
                        "Missing Authentication Token")),
                PREFLIGHT_NO_ROUTE)),
        by(
            Layer.API_GATEWAY_REST,
            put(
                "the same behind a proxy",
                false,
                preflightIs(Reply.of(403).body(StandIn.MISSING_TOKEN)),
                PREFLIGHT_NO_ROUTE)),
        by(
            Layer.API_GATEWAY_HTTP,
            put(
                "HTTP API without a route",
                false,
                preflightIs(http(404, "Not Found")),
                PREFLIGHT_NO_ROUTE)),
        by(
            Layer.SERVER,
            put(
                "a server that has no OPTIONS",
                false,
                preflightIs(Reply.of(405, "Allow: GET, PUT")),
                PREFLIGHT_NO_ROUTE)),
        by(
            Layer.CLOUDFRONT,
            put(
                "CloudFront without OPTIONS",
                false,
                preflightIs(
                    Reply.of(
                            403,
                            "Server: CloudFront",
                            "X-Cache: Error from cloudfront",
                            "X-Amz-Cf-Id: abc==")
                        .body(
                            "This distribution is not configured to allow the HTTP request method that was used for this request.")),
                PREFLIGHT_NO_ROUTE)),
        by(
            Layer.API_GATEWAY_REST,
            put(
                "REST API, authorizer on OPTIONS",
                false,
                preflightIs(rest(401, "UnauthorizedException", "Unauthorized")),
                PREFLIGHT_UNAUTHORIZED)),
        by(
            Layer.API_GATEWAY_REST,
            put(
                "REST API, API key on OPTIONS",
                false,
                preflightIs(rest(403, "ForbiddenException", "Forbidden")),
                PREFLIGHT_UNAUTHORIZED)),
        by(
            Layer.API_GATEWAY_REST,
            put(
                "REST API, authorizer denies",
                false,
                preflightIs(
                    rest(
                        403,
                        "AccessDeniedException",
                        "User is not authorized to access this resource")),
                PREFLIGHT_UNAUTHORIZED)),
        by(
            Layer.API_GATEWAY_HTTP,
            put(
                "HTTP API, authorizer on $default",
                false,
                preflightIs(http(401, "Unauthorized")),
                PREFLIGHT_UNAUTHORIZED)),
        by(
            Layer.API_GATEWAY_HTTP,
            put(
                "HTTP API, authorizer denies",
                false,
                preflightIs(http(403, "Forbidden")),
                PREFLIGHT_UNAUTHORIZED)),
        put(
            "a server that wants a login",
            false,
            preflightIs(Reply.of(401, "WWW-Authenticate: Basic")),
            PREFLIGHT_UNAUTHORIZED),
        by(
            Layer.API_GATEWAY_REST,
            put(
                "REST API, integration fails",
                false,
                preflightIs(rest(500, "InternalServerErrorException", "Internal server error")),
                PREFLIGHT_STATUS)),
        by(
            Layer.LOAD_BALANCER,
            put(
                "load balancer, target fails",
                false,
                preflightIs(Reply.of(502, "Server: awselb/2.0").body("<h1>502 Bad Gateway</h1>")),
                PREFLIGHT_STATUS)),
        by(
            Layer.WAF,
            put(
                "WAF",
                false,
                preflightIs(
                    Reply.of(403, "Server: CloudFront", "X-Amz-Cf-Id: x")
                        .body("<H2>The request could not be satisfied.</H2> Request blocked.")),
                PREFLIGHT_STATUS)),
        put("500 of the function", false, preflight(r -> r.status(500)), PREFLIGHT_STATUS),
        put("400 with headers", false, preflight(allowed(r -> r.status(400))), PREFLIGHT_STATUS),
        put(
            "301 to https",
            false,
            preflightIs(Reply.of(301, "Location: https://api.example.com/items?token=s3cret")),
            PREFLIGHT_REDIRECT),
        put(
            "302 to a login",
            false,
            preflightIs(Reply.of(302, "Location: https://login.example.com/")),
            PREFLIGHT_REDIRECT),
        put(
            "308 for a slash",
            false,
            preflight(r -> r.status(308).with("Location: /items/")),
            PREFLIGHT_REDIRECT),
        put(
            "PUT is missing",
            false,
            preflight(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Methods")
                            .with("Access-Control-Allow-Methods: GET, POST"))),
            METHOD_NOT_ALLOWED),
        put(
            "put in lower case",
            false,
            preflight(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Methods")
                            .with("Access-Control-Allow-Methods: get, put"))),
            METHOD_NOT_ALLOWED),
        put(
            "methods are no list",
            false,
            preflight(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Methods")
                            .with("Access-Control-Allow-Methods: [GET PUT]"))),
            METHOD_NOT_ALLOWED),
        put(
            "content-type is missing",
            false,
            preflight(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Headers")
                            .with("Access-Control-Allow-Headers: x-other"))),
            HEADER_NOT_ALLOWED),
        put(
            "no list of headers",
            false,
            preflight(r -> r.without("Access-Control-Allow-Headers")),
            HEADER_NOT_ALLOWED),
        bearer(
            "star for Authorization",
            false,
            preflight(
                allowed(
                    r ->
                        r.without("Access-Control-Allow-Headers")
                            .with("Access-Control-Allow-Headers: *"))),
            HEADER_NOT_ALLOWED),
        put(
            "no Max-Age",
            true,
            preflight(r -> r.without("Access-Control-Max-Age")),
            MAX_AGE_MISSING),
        put(
            "preflight of a refused origin",
            false,
            allowing("https://www.example.com"::equals),
            PREFLIGHT_STATUS),

        // Errors.
        by(
            Layer.API_GATEWAY_REST,
            get(
                "REST API, path that is not there",
                true,
                errorsAre(
                    rest(
                        403,
                        "MissingAuthenticationTokenException",
                        "Missing Authentication Token")),
                ERROR_WITHOUT_CORS)),
        by(
            Layer.API_GATEWAY_HTTP,
            get(
                "HTTP API, path that is not there",
                true,
                errorsAre(http(404, "Not Found")),
                ERROR_WITHOUT_CORS)),
        by(
            Layer.API_GATEWAY_REST,
            bearer(
                "REST API, without the token",
                true,
                withoutToken(rest(401, "UnauthorizedException", "Unauthorized")),
                ERROR_WITHOUT_CORS)),
        bearer(
            "the function's own 401",
            true,
            on(good(), r -> !r.isPreflight() && r.authorization() == null, r -> r.status(401))),
        by(
            Layer.API_GATEWAY_REST,
            get(
                "REST API, the request itself is refused",
                false,
                requestsAre(rest(403, "ForbiddenException", "Forbidden")),
                ERROR_WITHOUT_CORS)),
        by(
            Layer.API_GATEWAY_HTTP,
            get(
                "HTTP API, the function fails",
                false,
                requestsAre(http(500, "Internal Server Error")),
                ERROR_WITHOUT_CORS)),
        by(
            Layer.LOAD_BALANCER,
            get(
                "load balancer, 503",
                false,
                requestsAre(Reply.of(503, "Server: awselb/2.0")),
                ERROR_WITHOUT_CORS)),
        get(
            "a path that is not there redirects",
            true,
            errorsAre(Reply.of(302, "Location: https://www.example.com/"))),
        get("the request is redirected", false, requestsAre(Reply.of(301, "Location: /items/"))));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void hasExactlyItsCodes(Setup setup) throws Exception {
    try (StandIn server = new StandIn(setup.api)) {
      ProbeReport report = setup.probe.apply(server.probe()).run();

      assertThat(new TreeSet<>(report.codes()))
          .as(report.findings().toString())
          .isEqualTo(new TreeSet<>(setup.codes));
      assertThat(report.isReadable()).isEqualTo(setup.readable);
      assertThat(report.failure()).isEmpty();
      if (setup.layer != null) {
        assertThat(report.findings().get(0).layer()).isEqualTo(setup.layer);
      }
      assertThat(report.toString()).doesNotContain("s3cret");
      assertThat(server.requests()).hasSizeLessThanOrEqualTo(Session.MAX_REQUESTS);
      assertThat(server.requests().stream().map(Request::method).distinct())
          .isSubsetOf(List.of("GET", "OPTIONS"));
    }
  }

  @Test
  void thereAreMoreThanForty() {
    assertThat(setups()).hasSizeGreaterThan(40);
  }
}
