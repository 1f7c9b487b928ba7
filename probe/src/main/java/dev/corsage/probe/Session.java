package dev.corsage.probe;

import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Preflight;
import dev.corsage.browser.RequestKind;
import dev.corsage.browser.Response;
import dev.corsage.browser.Verdict;
import dev.corsage.probe.Exchange.Purpose;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/** The requests of one probe, counted, and what was found by them. For one thread. */
final class Session {
  /** Enough for every stranger with and without a preflight, too few to disturb anybody. */
  static final int MAX_REQUESTS = 40;

  private final Client client;
  private final URI url;
  private final PageRequest page;
  private final Map<String, List<String>> headers;
  private final IntConsumer progress;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final IdentityHashMap<Exchange, Responder> responders = new IdentityHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Exchange> shown = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Creates one.
   *
   * @param page the request of the page; its origin is empty if none is known
   * @param headers what is sent with actual requests, by name; cookies included
   */
  Session(
      Client client,
      URI url,
      PageRequest page,
      Map<String, List<String>> headers,
      IntConsumer progress) {
    this.client = client;
    this.url = url;
    this.page = page;
    this.headers = headers;
    this.progress = progress;
  }

  PageRequest page() {
    return page;
  }

  URI url() {
    return url;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  List<Finding> findings() {
    return findings;
  }

  int requestsLeft() {
    return MAX_REQUESTS - exchanges.size();
  }

  /** Sends what a browser asks before the request, for a page of an origin. */
  Exchange preflight(Purpose purpose, String origin, String method, Set<String> headerNames)
      throws NoResponseException {
    Preflight preflight = new Preflight(origin, method, headerNames, page.credentials());
    Map<String, List<String>> asked = new LinkedHashMap<>(preflight.headers());
    asked.keySet().removeAll(List.of("Accept", "Origin"));
    return send(purpose, origin, "OPTIONS", url, preflight.headers(), asked, preflight);
  }

  /**
   * Sends an actual request.
   *
   * @param origin empty for a request without one
   */
  Exchange request(
      Purpose purpose, String origin, String method, URI to, Map<String, List<String>> with)
      throws NoResponseException {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("Accept", List.of("*/*"));
    if (!origin.isEmpty()) {
      lines.put("Origin", List.of(origin));
    }
    lines.putAll(with);
    return send(purpose, origin, method, to, lines, Map.of(), null);
  }

  private Exchange send(
      Purpose purpose,
      String origin,
      String method,
      URI to,
      Map<String, List<String>> lines,
      Map<String, List<String>> asked,
      Preflight preflight)
      throws NoResponseException {
    String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
    Received received;
    try {
      received = client.send(method, to, lines);
    } catch (NoResponseException none) {
      exchanges.add(
          new Exchange(
              purpose,
              origin,
              method,
              path,
              preflight != null,
              asked,
              "",
              null,
              null,
              null,
              none.getMessage()));
      throw none;
    } finally {
      progress.accept(exchanges.size() + 1);
    }
    Responder responder = Responder.of(to.getHost(), received);
    Exchange exchange =
        new Exchange(
            purpose,
            origin,
            method,
            path,
            preflight != null,
            asked,
            received.version(),
            new Response(
                received.status(),
                received.response().headers().stream().filter(Exchange::isShown).toList()),
            responder.layer(),
            purpose == Purpose.PAGE && page.kind() == RequestKind.NO_CORS
                ? null
                : verdict(origin, preflight, received.response()),
            "");
    exchanges.add(exchange);
    responders.put(exchange, responder);
    return exchange;
  }

  private Verdict verdict(String origin, Preflight preflight, Response response) {
    if (origin.isEmpty()) {
      return null;
    }
    return preflight == null
        ? BrowserModel.check(origin, page.credentials(), response)
        : BrowserModel.checkPreflight(preflight, response);
  }

  /** Returns what the layer that made a response had to say itself. */
  Responder responder(Exchange exchange) {
    return responders.get(exchange);
  }

  /** Notes a finding that an exchange shows, with the remedy for its layer. */
  void found(ProbeCode code, Exchange exchange, String message) {
    found(code, exchange, message, Fixes.of(code, exchange.layer(), page.origin()));
  }

  /** Notes a finding with a remedy of its own. */
  void found(ProbeCode code, Exchange exchange, String message, String fix) {
    shown.add(exchange);
    findings.add(
        new Finding(code, code.severity(), exchange.origin(), message, fix, exchange.layer()));
  }

  /** Notes that a finding explains an exchange, too. */
  void explains(Exchange exchange) {
    shown.add(exchange);
  }

  boolean isExplained(Exchange exchange) {
    return shown.contains(exchange);
  }

  boolean has(ProbeCode code) {
    return findings.stream().anyMatch(finding -> finding.code() == code);
  }
}
