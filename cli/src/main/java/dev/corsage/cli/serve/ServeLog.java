package dev.corsage.cli.serve;

import dev.corsage.PolicyCode;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.gateway.FunctionSetup;
import dev.corsage.gateway.GatewayLog;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Judgement.Access;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.console.ConsoleSetup;
import dev.corsage.gateway.template.Template;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code serve} prints: where everything is, and a line for each request. The functions' log
 * is in a file.
 */
final class ServeLog implements GatewayLog, AutoCloseable {
  /** Longer words than these move only their own line: a stranger chooses them. */
  private static final int WIDEST_PATH = 50;

  private static final int WIDEST_ORIGIN = 100;

  /** More than the longest origin has, and than any method in use has. */
  private static final int SHOWN = 340;

  private static final int SHOWN_OF_METHOD = 128;

  private static final int MOST_REMEDIES = 1_000;

  private final Terminal terminal;
  private final Path file;
  private final Set<String> given = new HashSet<>();
  private int pathWidth = 17;
  private int originWidth = 25;
  private final BufferedWriter functions;

  /**
   * Creates it.
   *
   * @param file takes the functions' log
   */
  ServeLog(Terminal terminal, Path file) throws IOException {
    this.terminal = terminal;
    this.file = file;
    functions = Files.newBufferedWriter(file);
  }

  /** Tells where the API is; the backend is null if the demo takes its place. */
  void welcome(LocalGateway gateway, ApiType type, URI backend) throws IOException {
    title(type.toString());
    terminal.line("");
    line("API", gateway.apiOrigin());
    if (backend != null) {
      line("Backend", backend.toString());
    }
    for (String page : gateway.pageOrigins()) {
      boolean allowed = ConsoleSetup.allows(gateway.policy(), gateway.apiOrigin(), page);
      String verdict = allowed ? "the policy allows it" : "the policy refuses it";
      line("Page", String.format("%-26s %s", page, verdict));
    }
    for (FunctionSetup function : gateway.functions()) {
      if (function.runsAs() == FunctionSetup.RunsAs.OWN_CODE) {
        line("Function", Terminal.value(function.description() + "  " + function.handler()));
      }
    }
    console(gateway);
    if (backend == null) {
      line("Functions' log", file.toString());
    }
    terminal.line("");
    for (var warning : gateway.policy().warnings()) {
      if (warning.code() == PolicyCode.ORIGIN_LOOPBACK) {
        // Pages on this machine are what serve is for.
        continue;
      }
      terminal.line("  Warning: " + Terminal.sentence(warning.toString()));
      terminal.line("");
    }
    columns();
  }

  /** Tells where the APIs of a template are, what they lead to, and what is not as on AWS. */
  void welcome(Template template, LocalGateway gateway) throws IOException {
    title(template.name());
    for (LocalGateway.Endpoint endpoint : gateway.endpoints()) {
      Api api = endpoint.api();
      terminal.line("");
      line(api.kind().toString(), endpoint.origin() + "  " + printable(api.id()));
      for (Route route : api.routes().routes()) {
        terminal.line(
            String.format("    %-28s %s", Terminal.value(route.key()), target(api, route)));
      }
    }
    for (LocalGateway.WebSocketEndpoint endpoint : gateway.webSockets()) {
      terminal.line("");
      line("WebSocket API", endpoint.url() + "  " + printable(endpoint.api().id()));
      endpoint
          .api()
          .routes()
          .forEach(
              (key, route) ->
                  terminal.line(
                      String.format(
                          "    %-28s %s",
                          Terminal.value(key),
                          route.function().isEmpty()
                              ? "not here: refuses connections, ignores messages"
                              : Terminal.value(route.function()))));
    }
    terminal.line("");
    for (FunctionSetup function : gateway.functions()) {
      line(printable(function.id()), Terminal.value(function.description()));
    }
    for (String ignored : template.ignored()) {
      line("Not looked at", Terminal.value(ignored));
    }
    console(gateway);
    line("Functions' log", file.toString());
    terminal.line("");
    for (String note : gateway.notes()) {
      terminal.line("  Does not start: " + Terminal.sentence(note));
      terminal.line("");
    }
    columns();
  }

  /** Tells where the certificate is that clients have to trust. */
  void certificate(Path pem) {
    terminal.line("");
    line("Certificate", pem.toString());
  }

