package dev.corsage.probe;

import dev.corsage.CorsDecider;
import dev.corsage.Origin;
import dev.corsage.browser.AddressSpace;
import dev.corsage.browser.CredentialsMode;
import dev.corsage.browser.Page;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.RedirectMode;
import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.RequestKind;
import dev.corsage.browser.SentRequest;
import dev.corsage.store.Secrets;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import javax.net.ssl.SSLContext;

/**
 * Asks a live API what a page of one origin can do with it, and what strangers can.
 *
 * <p>At most 40 requests are sent, one after the other, and to the host of the URL alone; redirects
 * are reported, not followed. They are {@code GET}, {@code HEAD} and {@code OPTIONS}, unless {@link
 * #send} allows the page's own method. TLS is verified.
 *
 * <p>A builder: not safe for use by several threads. {@link #run} can be called again.
 */
public final class Probe {
  /** RFC 9110, section 5.6.2. */
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private static final Set<String> OPEN =
      Set.of("accept", "accept-language", "content-language", "content-type", "range");

  private final URI url;
  private final List<RequestHeader> headers = new ArrayList<>();
  private final Map<String, InetAddress> addresses = new LinkedHashMap<>();
  private Page page = Page.of("");
  private RequestKind kind = RequestKind.FETCH;
  private String method = "";
  private CredentialsMode credentials = CredentialsMode.SAME_ORIGIN;
  private RedirectMode redirectMode = RedirectMode.FOLLOW;
  private boolean send;
  private CorsDecider policy;
  private Duration timeout = Duration.ofSeconds(10);
  private SSLContext tls;
  private IntConsumer progress = sent -> {};

  private Probe(URI url) {
    this.url = url;
  }

