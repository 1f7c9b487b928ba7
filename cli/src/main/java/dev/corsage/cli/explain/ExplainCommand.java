package dev.corsage.cli.explain;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.browser.Page;
import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.RequestKind;
import dev.corsage.cli.options.HeaderOption;
import dev.corsage.cli.options.PageOptions;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.options.TargetOptions;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.probe.RecordedCall;
import dev.corsage.probe.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = {
      "Explains why a page can, or cannot, read the response to a request: what the server decides,"
          + " what a browser makes of it, and what to do.",
      "",
      "Without --policy it is the policy in the environment. With --har it explains what a browser"
          + " recorded. Exit status: 0 the page can read the response (of --har: each response), or"
          + " wants nothing of it; 1 it cannot, 2 the policy does not build, or the file is not a"
          + " recording.",
      ""
    })
public final class ExplainCommand implements Callable<Integer> {
  /** RFC 9110, section 5.6.2. */
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  @Spec private CommandSpec command;

  @Mixin private PolicyOption policy;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "The page's origin, such as https://app.example.com.")
  private String origin;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = "The method that the page uses. Default: GET; POST for what sends a body.")
  private String method;

  @Mixin private HeaderOption header;

  @Mixin private PageOptions page;

  @Option(
      names = "--local-network",
      description =
          "The user has allowed the page to reach this machine and its network (Local Network"
              + " Access).")
  private boolean localNetwork;

  @Option(
      names = "--redirect-to",
      paramLabel = "[STATUS ]URL",
      description =
          "Where the API redirects the request to, such as '307 https://www.example.com/'; once for"
              + " each redirect. Without a status it is 302. Every server on the way has the same"
              + " policy.")
  private List<String> redirects = List.of();

  @Mixin private TargetOptions target;

  @Option(
      names = "--har",
      paramLabel = "FILE",
      description =
          "A recording of a browser (HAR): every cross-origin request in it is explained. Nothing"
              + " secret in it is printed.")
  private Path recording;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (recording != null) {
      return explainRecording();
    }
    if (origin == null) {
      throw wrong("Missing required option: '--origin=ORIGIN'");
    }
    if (method != null && !method.matches(TOKEN)) {
      throw wrong("--method " + method + ": a method is a token, such as PUT");
    }
    List<RequestHeader> list = header.headers();
    RequestKind asked = page.kind(method, list);
    Page sender = page.page(origin);
    Explanation.Call call =
        new Explanation.Call(
            localNetwork ? sender.withLocalNetwork() : sender,
            asked,
            method == null ? asked.usualMethod() : method,
            list,
            page.credentials(),
            page.redirectMode());
    URI url = target.url().orElseGet(() -> Explanation.unknown(origin));
    List<Redirect> locations = redirects.stream().map(written -> redirect(url, written)).toList();
    CorsDecider built;
    try {
      built = policy.policy();
    } catch (InvalidPolicyException invalid) {
      ProblemPrinter.report(command.commandLine(), json, invalid.problems());
      return 2;
    }
    Explanation explanation;
    try {
      explanation =
          Explanation.of(target.at(built), Remedy.isWithCredentials(built), call, url, locations);
    } finally {
      built.close();
    }
    if (json) {
      command.commandLine().getOut().println(ExplanationJson.write(explanation));
      command.commandLine().getOut().flush();
    } else {
      new ExplanationPrinter(new Terminal(command.commandLine())).print(explanation);
    }
    return explanation.isFine() ? 0 : 1;
  }

  private int explainRecording() throws IOException {
    if (origin != null || policy.document() != null) {
      throw wrong("--har FILE goes without --origin and --policy: the recording has the requests");
    }
    String name = "--har " + recording;
    Recording read;
    try (InputStream file =
        Files.newInputStream(PolicyOption.readable(command.commandLine(), name, recording))) {
      read = Recording.read(file);
    } catch (IllegalArgumentException notOne) {
      throw wrong(name + ": the file is not a recording (HAR). " + notOne.getMessage());
    }
    if (json) {
      command.commandLine().getOut().println(RecordingJson.write(read));
      command.commandLine().getOut().flush();
    } else {
      new RecordingPrinter(new Terminal(command.commandLine())).print(read);
    }
    return read.calls().stream().allMatch(RecordedCall::isReadable) ? 0 : 1;
  }

  private Redirect redirect(URI url, String written) {
    try {
      return Redirect.of(url, written);
    } catch (IllegalArgumentException unusable) {
      throw wrong("--redirect-to " + written + ": " + unusable.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
