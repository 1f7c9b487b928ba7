package dev.corsage.cli;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.gateway.ApiType;
import dev.corsage.gateway.Exchange;
import dev.corsage.gateway.GatewayLog;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.TemplateGateway;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateApi;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.gateway.template.TemplateRoute;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * What {@code serve} prints: where to look, and one line a request; the functions' log in a file.
 */
final class ServeLog implements GatewayLog, AutoCloseable {
  private static final String COLUMNS = "  %-7s %-17s %-25s %-8s %-6s %-20s %8s%n";

  private final PrintWriter out;
  private final Path file;
  private final BufferedWriter functions;
  private final boolean colours;

  ServeLog(PrintWriter out) throws IOException {
    this(out, Ansi.AUTO.enabled() && System.getenv("NO_COLOR") == null);
  }

  ServeLog(PrintWriter out, boolean colours) throws IOException {
    this.out = out;
    this.colours = colours;
    file = Files.createTempFile("corsage-functions-", ".log");
    functions = Files.newBufferedWriter(file);
  }

  /** Says where to look; the backend is null where the demo is in its place. */
  void welcome(LocalGateway gateway, ApiType type, URI backend) throws IOException {
    out.printf("%n  Corsage %s, a local API Gateway (%s)%n%n", Version.number(), type);
    out.printf("  API             %s%n", gateway.apiOrigin());
    if (backend != null) {
      out.printf("  Backend         %s%n", backend);
    }
    for (String page : gateway.pageOrigins()) {
      String verdict = gateway.allows(page) ? "the policy allows it" : "the policy refuses it";
      out.printf("  Page            %-26s %s%n", page, verdict);
    }
    out.printf("  Functions' log  %s%n%n", file);
    for (var warning : gateway.policy().warnings()) {
      out.printf("  Warning: %s%n%n", warning);
    }
    String todo = backend == null ? "Open a page and press its buttons. " : "";
    out.printf("  %sCtrl-C ends it.%n%n", todo);
    out.printf(COLUMNS, "METHOD", "PATH", "ORIGIN", "VERDICT", "STATUS", "REASON", "TIME");
    out.flush();
  }

  /** Says where the APIs of a template are, what they lead to, and what is not as on AWS. */
  void welcome(String name, Template template, TemplateGateway gateway) throws IOException {
    out.printf("%n  Corsage %s, a local API Gateway (%s)%n", Version.number(), printable(name));
    for (TemplateGateway.Endpoint endpoint : gateway.endpoints()) {
      TemplateApi api = endpoint.api();
      out.printf("%n  %-15s %s  %s%n", api.kind(), endpoint.origin(), printable(api.id()));
      for (TemplateRoute route : api.routes().routes()) {
        out.printf("    %-28s %s%n", Terminal.value(route.key()), target(api, route));
      }
    }
    out.println();
    for (TemplateFunction function : template.functions().values()) {
      String runs =
          switch (TemplateGateway.runsAs(function)) {
            case PREFLIGHT -> "the preflight function of this installation";
            case DEMO -> "the demo function of this installation";
            case ARCHIVE -> function.code().toString();
            case STAND_IN -> "a function of ours stands in, its archive is not here or not Java";
          };
      out.printf("  %-15s %s%n", printable(function.id()), Terminal.value(runs));
    }
    for (String ignored : template.ignored()) {
      out.printf("  %-15s %s%n", "Not looked at", Terminal.value(ignored));
    }
    out.printf("  %-15s %s%n%n", "Functions' log", file);
    for (String failed : gateway.notStarted()) {
      out.printf("  Does not start: %s%n%n", Terminal.sentence(failed));
    }
    out.printf("  Ctrl-C ends it.%n%n");
    out.printf(COLUMNS, "METHOD", "PATH", "ORIGIN", "VERDICT", "STATUS", "REASON", "TIME");
    out.flush();
  }

  private static String target(TemplateApi api, TemplateRoute route) {
    String target = "answered by API Gateway (mock)";
    if (route.target() instanceof TemplateRoute.Function function) {
      target = function.id();
    } else if (route.target() instanceof TemplateRoute.Other other) {
      target = other.description() + " (not here: answers 502)";
    }
    String format =
        api.kind() != TemplateApi.Kind.HTTP
            ? ""
            : route.payload2() ? ", format 2.0" : ", format 1.0";
    String authorizer = route.authorizer() == null ? "" : ", behind " + route.authorizer().name();
    return Terminal.value(target + format + authorizer + (route.apiKey() ? ", API key" : ""));
  }

  @Override
  public synchronized void exchange(Exchange exchange) {
    String path = exchange.path().replaceFirst("\\?.*", "");
    out.printf(
        COLUMNS,
        printable(exchange.method()),
        printable(path),
        exchange.origin() == null ? "-" : printable(exchange.origin()),
        verdict(exchange),
        exchange.status(),
        exchange.reason(),
        String.format(Locale.ROOT, "%.1f ms", exchange.nanos() / 1e6));
    out.flush();
  }

  private String verdict(Exchange exchange) {
    String verdict =
        !exchange.allowed()
            ? "refused"
            : exchange.kind().equals("non-cors") ? "no CORS" : "allowed";
    if (!colours) {
      return verdict;
    }
    // The colour takes no column.
    String colour = exchange.allowed() ? "\u001b[32m" : "\u001b[31m";
    return colour + verdict + "\u001b[0m" + " ".repeat(8 - verdict.length());
  }

  /**
   * What was sent is hostile: nothing in it may steer the terminal, or forge a line or a column.
   */
  private static String printable(String text) {
    return text.isEmpty() ? "\"\"" : text.replaceAll("[^\\x21-\\x7e]", "?");
  }

  @Override
  public synchronized void functionOutput(String function, String line) {
    try {
      functions.write(function + " | " + line + System.lineSeparator());
      functions.flush();
    } catch (IOException unwritable) {
      // Whoever reads the function's output must go on reading, or the function would stop.
      out.println("corsage: the functions' log cannot be written: " + unwritable.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    functions.close();
    if (Files.size(file) == 0) {
      Files.delete(file);
    }
  }
}