  /**
   * Returns a probe of a URL, without an origin: only strangers are asked as.
   *
   * @param url an absolute http or https URL; a fragment is left out; not null
   * @throws IllegalArgumentException if it is another, or has user information
   */
  public static Probe of(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException(
          "A probe needs a URL that begins with https:// or http://");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "The URL has a user name or a password before its host; send them with the header"
              + " Authorization instead");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          "The URL has no host, or one that is not a name or an address");
    }
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new Probe(URI.create(scheme + "://" + url.getRawAuthority() + path + query));
  }

  /**
   * Sets the origin of the page, whose pages are meant to read the API.
   *
   * @param pageOrigin as browsers send it, such as {@code https://app.example.com}; not null
   * @throws IllegalArgumentException if no browser sends it
   */
  public Probe from(String pageOrigin) {
    if (Origin.parse(pageOrigin).isEmpty()) {
      throw new IllegalArgumentException(
          "\""
              + pageOrigin
              + "\" is not an origin: write scheme, host and port alone, in lower case, such as"
              + " https://app.example.com");
    }
    page = Page.of(pageOrigin);
    return this;
  }

  /**
   * Sets the page, for one that is more than its origin: in a sandboxed frame, or with an embedder
   * policy.
   *
   * @throws IllegalArgumentException if no browser sends its origin
   */
  public Probe from(Page sender) {
    if (!sender.origin().equals("null")) {
      from(sender.origin());
    }
    page = sender;
    return this;
  }

  /** Sets by what the page makes the request; {@code fetch} unless set. */
  public Probe as(RequestKind requestKind) {
    kind = Objects.requireNonNull(requestKind);
    return this;
  }

  /**
   * Sets the method that the page uses; unless set, the usual one of the kind of request, mostly
   * {@code GET}.
   *
   * @throws IllegalArgumentException if it is not a token, or if no page can send it
   */
  public Probe method(String name) {
    if (!name.matches(TOKEN)) {
      throw new IllegalArgumentException("A method is a token, such as PUT");
    }
    if (PageRequest.isForbiddenMethod(name)) {
      throw new IllegalArgumentException("No page can send the method " + name);
    }
    method = name;
    return this;
  }

  /**
   * Adds a header that the page sets. {@code Cookie}, which pages cannot set, is sent with actual
   * requests as the browser would. The value is never printed.
   *
   * @throws IllegalArgumentException if the name is not a token, or the value has a line break
   */
  public Probe header(String name, String value) {
    if (!name.matches(TOKEN)) {
      throw new IllegalArgumentException("The name of a header is a token, such as content-type");
    }
    if (!value.matches("[\\t\\x20-\\x7e\\x80-\\xff]*")) {
      throw new IllegalArgumentException(
          "The value of " + name + " has a character that a header cannot have");
    }
    headers.add(new RequestHeader(name, value));
    return this;
  }

  /** Sets the credentials mode of the page's request; {@code same-origin} unless set. */
  public Probe credentials(CredentialsMode mode) {
    credentials = Objects.requireNonNull(mode);
    return this;
  }

  /**
   * Sets what becomes of redirects in the page; they are followed unless set. The probe itself
   * follows none.
   */
  public Probe redirects(RedirectMode mode) {
    redirectMode = Objects.requireNonNull(mode);
    return this;
  }

  /**
   * Sets what the API should decide by; every response is compared with it.
   *
   * @param decider not null; stays open
   */
  public Probe policy(CorsDecider decider) {
    policy = Objects.requireNonNull(decider);
    return this;
  }

  /**
   * Sets whether a request of the page that can change something is sent, once and without a body;
   * false unless set. Otherwise a GET stands in for it.
   */
  public Probe send(boolean really) {
    send = really;
    return this;
  }

  /**
   * Sets the address of a host, instead of looking it up. The name is still what TLS and {@code
   * Host} have.
   *
   * @param host a name; not null
   * @param address an IPv4 or IPv6 address, with brackets or without; not null
   * @throws IllegalArgumentException if it is not an address
   */
  public Probe resolve(String host, String address) {
    String bare = address.replaceAll("^\\[|]$", "");
    if (!bare.matches("[0-9]+(\\.[0-9]+){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")) {
      throw new IllegalArgumentException("\"" + address + "\" is not an IP address");
    }
    try {
      // With its name, which is what a certificate is compared with.
      addresses.put(
          host.toLowerCase(Locale.ROOT),
          InetAddress.getByAddress(host, InetAddress.getByName(bare).getAddress()));
    } catch (UnknownHostException notOne) {
      throw new IllegalArgumentException("\"" + address + "\" is not an IP address", notOne);
    }
    return this;
  }

  /**
   * Sets how long connecting may take, and then a response to begin; ten seconds unless set.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Probe timeout(Duration duration) {
    if (duration.toMillis() <= 0) {
      throw new IllegalArgumentException("The timeout must be longer than 0");
    }
    timeout = duration;
    return this;
  }

  /** Sets what certificates are verified with; the JDK's trust store unless set. */
  public Probe tls(SSLContext context) {
    tls = Objects.requireNonNull(context);
    return this;
  }

  /** Sets what is told, before each request but the first, how many were sent. */
  public Probe onProgress(IntConsumer sent) {
    progress = Objects.requireNonNull(sent);
    return this;
  }

  /**
   * Sends the requests, and returns what was found. That a request has no response is in the
   * report.
   */
  public ProbeReport run() {
    PageRequest request =
        PageRequest.of(
                // What is judged is the API's responses, wherever it is.
                page.from(AddressSpace.LOOPBACK),
                kind,
                method.isEmpty() ? kind.usualMethod() : method,
                headers,
                credentials)
            .with(redirectMode);
    Map<String, List<String>> lines = new LinkedHashMap<>(request.pageHeaders());
    headers.stream()
        .filter(header -> header.lowerCaseName().equals("cookie"))
        .forEach(cookie -> lines.put("Cookie", List.of(cookie.value())));
    try (Client client = new Client(timeout, addresses, tls)) {
      Session session = new Session(client, url, request, lines, progress);
      PolicyComparison comparison = new PolicyComparison(policy, url);
      AsPage asPage = new AsPage(session, send, comparison);
      String failure = "";
      try {
        ask(session, asPage, comparison);
      } catch (NoResponseException none) {
        Exchange last = session.exchanges().get(session.exchanges().size() - 1);
        failure = last.method() + " " + last.path() + ": " + none.getMessage();
      }
      comparison.check(session);
      return new ProbeReport(
          Hosts.origin(url) + url.getRawPath(),
          shown(request),
          asPage.isReadable(),
          asPage.predictions().stream().map(Probe::shown).toList(),
          session.findings().stream().sorted(Comparator.comparing(Finding::severity)).toList(),
          session.exchanges(),
          failure);
    }
  }

  /** Only the values that are lists of types and languages can hold nothing secret. */
  private static PageRequest shown(PageRequest page) {
    return page.with(
        page.headers().stream()
            .map(header -> new RequestHeader(header.name(), shown(header.name(), header.value())))
            .toList());
  }

  private static String shown(String name, String value) {
    return OPEN.contains(name.toLowerCase(Locale.ROOT)) ? value : Secrets.MASK;
  }

  private static Prediction shown(Prediction prediction) {
    return new Prediction(
        prediction.engine(),
        prediction.exchanges().stream()
            .map(
                exchange ->
                    new Prediction.Exchange(
                        shown(exchange.request()), exchange.response(), exchange.verdict()))
            .toList(),
        prediction.verdict(),
        prediction.exposedHeaders(),
        prediction.isTimingReadable());
  }

  private static SentRequest shown(SentRequest request) {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            (name, values) ->
                shown.put(
                    name,
                    name.equals("Origin") || name.startsWith("Access-Control-Request-")
                        ? values
                        : values.stream().map(value -> shown(name, value)).toList()));
    URI url = request.url();
    return new SentRequest(
        request.method(),
        URI.create(Hosts.origin(url) + url.getRawPath()),
        shown,
        request.preflight(),
        request.hasCookies());
  }

  private void ask(Session session, AsPage asPage, PolicyComparison comparison)
      throws NoResponseException {
    boolean hasPage = !page.origin().isEmpty();
    if (hasPage) {
      asPage.run();
    }
    // Whatever the page sends, strangers only read.
    String reading = method.equals("HEAD") ? "HEAD" : "GET";
    AsStranger strangers = new AsStranger(session, comparison, reading);
    strangers.askOther();
    boolean isElsewhere = hasPage && asPage.actual() != null && !asPage.isSameOrigin();
    boolean hasRead = isElsewhere && reading.equals(asPage.sentMethod());
    Caches.check(session, hasRead ? asPage.actual() : null, strangers.other(), reading);
    if (isElsewhere && asPage.actual().isPassed()) {
      Errors.check(session, reading);
    }
    strangers.askOthers();
  }
}
