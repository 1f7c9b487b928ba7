package dev.corsage.cli.probe;

import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.RequestKind;
import dev.corsage.cli.explain.PredictionText;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.probe.Exchange;
import dev.corsage.probe.Exchange.Purpose;
import dev.corsage.probe.ProbeReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a report for people: what works, what strangers can do, what to change. */
final class ProbePrinter {
  private static final String INDENT = "  ";

  private final Terminal terminal;

  ProbePrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(ProbeReport report) {
    if (!report.page().origin().isEmpty()) {
      page(report);
    }
    strangers(report);
    if (report.isIncomplete()) {
      terminal.line(terminal.in(Terminal.RED, "The probe ended early."));
      line(report.failure());
      terminal.line("");
    }
    new ProblemPrinter(terminal).print(ProbeFindings.problems(report));
  }

  private void page(ProbeReport report) {
    PageRequest page = report.page();
    terminal.line(
        terminal.in(
            Terminal.BOLD,
            Terminal.value(page.method() + " " + report.url())
                + ", as a page of "
                + Terminal.value(page.origin())
                + (page.kind() == RequestKind.FETCH ? "" : " as " + page.kind().key())
                + credentials(page)));
    for (Exchange exchange : report.exchanges()) {
      if (exchange.purpose() == Purpose.PAGE && exchange.response() != null) {
        sent(page, exchange);
      }
    }
    if (page.isSimpleToChromium()) {
      line("Chromium, unlike the standard, sends this request without a preflight.");
    }
    terminal.line(
        report.isReadable()
            ? terminal.in(Terminal.GREEN, "The page can read the API.")
            : terminal.in(Terminal.RED, "The page cannot read the API."));
    engines(report.predictions());
    report.refused().ifPresent(refused -> why(report, refused));
    terminal.line("");
  }

  private static String credentials(PageRequest page) {
    return switch (page.credentialsMode()) {
      case INCLUDE -> " with credentials";
      case SAME_ORIGIN -> "";
      case OMIT -> " without credentials";
    };
  }

  /** Those that agree share a line. */
  private void engines(List<Prediction> predictions) {
    predictions.stream()
        .collect(
            Collectors.groupingBy(
                PredictionText::access,
                LinkedHashMap::new,
                Collectors.mapping(
                    prediction -> prediction.engine().measured(), Collectors.joining(", "))))
        .forEach((access, engines) -> line(engines + ": " + access));
  }

  private void sent(PageRequest page, Exchange exchange) {
    String verdict =
        exchange.verdict() == null
            ? ""
            : exchange.isPassed()
                ? ": " + terminal.in(Terminal.GREEN, "accepted")
                : ": "
                    + terminal.in(Terminal.RED, "refused, " + exchange.verdict().outcome().key());
    terminal.line(
        INDENT
            + Terminal.value(
                (exchange.isPreflight() ? "preflight " : "")
                    + exchange.method()
                    + " "
                    + exchange.path()
                    + asked(exchange)
                    + standIn(page, exchange))
            + "  "
            + exchange.response().status()
            + " "
            + Terminal.value(exchange.version())
            + " by "
            + exchange.layer().title()
            + verdict);
    if (exchange.isPreflight() && exchange.isPassed()) {
      line(
          Stream.of(Engine.values())
              .map(
                  engine ->
                      engine.browser()
                          + " "
                          + BrowserModel.maxAge(engine, exchange.response())
                          + " s")
              .collect(Collectors.joining(", ", "  It is cached: ", ".")));
    }
  }

  private static String standIn(PageRequest page, Exchange exchange) {
    return exchange.isPreflight() || exchange.method().equals(page.method())
        ? ""
        : " in place of " + page.method();
  }

  private static String asked(Exchange exchange) {
    return exchange.isPreflight()
        ? exchange.asked().values().stream()
            .map(values -> String.join(", ", values))
            .collect(Collectors.joining("; ", " (", ")"))
        : "";
  }

  private void why(ProbeReport report, Exchange refused) {
    ConsoleMessage console =
        ConsoleMessage.of(refused.verdict(), refused.origin(), refused.response().status());
    for (Engine engine : Engine.values()) {
      line(String.format("%-10s", engine.browser()) + console.text(engine));
    }
    if (!refused.verdict().outcome().note().isEmpty()) {
      line(refused.verdict().outcome().note());
    }
    boolean explained =
        report.findings().stream()
            .anyMatch(finding -> finding.origin().equals(refused.origin()) && finding.isError());
    if (!explained) {
      line(console.cause());
      line(console.remedy());
    }
  }

  private void strangers(ProbeReport report) {
    List<String> asked =
        report.exchanges().stream()
            .filter(exchange -> exchange.purpose() == Purpose.STRANGER)
            .filter(exchange -> exchange.response() != null)
            .map(Exchange::origin)
            .distinct()
            .toList();
    if (asked.isEmpty()) {
      return;
    }
    List<String> letIn = asked.stream().filter(origin -> !report.refuses(origin)).toList();
    terminal.line(terminal.in(Terminal.BOLD, "Strangers"));
    if (letIn.isEmpty()) {
      line("None of " + asked.size() + " other origins can read the API.");
    } else if (letIn.size() == asked.size()) {
      line("Every website can read the API" + (isStar(report) ? ", without credentials." : "."));
    } else {
      line("Of " + asked.size() + " other origins these can read the API:");
      letIn.forEach(origin -> line("  " + origin));
    }
    terminal.line("");
  }

  private static boolean isStar(ProbeReport report) {
    return report.exchanges().stream()
        .filter(exchange -> exchange.purpose() == Purpose.STRANGER)
        .filter(exchange -> exchange.response() != null && !exchange.isPreflight())
        .allMatch(
            exchange ->
                exchange
                    .response()
                    .get("Access-Control-Allow-Origin")
                    .filter("*"::equals)
                    .isPresent());
  }

  private void line(String text) {
    terminal.line(INDENT + Terminal.sentence(text));
  }
}
