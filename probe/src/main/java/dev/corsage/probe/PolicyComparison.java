package dev.corsage.probe;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares responses with what a policy decides on the same requests. */
final class PolicyComparison {
  private static final List<String> OF_PREFLIGHTS =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Max-Age");

  private static final List<String> OF_REQUESTS =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Expose-Headers");

  /** What is left to the application unless the policy sets it. */
  private static final List<String> IF_SET =
      List.of("Timing-Allow-Origin", "Cross-Origin-Resource-Policy");

  private final CorsDecider policy;
  private final URI url;

  /**
   * Creates one.
   *
   * @param policy null if none is known
   */
  PolicyComparison(CorsDecider policy, URI url) {
    this.policy = policy;
    this.url = url;
  }

  /** Tells whether the policy allows what an exchange asked for. */
  boolean allows(Exchange exchange) {
    return policy != null && decide(exchange).isAllowed();
  }

  /** Tells whether there is a policy, and it sends no such header. */
  boolean isWithout(Exchange exchange, String header) {
    return policy != null && !decide(exchange).headers().containsKey(header);
  }

  /** Reports the first response that differs and that nothing else explains. */
  void check(Session session) {
    if (policy == null) {
      return;
    }
    List<Exchange> differing = new ArrayList<>();
    String first = "";
    for (Exchange exchange : session.exchanges()) {
      if (exchange.response() == null
          || exchange.origin().isEmpty()
          || isExplained(session, exchange)) {
        continue;
      }
      String difference = difference(exchange);
      if (!difference.isEmpty()) {
        first = differing.isEmpty() ? difference : first;
        differing.add(exchange);
      }
    }
    if (!differing.isEmpty()) {
      Exchange shown = differing.get(0);
      int others = differing.size() - 1;
      session.found(
          ProbeCode.POLICY_DIFFERS,
          shown,
          named(shown)
              + ": "
              + first
              + (others == 0
                  ? ""
                  : " So do " + others + " other response" + (others == 1 ? "." : "s.")));
    }
  }

  /** Tells whether a finding shows this exchange, or another with the same fault. */
  private static boolean isExplained(Session session, Exchange exchange) {
    if (session.isExplained(exchange)) {
      return true;
    }
    ProbeCode fault =
        exchange.isPreflight()
            ? PreflightMessages.code(exchange.response().status(), session.responder(exchange))
            : null;
    if (fault == null) {
      fault = AllowOrigin.fault(exchange);
    }
    if (fault == null && AsPage.isErrorWithoutCors(exchange)) {
      fault = ProbeCode.ERROR_WITHOUT_CORS;
    }
    return fault != null && session.has(fault);
  }

  private Decision decide(Exchange exchange) {
    Map<String, List<String>> headers = new LinkedHashMap<>(exchange.asked());
    headers.put("Origin", List.of(exchange.origin()));
    return policy.decide(
        new SentRequest(HttpRequest.of(exchange.method(), headers), url, exchange.path()));
  }

  private String difference(Exchange exchange) {
    Decision decision = decide(exchange);
    String does = "the policy " + (decision.isAllowed() ? "allows" : "refuses") + " it and sends ";
    for (String name : compared(exchange, decision)) {
      String expected = decision.headers().get(name);
      String actual = exchange.response().get(name).orElse(null);
      if (!list(name, expected).equals(list(name, actual))) {
        return does + shown(name, expected) + ", the API sends " + shown(name, actual) + ".";
      }
    }
    int status = exchange.response().status();
    if (decision.isAllowed() && exchange.isPreflight() && (status < 200 || status > 299)) {
      return does + decision.status().orElse(204) + ", the API sends the status " + status + ".";
    }
    return "";
  }

  private static List<String> compared(Exchange exchange, Decision decision) {
    List<String> names = new ArrayList<>();
    names.addAll(
        !decision.isAllowed()
            ? List.of("Access-Control-Allow-Origin")
            : exchange.isPreflight() ? OF_PREFLIGHTS : OF_REQUESTS);
    if (!exchange.isPreflight()) {
      IF_SET.stream().filter(decision::replaces).forEach(names::add);
    }
    return names;
  }

  private static String shown(String name, String value) {
    return value == null ? "no " + name : name + ": " + value;
  }

  /** Lists are equal in any order; names of headers in any case (RFC 9110, section 5.1). */
  private static Set<String> list(String name, String value) {
    if (value == null) {
      return Set.of();
    }
    boolean isNames = name.endsWith("-Headers");
    return name.endsWith("-Methods") || isNames
        ? Stream.of(value.split(",", -1))
            .map(item -> isNames ? item.strip().toLowerCase(Locale.ROOT) : item.strip())
            .filter(item -> !item.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new))
        : Set.of(value);
  }

  private static String named(Exchange exchange) {
    return exchange.method()
        + " "
        + exchange.path()
        + " with Origin: "
        + exchange.origin()
        + exchange.asked().entrySet().stream()
            .map(header -> ", " + header.getKey() + ": " + String.join(", ", header.getValue()))
            .collect(Collectors.joining());
  }

  /** What a policy with scopes may ask: where the request was sent. */
  private record SentRequest(HttpRequest request, URI url, String path) implements HttpRequest {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public List<String> header(String name) {
      return request.header(name);
    }

    @Override
    public String targetOrigin() {
      return Hosts.origin(url);
    }

    @Override
    public String domain() {
      return url.getHost();
    }
  }
}
