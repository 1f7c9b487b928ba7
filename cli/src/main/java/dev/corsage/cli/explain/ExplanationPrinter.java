package dev.corsage.cli.explain;

import dev.corsage.Decision;
import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.EmbedderPolicy;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.RedirectMode;
import dev.corsage.browser.RequestKind;
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
    String kind = request.kind() == RequestKind.FETCH ? "" : ", as " + request.kind().key();
    line(
        request.method()
            + " from "
            + request.origin()
            + kind
            + credentials(request)
            + redirects(request));
    if (request.page().embedderPolicy() != EmbedderPolicy.UNSAFE_NONE) {
      line("Cross-Origin-Embedder-Policy: " + request.page().embedderPolicy().key());
    }
    request.headers().forEach(header -> header(header.name(), header.value()));
    explanation.notes().forEach(note -> line(Terminal.YELLOW, note));
    boolean first = true;
    for (SimulatedExchange exchange : explanation.exchanges()) {
      if (first) {
        preflight(explanation, exchange);
      }
      first = false;
      step(exchange.isPreflight() ? "The preflight" : "The request", "");
      exchange(request, exchange);
    }
    engines(explanation);
    conclude(explanation);
    terminal.flush();
  }

  private void preflight(Explanation explanation, SimulatedExchange first) {
    if (first.isPreflight()) {
      step("The browser sends a preflight first", "");
      explanation.why().forEach(this::line);
      return;
    }
    step("The browser sends no preflight", "");
    if (!first.isSameOrigin()) {
      line(
          explanation.request().needsPreflight()
              ? explanation.shown().engine().browser() + " needs no permission for this request."
              : "Neither the method nor a header needs permission.");
    }
  }

  private void engines(Explanation explanation) {
    step("In the browsers", "");
    for (Prediction prediction : explanation.predictions()) {
      String sent = PredictionText.sent(prediction);
      line(
          String.format("%-16s", prediction.engine().measured())
              + PredictionText.access(prediction)
              + (sent.isEmpty() ? "" : " (" + sent + ")"));
      String console = PredictionText.console(prediction);
      if (!console.isEmpty()) {
        line(Terminal.FAINT, "  " + console);
      }
    }
  }

  private static String credentials(PageRequest request) {
    return switch (request.credentialsMode()) {
      case INCLUDE -> ", with credentials";
      case SAME_ORIGIN -> "";
      case OMIT -> ", without credentials";
    };
  }

  private static String redirects(PageRequest request) {
    return request.redirectMode() == RedirectMode.FOLLOW
        ? ""
        : ", redirect mode " + request.redirectMode().key();
  }

  private void exchange(PageRequest request, SimulatedExchange exchange) {
    line(Terminal.BOLD, exchange.request().method());
    exchange
        .request()
        .headers()
        .forEach((name, lines) -> lines.forEach(value -> header(name, value)));
    decision(exchange);
    Outcome outcome = exchange.verdict().outcome();
    step("The browser", verdict(outcome.isPassed(), "accepts the response", outcome.key()));
    line(outcome.step());
    line(Terminal.FAINT, outcome.standard());
    if (!outcome.note().isEmpty()) {
      line(Terminal.YELLOW, outcome.note());
    }
    ConsoleMessage console = exchange.console();
    if (console != null) {
      if (exchange.decision().isAllowed()) {
        // Otherwise the server itself has said what is wrong.
        line(console.cause());
      }
    } else if (exchange.isPreflight()) {
      kept(exchange.response());
    } else if (exchange.redirect().isPresent()) {
      line("It goes on to " + exchange.redirect().get() + ".");
    } else {
      exposed(request, exchange);
    }
  }

  private void decision(SimulatedExchange exchange) {
    Decision decision = exchange.decision();
    step("The server", verdict(decision.isAllowed(), "allows it", decision.reason().toString()));
    line(decision.explanation());
    if (!decision.hint().isEmpty()) {
      line(decision.hint());
    }
    String status =
        decision.status().isPresent()
            ? Integer.toString(decision.status().getAsInt())
            : exchange.redirect().isPresent()
                ? Integer.toString(exchange.response().status())
                : exchange.request().method().equals("OPTIONS")
                    ? "400 from the preflight function, or the application's own status"
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

  private void exposed(PageRequest request, SimulatedExchange exchange) {
    if (exchange.verdict().outcome().isOpaque()) {
      line("The page can read nothing of the response.");
      return;
    }
    Set<String> names = BrowserModel.exposedHeaders(request.credentials(), exchange.response());
    line(
        names.contains("*") || exchange.isSameOrigin()
            ? "The page can read every response header."
            : "The page can read the safelisted response headers"
                + (names.isEmpty() ? "." : " and " + String.join(", ", names) + "."));
  }

  private void conclude(Explanation explanation) {
    terminal.line("");
    if (explanation.isFine()) {
      terminal.line(
          terminal.in(
              Terminal.GREEN,
              explanation.isReadable()
                  ? "The page can read the response."
                  : "The request is carried out. The page reads nothing of the response."));
      return;
    }
    terminal.line(terminal.in(Terminal.RED, outcome(explanation)));
    terminal.line(terminal.in(Terminal.BOLD, "Remedy: ") + Terminal.sentence(explanation.remedy()));
  }

  private static String outcome(Explanation explanation) {
    long failing =
        explanation.predictions().stream()
            .filter(prediction -> !prediction.verdict().isPassed())
            .count();
    if (failing < explanation.predictions().size()) {
      return "Not every browser lets the page read the response.";
    }
    SimulatedExchange actual = explanation.actual();
    return switch (explanation.refusedAt()) {
      case "page" ->
          explanation.shown().verdict().outcome() == Outcome.LOCAL_NETWORK
              ? "The request is never sent."
              : "No browser sends this request.";
      case "preflight" ->
          actual == null
              ? "The request is never sent."
              : "The request is carried out, but not what it is redirected to.";
      default ->
          actual == null || actual.decision().status().isPresent()
              ? "The request is refused, and the page cannot read why."
              : "The request is carried out, but the page cannot read the response.";
    };
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
