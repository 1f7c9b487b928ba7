package dev.corsage.cli.lint;

import dev.corsage.CorsDecider;
import dev.corsage.Problem;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.options.TemplateOption;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.Lines;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.gateway.rules.PolicyComparison;
import dev.corsage.gateway.rules.TemplateRules;
import dev.corsage.gateway.template.Template;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PolicyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Finds what is wrong, or questionable, in a policy.",
      "",
      "Without FILE it is the policy in the environment (ALLOWED_ORIGINS and the variables with"
          + " it, CORS_POLICY); with --template, the functions and APIs of a template, and with"
          + " --policy beside it, where the template grants more or less than that policy. Exit"
          + " status: 0 no errors, 1 errors, 2 not a policy document at all.",
      ""
    })
public final class LintCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The policy document (JSON); - is standard input.")
  private Path file;

  @Mixin private TemplateOption template;

  @Mixin private PolicyOption policy;

  @Option(
      names = "--json",
      description =
          "Print {\"problems\": [...]}. With - as FILE: one policy on each line of input, one such"
              + " object on each line of output.")
  private boolean json;

  @Option(
      names = "--production",
      description = "Origins on the user's own machine (localhost) are errors.")
  private boolean production;

  @Override
  public Integer call() throws IOException {
    Lint lint = new Lint(production);
    if (template.isGiven()) {
      return lintTemplate(lint);
    }
    if (policy.document() != null) {
      throw new ParameterException(
          command.commandLine(), "--policy belongs to --template FILE; a policy alone is a FILE");
    }
    if (json && isConsole()) {
      return lintLines(lint);
    }
    return report(problems(lint));
  }

  private int report(List<Problem> problems) throws IOException {
    ProblemPrinter.report(command.commandLine(), json, problems);
    return Lint.status(problems);
  }

  private int lintTemplate(Lint lint) throws IOException {
    if (file != null) {
      throw new ParameterException(
          command.commandLine(), "Either a policy document or --template, not both");
    }
    Template read = template.read(command.commandLine());
    if (!json) {
      for (String ignored : read.ignored()) {
        command.commandLine().getOut().println("not looked at  " + Terminal.value(ignored));
      }
    }
    String document = policy.document();
    List<Problem> ofPolicy = document == null ? List.of() : lint.document(document);
    if (ofPolicy.stream().anyMatch(Problem::isError)) {
      // There is nothing to compare the template with.
      return report(ofPolicy);
    }
    List<Problem> problems = new ArrayList<>(TemplateRules.problems(read));
    if (document != null) {
      CorsDecider decider = PolicyDocument.parse(document);
      try {
        problems.addAll(PolicyComparison.problems(read, PolicyDocument.read(document), decider));
      } finally {
        decider.close();
      }
    }
    // A wrong policy document in a template is a problem like others.
    return Math.min(1, report(lint.graded(problems)));
  }

  private List<Problem> problems(Lint lint) throws IOException {
    if (isConsole()) {
      byte[] input = System.in.readAllBytes();
      return lint.document(PolicyOption.decode(command.commandLine(), "standard input", input));
    }
    if (file != null) {
      return lint.document(PolicyOption.read(command.commandLine(), file.toString(), file));
    }
    Map<String, String> variables = PolicyOption.environment();
    if (!EnvironmentPolicy.isPolicy(variables)) {
      throw new ParameterException(
          command.commandLine(),
          "There is no policy: name a FILE, - for standard input, or set ALLOWED_ORIGINS");
    }
    return lint.environment(variables);
  }

  private boolean isConsole() {
    return file != null && file.toString().equals("-");
  }

  private int lintLines(Lint lint) throws IOException {
    int[] worst = {0};
    boolean read =
        Lines.respond(
            command.commandLine().getOut(),
            line -> {
              List<Problem> problems = lint.document(line);
              worst[0] = Math.max(worst[0], Lint.status(problems));
              return Json.object(out -> Json.writeProblems(out, problems));
            });
    return read ? worst[0] : 1;
  }
}
