package dev.corsage.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.Problem;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.gateway.template.Template;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
      "Without FILE it is the policy that the environment writes (ALLOWED_ORIGINS and its kin,"
          + " CORS_POLICY); with --template, the functions and APIs of a template. Exit status: 0 nothing but warnings, 1 errors, 2 no policy document at"
          + " all.",
      ""
    })
final class LintCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The policy document (JSON); - is standard input.")
  private Path file;

  @Mixin private TemplateOption template;

  @Option(
      names = "--json",
      description =
          "Print {\"problems\": [...]}. With - as FILE: one policy a line in, one such object a"
              + " line out.")
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
    if (json && isConsole()) {
      return lintLines(lint);
    }
    return report(problems(lint));
  }

  private int report(List<Problem> problems) throws IOException {
    if (json) {
      PrintWriter out = command.commandLine().getOut();
      out.println(asJson(problems));
      out.flush();
    } else {
      new ProblemPrinter(new Terminal(command.commandLine())).print(problems);
    }
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
    // The exit status is that of problems: a wrong policy document in a template is one of them.
    return Math.min(1, report(lint.graded(read.problems())));
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
        Lines.response(
            command.commandLine().getOut(),
            line -> {
              List<Problem> problems = lint.document(line);
              worst[0] = Math.max(worst[0], Lint.status(problems));
              return asJson(problems);
            });
    return read ? worst[0] : 1;
  }

  static String asJson(List<Problem> problems) throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(json)) {
      out.writeStartObject();
      Json.writeProblems(out, problems);
      out.writeEndObject();
    }
    return json.toString();
  }
}
