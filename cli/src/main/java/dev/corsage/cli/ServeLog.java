package dev.corsage.cli;

import dev.corsage.gateway.ApiType;
import dev.corsage.gateway.Exchange;
import dev.corsage.gateway.GatewayLog;
import dev.corsage.gateway.LocalGateway;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * What {@code serve} prints: where to look, and one line a request; the functions' log in a file.
 */
final class ServeLog implements GatewayLog, AutoCloseable {
  private static final String COLUMNS = "  %-8s%-18s%-26s%-9s%-7s%-21s%8s%n";

  private final PrintWriter out;
  private final Path file;
  private final BufferedWriter functions;
  private final boolean colours = Ansi.AUTO.enabled() && System.getenv("NO_COLOR") == null;

  ServeLog(PrintWriter out) throws IOException {
    this.out = out;
    file = Files.createTempFile("corsage-functions-", ".log");
    functions = Files.newBufferedWriter(file);
  }

  void welcome(LocalGateway gateway, ApiType type) throws IOException {
    out.printf("%n  Corsage %s, a local API Gateway (%s)%n%n", Main.Version.number(), type);
    out.printf("  API             %s%n", gateway.apiOrigin());
    for (String page : gateway.pageOrigins()) {
      String verdict = gateway.allows(page) ? "the policy allows it" : "the policy refuses it";
      out.printf("  Page            %-26s %s%n", page, verdict);
    }
    out.printf("  Functions' log  %s%n%n", file);
    for (var warning : gateway.policy().warnings()) {
      out.printf("  Warning: %s%n%n", warning);
    }
    if (!gateway.pageOrigins().isEmpty()) {
      out.printf("  Open a page and press its buttons. Ctrl-C ends it.%n%n");
    }
    out.printf(COLUMNS, "METHOD", "PATH", "ORIGIN", "VERDICT", "STATUS", "REASON", "TIME");
    out.flush();
  }

  @Override
  public synchronized void exchange(Exchange exchange) {
    String path = exchange.path().replaceFirst("\\?.*", "");
    String line =
        COLUMNS.formatted(
            exchange.method(),
            path,
            exchange.origin() == null ? "-" : exchange.origin(),
            verdict(exchange),
            exchange.status(),
            exchange.reason(),
            String.format(Locale.ROOT, "%.1f ms", exchange.nanos() / 1e6));
    out.print(coloured(exchange, printable(line)));
    out.flush();
  }

  private static String verdict(Exchange exchange) {
    if (!exchange.allowed()) {
      return "refused";
    }
    return exchange.kind().equals("non-cors") ? "no CORS" : "allowed";
  }

  private String coloured(Exchange exchange, String line) {
    if (!colours) {
      return line;
    }
    String colour = exchange.allowed() ? "\u001b[32m" : "\u001b[31m";
    String word = verdict(exchange);
    return line.replaceFirst(" " + word + " ", " " + colour + word + "\u001b[0m ");
  }

  /** Paths are hostile input: nothing in them may steer the terminal or forge a line. */
  private static String printable(String line) {
    return line.replaceAll("[^\\x20-\\x7e\\n]", "?");
  }

  @Override
  public synchronized void functionOutput(String function, String line) {
    try {
      functions.write(function + " | " + line + System.lineSeparator());
      functions.flush();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public void close() throws IOException {
    functions.close();
  }
}
