package dev.corsage.cli.explain;

import dev.corsage.Decision;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Response;
import dev.corsage.cli.terminal.Terminal;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
      step("The browser sends a preflight first", "");
      explanation.why().forEach(this::line);
      step("The preflight", "");
      exchange(explanation.preflight());
    }
    if (explanation.actual() != null) {
      if (explanation.preflight() == null) {
        step("The browser sends no preflight", "");
        if (!explanation.actual().isSameOrigin()) {
          line("Neither the method nor a header needs permission.");
        }
      }
      step("The request", "");
      exchange(explanation.actual());
    }
    conclude(explanation);
    terminal.flush();
  }

  private static String credentials(PageRequest request) {
    return request.credentials() ? ", with credentials" : "";
  }

  private void exchange(SimulatedExchange exchange) {
    line(Terminal.BOLD, exchange.method());
    exchange.headers().forEach((name, lines) -> lines.forEach(value -> header(name, value)));
    decision(exchange.decision());
    Outcome outcome = exchange.verdict().outcome();
    step("The browser", verdict(outcome.isPassed(), "accepts the response", outcome.key()));
    line(outcome.step());
    line(Terminal.FAINT, outcome.standard());
    if (!outcome.note().isEmpty()) {
      line(Terminal.YELLOW, outcome.note());
    }
    ConsoleMessage console = exchange.console();
    if (console != null) {
      for (Engine engine : Engine.values()) {
        line(String.format("%-10s", engine.browser()) + console.text(engine));
      }
      if (exchange.decision().isAllowed()) {
        // Otherwise the server itself has said what is wrong.
        line(console.cause());
      }
    } else if (exchange.isPreflight()) {
      kept(exchange.response());
    } else {
      exposed(exchange);
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
        Stream.of(Engine.values())
            .map(engine -> engine.browser() + " " + BrowserModel.maxAge(engine, response) + " s")
            .collect(Collectors.joining(", ", "It is cached: ", ".")));
  }

  private void exposed(SimulatedExchange exchange) {
    Set<String> names =
        BrowserModel.exposedHeaders(exchange.page().credentials(), exchange.response());
    line(
        names.contains("*") || exchange.isSameOrigin()
            ? "The page can read every response header."
            : "The page can read the safelisted response headers"
                + (names.isEmpty() ? "." : " and " + String.join(", ", names) + "."));
  }

  private void conclude(Explanation explanation) {
    terminal.line("");
    if (explanation.isReadable()) {
      terminal.line(terminal.in(Terminal.GREEN, "The page can read the response."));
      return;
    }
    String outcome =
        switch (explanation.refusedAt()) {
          case "page" -> "No browser sends this request.";
          case "preflight" -> "The request is never sent.";
          default ->
              explanation.actual().decision().status().isPresent()
                  ? "The request is refused, and the page cannot read why."
                  : "The request is carried out, but the page cannot read the response.";
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
