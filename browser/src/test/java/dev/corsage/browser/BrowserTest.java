package dev.corsage.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.browser.Prediction.Access;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server alone does not show: caches, permissions, policies of resources, timing. */
class BrowserTest {
  private static final String PAGE = "http://localhost:8001";
  private static final URI API = URI.create("http://127.0.0.1:8002/a");

  private static Response allowing(SentRequest request) {
    return new Response(
        request.isPreflight() ? 204 : 200,
        List.of(
            Map.entry("Access-Control-Allow-Origin", PAGE),
            Map.entry("Access-Control-Allow-Credentials", "true"),
            Map.entry("Access-Control-Allow-Methods", "PUT"),
            Map.entry("Access-Control-Max-Age", "1000"),
            Map.entry("Access-Control-Expose-Headers", "etag"),
            Map.entry("Timing-Allow-Origin", "https://a.example, " + PAGE)));
  }

  private static PageRequest put(CredentialsMode mode) {
    return PageRequest.of(PAGE, "put", List.of(), mode);
  }

  @ParameterizedTest
  @EnumSource
  void aPlainFetchIsPreflightedAndRead(Engine engine) {
    Prediction prediction =
        new Browser(engine).fetch(put(CredentialsMode.OMIT), API, BrowserTest::allowing);

    assertThat(prediction.exchanges())
        .extracting(exchange -> exchange.request().method())
        .containsExactly("OPTIONS", "PUT");
    assertThat(prediction.access()).isEqualTo(Access.READABLE);
    assertThat(prediction.exposedHeaders()).containsExactly("etag");
    assertThat(prediction.isTimingReadable()).isTrue();
  }