  private void title(String what) throws IOException {
    terminal.line("");
    terminal.line(
        "  Corsage " + Version.number() + ", a local API Gateway (" + printable(what) + ")");
  }

  private void line(String name, String text) {
    terminal.line(String.format("  %-15s %s", name, text));
  }

  private void console(LocalGateway gateway) {
    line("Console", terminal.in(Terminal.BOLD, gateway.consoleUrl()));
  }

  private void columns() {
    terminal.line("  Open the console to see calls, and why. Ctrl-C ends it.");
    terminal.line("");
    heading();
    terminal.flush();
  }

  private void heading() {
    row("METHOD", "PATH", "ORIGIN", "VERDICT", "STATUS", "REASON", "TIME");
  }

  private void row(
      String method,
      String path,
      String origin,
      String verdict,
      String status,
      String reason,
      String time) {
    terminal.line(
        String.format(
            "  %-7s %-" + pathWidth + "s %-" + originWidth + "s %-8s %-6s %-27s %8s",
            method,
            path,
            origin,
            verdict,
            status,
            reason,
            time));
  }

  /** Columns that a word does not fit into are wider from then on, under a heading of their own. */
  private void widen(String path, String origin) {
    int widerPath = path.length() > WIDEST_PATH ? pathWidth : Math.max(pathWidth, path.length());
    int widerOrigin =
        origin.length() > WIDEST_ORIGIN ? originWidth : Math.max(originWidth, origin.length());
    if (widerPath > pathWidth || widerOrigin > originWidth) {
      pathWidth = widerPath;
      originWidth = widerOrigin;
      heading();
    }
  }

  private static String target(Api api, Route route) {
    String target = "a mock integration of API Gateway";
    if (route.target() instanceof Target.Function function) {
      target = function.id();
    } else if (route.target() instanceof Target.Mapped mapped) {
      target = mapped.description() + ", mapped";
    } else if (route.target() instanceof Target.Other other) {
      target = other.description() + " (not here: responds with 502)";
    }
    String format =
        api.kind() != Api.Kind.HTTP ? "" : route.type().isV2() ? ", format 2.0" : ", format 1.0";
    String authorizer = route.authorizer() == null ? "" : ", behind " + route.authorizer().name();
    return Terminal.value(target + format + authorizer + (route.apiKey() ? ", API key" : ""));
  }

  @Override
  public synchronized void exchange(Exchange exchange) {
    String path = cut(printable(exchange.path().replaceFirst("\\?.*", "")), SHOWN);
    String origin = exchange.origin() == null ? "-" : cut(printable(exchange.origin()), SHOWN);
    widen(path, origin);
    row(
        cut(printable(exchange.method()), SHOWN_OF_METHOD),
        path,
        origin,
        verdict(exchange.judgement().access()),
        String.valueOf(exchange.status()),
        exchange.judgement().reason(),
        String.format(Locale.ROOT, "%.1f ms", exchange.nanos() / 1e6));
    String remedy = RefusalRemedy.of(exchange);
    // Pages repeat their requests: once is enough.
    if (!remedy.isEmpty() && given.size() < MOST_REMEDIES && given.add(remedy)) {
      terminal.line("          " + Terminal.value(remedy));
    }
    terminal.flush();
  }

  @Override
  public synchronized void requestRefused(String reason) {
    terminal.line("  Refused: " + reason);
    terminal.flush();
  }

  private String verdict(Access access) {
    String verdict =
        switch (access) {
          case NOT_CHECKED -> "no CORS";
          case ALLOWED, ALLOWED_WITHOUT_CREDENTIALS -> "allowed";
          case REFUSED -> "refused";
        };
    // A colour takes no column.
    return terminal.in(access == Access.REFUSED ? Terminal.RED : Terminal.GREEN, verdict)
        + " ".repeat(8 - verdict.length());
  }

  /** Requests are hostile: nothing in them may control the terminal, or forge a line or column. */
  private static String printable(String text) {
    return text.isEmpty() ? "\"\"" : text.replaceAll("[^\\x21-\\x7e]", "?");
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }

  @Override
  public synchronized void functionOutput(String function, String line) {
    try {
      functions.write(function + " | " + line + System.lineSeparator());
      functions.flush();
    } catch (IOException unwritable) {
      // The function's output must be read in any case, or the function would stop.
      terminal.line("corsage: the functions' log cannot be written: " + unwritable.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    functions.close();
  }
}
