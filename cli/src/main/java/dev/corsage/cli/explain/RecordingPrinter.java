package dev.corsage.cli.explain;

import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.probe.Exchange;
import dev.corsage.probe.RecordedCall;
import dev.corsage.probe.Recording;
import java.util.List;

/** Prints the cross-origin calls of a recording: a table, then each that failed. */
final class RecordingPrinter {
  private static final String INDENT = "   ";
  private static final int MAX_WIDTH = 60;

  private final Terminal terminal;

  RecordingPrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(Recording recording) {
    List<RecordedCall> calls = recording.calls();
    List<RecordedCall> failed = calls.stream().filter(call -> !call.isReadable()).toList();
    int width =
        Math.min(
            MAX_WIDTH, calls.stream().mapToInt(call -> request(call).length()).max().orElse(0));
    for (RecordedCall call : calls) {
      String number = call.isReadable() ? "" : Integer.toString(failed.indexOf(call) + 1);
      terminal.line(
          String.format(
                  "%2s  %-" + Math.max(1, width) + "s  %-4s", number, request(call), status(call))
              + "  "
              + terminal.in(call.isReadable() ? Terminal.GREEN : Terminal.RED, call.key()));
    }
    for (int i = 0; i < failed.size(); i++) {
      terminal.line("");
      details(i + 1, failed.get(i));
    }
    if (!calls.isEmpty()) {
      terminal.line("");
    }
    terminal.line(
        calls.isEmpty()
            ? "The recording has no cross-origin requests of a page."
            : calls.size()
                + (calls.size() == 1 ? " cross-origin request" : " cross-origin requests")
                + ", "
                + (failed.isEmpty()
                    ? terminal.in(Terminal.GREEN, "all can be read")
                    : terminal.in(Terminal.RED, failed.size() + " failed"))
                + ".");
    terminal.flush();
  }

  private void details(int number, RecordedCall call) {
    terminal.line(
        number
            + "  "
            + terminal.in(Terminal.BOLD, request(call))
            + " from "
            + Terminal.value(call.origin()));
    Exchange exchange = call.failed();
    if (exchange != null) {
      line(
          (exchange.isPreflight() ? "The preflight" : "The request")
              + " got "
              + exchange.response().status()
              + " from "
              + exchange.layer().title()
              + ".");
    }
    ConsoleMessage console = call.console();
    if (console != null) {
      for (Engine engine : Engine.values()) {
        line(String.format("%-10s", engine.browser()) + console.text(engine));
      }
    }
    line(call.cause());
    terminal.line(INDENT + terminal.in(Terminal.BOLD, "Remedy: ") + Terminal.sentence(call.fix()));
  }

  private static String request(RecordedCall call) {
    return Terminal.value(call.method() + " " + call.url());
  }

  private static String status(RecordedCall call) {
    Exchange shown = call.actual() == null ? call.preflight() : call.actual();
    return shown.response() == null ? "-" : Integer.toString(shown.response().status());
  }

  private void line(String text) {
    terminal.line(INDENT + Terminal.sentence(text));
  }
}