  /** Credentials modes one after the other; a number lets seconds pass. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "CHROMIUM, include include, OPTIONS PUT PUT",
    "CHROMIUM, include omit, OPTIONS PUT PUT",
    "FIREFOX, include omit, OPTIONS PUT OPTIONS PUT",
    "WEBKIT, include omit, OPTIONS PUT PUT",
    "CHROMIUM, omit include, OPTIONS PUT OPTIONS PUT",
    "FIREFOX, omit include omit, OPTIONS PUT OPTIONS PUT PUT",
    "WEBKIT, omit same-origin, OPTIONS PUT PUT",
    "WEBKIT, omit 599 omit, OPTIONS PUT PUT",
    "WEBKIT, omit 600 omit, OPTIONS PUT OPTIONS PUT",
    "CHROMIUM, omit 999 omit, OPTIONS PUT PUT",
    "CHROMIUM, omit 1000 omit, OPTIONS PUT OPTIONS PUT",
  })
  void keepsPreflights(Engine engine, String steps, String sent) {
    Browser browser = new Browser(engine);
    List<String> methods = new ArrayList<>();
    for (String step : steps.split(" ", -1)) {
      if (step.matches("[0-9]+")) {
        browser.pass(Duration.ofSeconds(Integer.parseInt(step)));
        continue;
      }
      CredentialsMode mode =
          Stream.of(CredentialsMode.values()).filter(m -> m.key().equals(step)).findFirst().get();
      browser
          .fetch(put(mode), API, BrowserTest::allowing)
          .exchanges()
          .forEach(exchange -> methods.add(exchange.request().method()));
    }

    assertThat(String.join(" ", methods)).isEqualTo(sent);
  }

  /** WebKit has no such check. */
  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "CHROMIUM, https://app.example.com, http://localhost:3000/, FETCH, loopback-network",
    "FIREFOX, https://app.example.com, http://127.9.9.9/, FETCH, loopback-network",
    "WEBKIT, https://app.example.com, http://127.0.0.1/, FETCH,",
    "CHROMIUM, https://app.example.com, http://[::1]:80/, NO_CORS, loopback-network",
    "CHROMIUM, https://app.example.com, http://192.168.1.5/, BEACON, local-network",
    "CHROMIUM, https://app.example.com, http://printer.local/, IMG, local-network",
    "CHROMIUM, https://10.0.0.1, http://[::1]/, FETCH, loopback-network",
    "CHROMIUM, http://10.0.0.1, http://172.31.0.1/, FETCH,",
    "CHROMIUM, http://localhost:1, http://10.0.0.1/, FETCH,",
    "CHROMIUM, https://app.example.com, https://172.32.0.1/, FETCH,",
    "CHROMIUM, https://app.example.com, https://localhost.example.com/, FETCH,",
  })
  void pagesFromTheInternetNeedAPermission(
      Engine engine, String origin, URI url, RequestKind kind, String permission) {
    Page page = Page.of(origin);
    PageRequest request = PageRequest.of(page, kind, "GET", List.of(), CredentialsMode.SAME_ORIGIN);
    Prediction prediction = new Browser(engine).fetch(request, url, BrowserTest::allowing);

    assertThat(prediction.access() == Access.NOT_SENT).isEqualTo(permission != null);
    if (permission != null) {
      assertThat(prediction.verdict()).isEqualTo(new Verdict(Outcome.LOCAL_NETWORK, permission));
      PageRequest allowed =
          PageRequest.of(
              page.withLocalNetwork(), kind, "GET", List.of(), CredentialsMode.SAME_ORIGIN);
      assertThat(new Browser(engine).fetch(allowed, url, BrowserTest::allowing).exchanges())
          .isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0} isolated={1}")
  @CsvSource({
    "'', false, opaque",
    "'', true, corp-missing",
    "same-origin, false, corp",
    "same-site, false, corp",
    "same-site, true, corp",
    "cross-origin, true, opaque",
    "nonsense, false, opaque",
    "nonsense, true, corp-missing",
  })
  void policiesOfResourcesHoldWithoutCors(String policy, boolean isolated, String key) {
    Page page = isolated ? Page.of(PAGE).with(EmbedderPolicy.REQUIRE_CORP) : Page.of(PAGE);
    Response response =
        new Response(
            200,
            policy.isEmpty()
                ? List.of()
                : List.of(Map.entry("Cross-Origin-Resource-Policy", policy)));
    for (Engine engine : Engine.values()) {
      Prediction prediction =
          new Browser(engine)
              .fetch(
                  PageRequest.of(
                      page, RequestKind.NO_CORS, "GET", List.of(), CredentialsMode.INCLUDE),
                  API,
                  sent -> response);

      Outcome outcome = prediction.verdict().outcome();
      assertThat(outcome == Outcome.OPAQUE ? "opaque" : outcome.key()).isEqualTo(key);
      assertThat(prediction.last().request().hasCookies()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "https://app.example.com, https://api.example.com/a, true",
    "https://example.com, https://api.example.com:8443/a, true",
    "https://app.example.com, http://api.example.com/a, false",
    "https://app.example.com, https://api.example.org/a, false",
    "https://app.example.co.uk, https://api.example.co.uk/a, true",
    "https://one.co.uk, https://two.co.uk/a, false",
    "http://localhost:1, http://localhost:2/a, true",
    "http://10.0.0.1, http://11.0.0.1/a, false",
    "null, https://api.example.com/a, false",
    "https://x y, https://api.example.com/a, false",
  })
  void aSiteIsARegistrableDomain(String origin, URI url, boolean same) {
    Response response =
        new Response(200, List.of(Map.entry("Cross-Origin-Resource-Policy", "same-site")));
    PageRequest request =
        PageRequest.of(
            Page.of(origin).withLocalNetwork(),
            RequestKind.NO_CORS,
            "GET",
            List.of(),
            CredentialsMode.INCLUDE);

    assertThat(new Browser(Engine.CHROMIUM).fetch(request, url, sent -> response).access())
        .isEqualTo(same ? Access.OPAQUE : Access.REFUSED);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "200, text/event-stream, passed",
    "200, Text/Event-Stream; charset=utf-8, passed",
    "200, text/plain, not-event-stream",
    "200, '', not-event-stream",
    "204, text/event-stream, event-stream-status",
  })
  void anEventSourceTakesEventsAlone(int status, String type, String key) {
    Response response =
        new Response(
            status,
            List.of(
                Map.entry("Access-Control-Allow-Origin", "*"), Map.entry("Content-Type", type)));
    PageRequest request =
        PageRequest.of(
            Page.of(PAGE), RequestKind.EVENTSOURCE, "GET", List.of(), CredentialsMode.SAME_ORIGIN);

    assertThat(
            new Browser(Engine.WEBKIT)
                .fetch(request, API, sent -> response)
                .verdict()
                .outcome()
                .key())
        .isEqualTo(key);
  }

  /** The credentials mode, what the page has, and whether own server and API get cookies. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "OMIT, UNSAFE_NONE, FETCH, false, false",
    "SAME_ORIGIN, UNSAFE_NONE, FETCH, true, false",
    "INCLUDE, UNSAFE_NONE, FETCH, true, true",
    "INCLUDE, CREDENTIALLESS, FETCH, true, true",
    "INCLUDE, CREDENTIALLESS, NO_CORS, true, false",
    "INCLUDE, REQUIRE_CORP, NO_CORS, true, true",
  })
  void cookiesGoByTheModes(
      CredentialsMode mode, EmbedderPolicy policy, RequestKind kind, boolean own, boolean api) {
    Prediction prediction =
        new Browser(Engine.CHROMIUM)
            .fetch(
                PageRequest.of(Page.of(PAGE).with(policy), kind, "GET", List.of(), mode),
                URI.create(PAGE + "/a"),
                sent ->
                    sent.url().equals(API)
                        ? allowing(sent)
                        : new Response(302, List.of(Map.entry("Location", API.toString()))));

    assertThat(prediction.exchanges())
        .extracting(exchange -> exchange.request().hasCookies())
        .containsExactly(own, api);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "FOLLOW, 302, FETCH, readable, 2",
    "ERROR, 302, FETCH, refused, 1",
    "MANUAL, 302, FETCH, opaque, 1",
    "MANUAL, 307, FETCH, opaque, 1",
    "ERROR, 200, FETCH, readable, 1",
    "MANUAL, 304, FETCH, readable, 1",
    "MANUAL, 302, NO_CORS, not-sent, 0",
    "ERROR, 200, NO_CORS, not-sent, 0",
    "FOLLOW, 200, SAME_ORIGIN, not-sent, 0",
    "ERROR, 302, IMG, readable, 2",
  })
  void redirectsGoByTheMode(
      RedirectMode mode, int status, RequestKind kind, String access, int requests) {
    for (Engine engine : Engine.values()) {
      Prediction prediction =
          new Browser(engine)
              .fetch(
                  PageRequest.of(Page.of(PAGE), kind, "GET", List.of(), CredentialsMode.OMIT)
                      .with(mode),
                  API,
                  sent ->
                      sent.url().equals(API)
                          ? new Response(
                              status,
                              List.of(
                                  Map.entry("Access-Control-Allow-Origin", "*"),
                                  Map.entry("Location", "/b")))
                          : allowing(sent));

      assertThat(prediction.access().key()).isEqualTo(access);
      assertThat(prediction.exchanges()).hasSize(requests);
    }
  }

  /** Chromium lets pages on http have no permission; Firefox and WebKit are not known to ask. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "https://app.example.com, false, CHROMIUM, not-sent",
    "https://app.example.com, true, CHROMIUM, readable",
    "http://app.example.com, true, CHROMIUM, not-sent",
    "https://app.example.com, false, FIREFOX, not-sent",
    "https://app.example.com, true, FIREFOX, readable",
    "http://app.example.com, false, WEBKIT, readable",
    "http://localhost:3000, false, CHROMIUM, readable",
  })
  void thePermissionForTheLocalNetwork(
      String origin, boolean granted, Engine engine, String access) {
    Page page = granted ? Page.of(origin).withLocalNetwork() : Page.of(origin);
    Prediction prediction =
        new Browser(engine)
            .fetch(
                PageRequest.of(
                    page, RequestKind.FETCH, "GET", List.of(), CredentialsMode.SAME_ORIGIN),
                URI.create("http://localhost:8080/a"),
                sent -> new Response(200, List.of(Map.entry("Access-Control-Allow-Origin", "*"))));

    assertThat(prediction.access().key()).isEqualTo(access);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void aFrameInASandboxHasNoOrigin(Engine engine) {
    PageRequest request =
        PageRequest.of(
            Page.of(PAGE).sandboxed(),
            RequestKind.FETCH,
            "GET",
            List.of(),
            CredentialsMode.SAME_ORIGIN);
    Prediction prediction =
        new Browser(engine).fetch(request, URI.create(PAGE + "/a"), BrowserTest::allowing);

    assertThat(prediction.last().request().origin()).isEqualTo("null");
    assertThat(prediction.verdict().outcome()).isEqualTo(Outcome.OTHER_ORIGIN);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void followsTwentyRedirects(Engine engine) {
    for (int redirects : List.of(20, 21)) {
      Prediction prediction =
          new Browser(engine)
              .fetch(
                  PageRequest.of(PAGE, "GET", List.of(), CredentialsMode.OMIT),
                  API.resolve("/0"),
                  sent -> {
                    int count = Integer.parseInt(sent.url().getPath().substring(1));
                    Response last = allowing(sent);
                    List<Map.Entry<String, String>> headers = new ArrayList<>(last.headers());
                    headers.add(Map.entry("Location", "/" + (count + 1)));
                    return count < redirects ? new Response(302, headers) : last;
                  });

      assertThat(prediction.isReadable()).isEqualTo(redirects == 20);
      assertThat(prediction.exchanges()).hasSize(21);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void noBrowserSendsWhatNoPageCanSend(Engine engine) {
    for (PageRequest request :
        List.of(
            PageRequest.of(PAGE, "trace", List.of(), CredentialsMode.OMIT),
            PageRequest.of(
                Page.of(PAGE), RequestKind.NO_CORS, "PUT", List.of(), CredentialsMode.OMIT))) {
      assertThat(new Browser(engine).fetch(request, API, BrowserTest::allowing).access())
          .isEqualTo(Access.NOT_SENT);
    }
  }
}
