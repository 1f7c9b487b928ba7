package dev.corsage.cli;

import dev.corsage.Decision;
import dev.corsage.cli.terminal.Terminal;
import java.util.Set;

/** Prints an explanation for people, in numbered steps. */
final class ExplanationPrinter {
  private static final String INDENT = "   ";

  private final Terminal terminal;
  private int step;

  ExplanationPrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(Explanation explanation) {
    PageRequest request = explanation.request();
    step("The page", "");
    line(request.method() + " from " + request.origin() + credentials(request));
    request.headers().forEach(header -> header(header.name(), header.value()));
    explanation.notes().forEach(note -> line(Terminal.YELLOW, note));
    if (explanation.preflight() != null) {
      step("The browser asks first", "");
      explanation.why().forEach(this::line);
      step("The preflight", "");
      exchange(explanation.preflight(), request);
    }
    if (explanation.actual() != null) {
      if (explanation.preflight() == null) {
        step("The browser does not ask first", "");
        line("Neither the method nor a header needs permission.");
      }
      step("The request", "");
      exchange(explanation.actual(), request);
    }
    conclude(explanation);
    terminal.flush();
  }

  private static String credentials(PageRequest request) {
    return request.credentials() ? ", with credentials" : "";
  }

  private void exchange(SimulatedExchange exchange, PageRequest request) {
    line(Terminal.BOLD, exchange.method());
    exchange.headers().forEach((name, lines) -> lines.forEach(value -> header(name, value)));
    decision(exchange.decision());
    Verdict verdict = exchange.verdict();
    step("The browser", verdict(verdict.isPassed(), "accepts the answer", verdict.key()));
    line(verdict.step());
    line(Terminal.FAINT, verdict.standard());
    if (!verdict.note().isEmpty()) {
      line(Terminal.YELLOW, verdict.note());
    }
    ConsoleMessage console = exchange.console(request);
    if (console != null) {
      line("Chromium  " + console.chromium());
      line("Firefox   " + console.firefox());
      line("Safari    " + console.webkit());
      if (exchange.decision().isAllowed()) {
        // Otherwise the server has said what is wrong, and knows better.
        line(console.cause());
      }
    } else if (exchange.isPreflight()) {
      kept(exchange.response());
    } else {
      exposed(request, exchange.response());
    }
  }

  private void decision(Decision decision) {
    step("The server", verdict(decision.isAllowed(), "allows it", decision.reason().toString()));
    line(decision.explanation());
    if (!decision.hint().isEmpty()) {
      line(decision.hint());
    }
    String status =
        decision.status().isPresent()
            ? Integer.toString(decision.status().getAsInt())
            : "(the application's own status)";
    line(Terminal.BOLD, status);
    decision.headers().forEach(this::header);
  }

  private void kept(Response response) {
    line(
        "It is kept: Chromium "
            + BrowserModel.maxAge(response, BrowserModel.CHROMIUM_MAX_AGE)
            + " s, Firefox "
            + BrowserModel.maxAge(response, BrowserModel.FIREFOX_MAX_AGE)
            + " s, Safari "
            + BrowserModel.maxAge(response, BrowserModel.WEBKIT_MAX_AGE)
            + " s.");
  }

  private void exposed(PageRequest request, Response response) {
    Set<String> names = BrowserModel.exposedHeaders(request, response);
    line(
        names.contains("*")
            ? "The page can read every response header."
            : "The page can read the safelisted response headers"
                + (names.isEmpty() ? "." : " and " + String.join(", ", names) + "."));
  }

  private void conclude(Explanation explanation) {
    terminal.line("");
    if (explanation.isReadable()) {
      terminal.line(terminal.in(Terminal.GREEN, "The page can read the answer."));
      return;
    }
    String outcome =
        switch (explanation.refusedAt()) {
          case "page" -> "No browser sends this request.";
          case "preflight" -> "The request is never sent.";
          default ->
              explanation.actual().decision().status().isPresent()
                  ? "The request is refused, and the page cannot read why."
                  : "The request is carried out, but the page cannot read the answer.";
        };
    terminal.line(terminal.in(Terminal.RED, outcome));
    terminal.line(terminal.in(Terminal.BOLD, "Remedy: ") + Terminal.sentence(explanation.remedy()));
  }

  private void step(String title, String verdict) {
    step++;
    terminal.line(
        (step == 1 ? "" : System.lineSeparator())
            + step
            + "  "
            + terminal.in(Terminal.BOLD, title)
            + verdict);
  }

  private String verdict(boolean passed, String yes, String reason) {
    return passed
        ? terminal.in(Terminal.GREEN, " " + yes)
        : terminal.in(Terminal.RED, " refuses: " + reason);
  }

  private void header(String name, String value) {
    terminal.line(INDENT + Terminal.value(name) + ": " + Terminal.value(value));
  }

  private void line(String text) {
    terminal.line(INDENT + Terminal.sentence(text));
  }

  private void line(String colour, String text) {
    terminal.line(INDENT + terminal.in(colour, Terminal.sentence(text)));
  }
}
