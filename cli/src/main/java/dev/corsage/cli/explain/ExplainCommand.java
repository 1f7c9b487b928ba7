package dev.corsage.cli.explain;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.browser.RequestHeader;
import dev.corsage.cli.options.HeaderOption;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.options.TargetOptions;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import java.io.IOException;
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
      "Without --policy it is the policy in the environment. Exit status: 0 the page can read the"
          + " response, 1 it cannot, 2 the policy does not build.",
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
      required = true,
      description = "The page's origin, such as https://app.example.com.")
  private String origin;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "GET",
      description = "The method that the page uses. Default: GET.")
  private String method;

  @Mixin private HeaderOption header;

  @Option(
      names = "--credentials",
      description = "The page sends cookies (credentials: \"include\").")
  private boolean credentials;

  @Mixin private TargetOptions target;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!method.matches(TOKEN)) {
      throw wrong("--method " + method + ": a method is a token, such as PUT");
    }
    List<RequestHeader> list = header.headers();
    CorsDecider built;
    try {
      built = policy.policy();
    } catch (InvalidPolicyException invalid) {
      ProblemPrinter.report(command.commandLine(), json, invalid.problems());
      return 2;
    }
    Explanation explanation;
    try {
      boolean sameOrigin = target.isOriginOfApi(origin);
      explanation =
          Explanation.of(
              target.at(built),
              Remedy.isWithCredentials(built),
              origin,
              method,
              list,
              credentials,
              sameOrigin);
    } finally {
      built.close();
    }
    if (json) {
      command.commandLine().getOut().println(ExplanationJson.write(explanation));
      command.commandLine().getOut().flush();
    } else {
      new ExplanationPrinter(new Terminal(command.commandLine())).print(explanation);
    }
    return explanation.isReadable() ? 0 : 1;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
