package dev.corsage.probe;

import dev.corsage.Problem.Severity;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What a probe found. Immutable.
 *
 * <p>In an integration test, with any library of assertions:
 *
 * <pre>{@code
 * ProbeReport report = Probe.of(uri).from("https://app.example.com").run();
 * assertThat(report.readableBy("https://app.example.com")).isTrue();
 * assertThat(report.refuses("https://evil.test")).isTrue();
 * assertThat(report.errors()).isEmpty();
 * }</pre>
 *
 * @param url the URL, without its query; not null
 * @param page the request of the page; its origin is empty if none was given, and the values of
 *     headers that can be secret are masked; not null
 * @param isReadable whether the page can read the API in all three browsers, or wants to read
 *     nothing of it; false if no origin was given
 * @param predictions what each engine makes of the responses to the page; empty if there are none;
 *     not null
 * @param findings what is wrong, errors first; not null
 * @param exchanges every request, in the order in which they were sent; not null
 * @param failure why the probe ended before its end, in a sentence: a request had no response;
 *     empty if it did not; not null
 */
public record ProbeReport(
    String url,
    PageRequest page,
    boolean isReadable,
    List<Prediction> predictions,
    List<Finding> findings,
    List<Exchange> exchanges,
    String failure) {

  /** Creates a report; the lists are copied. */
  public ProbeReport {
    predictions = List.copyOf(predictions);
    findings = List.copyOf(findings);
    exchanges = List.copyOf(exchanges);
  }

  /** Returns the findings of the severity {@code error}; not null. */
  public List<Finding> errors() {
    return findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }

  /** Returns the codes of the findings, each once, in their order; not null. */
  public List<ProbeCode> codes() {
    return findings.stream().map(Finding::code).distinct().toList();
  }

  /** Tells whether a request had no response, so that not everything was asked. */
  public boolean isIncomplete() {
    return !failure.isEmpty();
  }

  /**
   * Tells whether pages of an origin can read the API.
   *
   * @param origin the origin of the page, or one of the strangers that the probe asked as; not null
   * @throws IllegalArgumentException if the probe did not ask as this origin
   */
  public boolean readableBy(String origin) {
    if (origin.equals(page.origin())) {
      return isReadable;
    }
    return asked(origin).stream()
        .anyMatch(exchange -> !exchange.isPreflight() && exchange.isPassed());
  }

  /**
   * Tells whether the API refuses pages of an origin: no preflight is passed, and no response can
   * be read, with credentials or without.
   *
   * @param origin the origin of the page, or one of the strangers that the probe asked as; not null
   * @throws IllegalArgumentException if the probe did not ask as this origin
   */
  public boolean refuses(String origin) {
    return asked(origin).stream()
        .filter(exchange -> exchange.response() != null)
        .noneMatch(
            exchange ->
                exchange.isPassed()
                    || BrowserModel.check(origin, false, exchange.response()).isPassed());
  }

  private List<Exchange> asked(String origin) {
    List<Exchange> asked =
        exchanges.stream().filter(exchange -> exchange.origin().equals(origin)).toList();
    if (asked.isEmpty()) {
      throw new IllegalArgumentException(
          "The probe did not ask as "
              + origin
              + "; it asked as "
              + String.join(
                  ", ",
                  exchanges.stream()
                      .map(Exchange::origin)
                      .filter(other -> !other.isEmpty())
                      .distinct()
                      .toList()));
    }
    return asked;
  }

  /** Returns the verdict that keeps the page from reading the API; empty if none does. */
  public Optional<Verdict> refusal() {
    return refused().map(Exchange::verdict);
  }

  /** Returns the request of the page that fails in browsers; empty if none does. */
  public Optional<Exchange> refused() {
    return isReadable
        ? Optional.empty()
        : exchanges.stream()
            .filter(exchange -> exchange.purpose() == Exchange.Purpose.PAGE)
            .filter(exchange -> exchange.verdict() != null && !exchange.isPassed())
            .findFirst();
  }
}
