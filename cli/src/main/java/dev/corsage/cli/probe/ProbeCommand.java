package dev.corsage.cli.probe;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.browser.RequestHeader;
import dev.corsage.cli.options.HeaderOption;
import dev.corsage.cli.options.PageOptions;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.ProgressLine;
import dev.corsage.cli.terminal.SarifReport;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.probe.Probe;
import dev.corsage.probe.ProbeReport;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "probe",
    description = {
      "Asks a live API what a page of --origin can do with it, what strangers can, and which layer"
          + " responds.",
      "",
      "At most 40 requests are sent, one after the other, to the host of the URL alone: GET, HEAD"
          + " and OPTIONS, unless --send is given. Redirects are not followed. Exit status: 0 fine,"
          + " 1 findings that are errors, or the page cannot read the API, 2 the command line or the"
          + " policy cannot be used, 3 no response.",
      ""
    })
public final class ProbeCommand implements Callable<Integer> {
  private static final int NO_RESPONSE = 3;

  /** Of what there is at most, for the progress line. */
  private static final double MOST = 40;

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "URL", description = "What the page requests.")
  private String url;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description =
          "The page's origin, such as https://app.example.com. Without it only strangers are asked"
              + " as.")
  private String origin;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "The method that the page uses. Default: GET; POST for what sends a body.")
  private String method;

  @Mixin private PageOptions page;

  @Mixin private HeaderOption header;

  @Option(
      names = "--headers",
      paramLabel = "NAME",
      split = ",",
      description = "Headers that the page sets, by name alone, with usual values.")
  private List<String> headerNames = List.of();

  @Mixin private PolicyOption policy;

  @Option(
      names = "--send",
      description =
          "Send the request also if its method can change something, once and without a body. A GET"
              + " stands in for it otherwise.")
  private boolean send;

  @Option(
      names = "--resolve",
      paramLabel = "HOST:ADDRESS",
      description = "Use this address for the host, as curl does; HOST:PORT:ADDRESS is taken too.")
  private List<String> addresses = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long a response may take to begin. Default: 10.")
  private int seconds;

  @Option(
      names = "--json",
      description = "Print {\"url\", \"readable\", \"findings\": [...], \"exchanges\": [...]}.")
  private boolean json;

  @Option(names = "--sarif", description = "Print SARIF 2.1.0, for code scanning.")
  private boolean sarif;

  /** Null where nothing can be written over, or where programs read. */
  private ProgressLine line;

  @Override
  public Integer call() throws IOException {
    if (json && sarif) {
      throw wrong("Only one of --json and --sarif can be given");
    }
    Probe probe;
    try {
      probe = probe();
    } catch (IllegalArgumentException | URISyntaxException unusable) {
      throw wrong(
          unusable instanceof URISyntaxException
              ? "The URL has a character that a URL cannot have, or no host"
              : unusable.getMessage());
    }
    String document = policy.document();
    if (document == null) {
      return report(probe.run());
    }
    CorsDecider decider;
    try {
      decider = policy.parse(document);
    } catch (InvalidPolicyException invalid) {
      ProblemPrinter.report(command.commandLine(), json, invalid.problems());
      return 2;
    }
    try {
      return report(probe.policy(decider).run());
    } finally {
      decider.close();
    }
  }

  private Probe probe() throws URISyntaxException {
    List<RequestHeader> headers = new ArrayList<>(header.headers());
    headers.addAll(header.headers("--headers", headerNames));
    Probe probe =
        Probe.of(new URI(url))
            .as(page.kind(method, headers))
            .credentials(page.credentials())
            .redirects(page.redirectMode())
            .send(send)
            .timeout(Duration.ofSeconds(seconds));
    if (method != null) {
      probe.method(method);
    }
    if (origin != null) {
      probe.from(page.page(origin));
    }
    for (RequestHeader one : headers) {
      probe.header(one.name(), one.value());
    }
    for (String address : addresses) {
      String[] parts = address.split(":(?:[0-9]+:)?(?=[0-9A-Fa-f.:\\[\\]]+$)", 2);
      if (parts.length < 2 || parts[0].isEmpty()) {
        throw wrong(
            "--resolve " + address + ": write HOST:ADDRESS, such as api.example.com:10.0.0.1");
      }
      probe.resolve(parts[0], parts[1]);
    }
    if (new Terminal(command.commandLine()).hasColours() && !json && !sarif) {
      line =
          new ProgressLine(
              command.commandLine().getErr(), true, "probing", "requests", System::nanoTime);
      probe.onProgress(sent -> line.update(sent, Math.min(1, sent / MOST)));
    }
    return probe;
  }

  private int report(ProbeReport report) throws IOException {
    if (line != null) {
      line.end();
    }
    if (json) {
      command.commandLine().getOut().println(ProbeJson.write(report));
      command.commandLine().getOut().flush();
    } else if (sarif) {
      SarifReport.write(ProbeFindings.of(report), command.commandLine().getOut());
    } else {
      new ProbePrinter(new Terminal(command.commandLine())).print(report);
    }
    if (report.isIncomplete()) {
      return NO_RESPONSE;
    }
    boolean unreadable = origin != null && !report.isReadable();
    return unreadable || !report.errors().isEmpty() ? 1 : 0;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
