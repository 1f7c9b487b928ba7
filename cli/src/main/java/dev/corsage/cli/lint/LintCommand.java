package dev.corsage.cli.lint;

import dev.corsage.CorsDecider;
import dev.corsage.PolicySettings;
import dev.corsage.Problem;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.options.TemplateOption;
import dev.corsage.cli.terminal.Finding;
import dev.corsage.cli.terminal.Findings;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.Lines;
import dev.corsage.cli.terminal.Version;
import dev.corsage.gateway.rules.PolicyComparison;
import dev.corsage.gateway.rules.TemplateProblem;
import dev.corsage.gateway.rules.TemplateRules;
import dev.corsage.gateway.template.Template;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PolicyDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
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
      "Finds what is wrong, or questionable, in policies and templates.",
      "",
      "Without FILE it is the policy in the environment (ALLOWED_ORIGINS and the variables with"
          + " it, CORS_POLICY); with --template, the functions and APIs of templates, and with"
          + " --policy beside it, where a template grants more or less than that policy. Exit"
          + " status: 0 no errors, 1 errors, 2 a file that is not a policy document, or not a"
          + " template.",
      ""
    })
public final class LintCommand implements Callable<Integer> {
  private static final String CONSOLE = "-";

  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Policy documents (JSON or YAML), or with --template more templates; a pattern such as"
              + " 'policies/**/*.json' is all files that match. - is standard input.")
  private List<String> files = List.of();

  @Mixin private TemplateOption template;

  @Mixin private PolicyOption policy;

  @Option(
      names = "--json",
      description =
          "Print {\"problems\": [...]}. With - as FILE: one policy on each line of input, one such"
              + " object on each line of output.")
  private boolean json;

  @Option(names = "--sarif", description = "Print SARIF 2.1.0, for code scanning.")
  private boolean sarif;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text, json, sarif, or github for annotations of GitHub Actions. Default: text.")
  private String format;

  @Option(
      names = "--production",
      description = "Origins on the user's own machine (localhost) are errors.")
  private boolean production;

  @Override
  public Integer call() throws IOException {
    Lint lint = new Lint(production);
    ReportFormat chosen = format();
    FilePatterns patterns = new FilePatterns(command.commandLine());
    LintedFiles linted = new LintedFiles(command.commandLine(), lint);
    if (template.isGiven()) {
      return lintTemplates(lint, linted, patterns, chosen);
    }
    if (policy.document() != null) {
      // As for every other command; a FILE is the short way to say it.
      files = Stream.concat(Stream.of(policy.name()), files.stream()).toList();
    }
    if (files.isEmpty()) {
      return report(chosen, lint.environment(environment()));
    }
    if (!files.contains(CONSOLE)) {
      Findings result = linted.policies(patterns.expand(files));
      return report(chosen, result, Lint.status(result.problems()));
    }
    if (files.size() > 1) {
      throw wrong("- is standard input, and goes with no other FILE");
    }
    if (chosen == ReportFormat.JSON) {
      return lintLines(lint);
    }
    byte[] input = System.in.readAllBytes();
    return report(
        chosen, lint.document(PolicyOption.decode(command.commandLine(), "standard input", input)));
  }

  private int lintTemplates(
      Lint lint, LintedFiles linted, FilePatterns patterns, ReportFormat chosen)
      throws IOException {
    List<String> templates = new ArrayList<>();
    template.files(command.commandLine()).forEach(path -> templates.add(path.toString()));
    // A shell expands --template *.yaml to one value of the option, and others after it.
    templates.addAll(files);
    String document = policy.document();
    List<Problem> ofPolicy = document == null ? List.of() : lint.document(document);
    if (ofPolicy.stream().anyMatch(Problem::isError)) {
      // There is nothing to compare templates with.
      return report(chosen, ofPolicy);
    }
    CorsDecider decider = document == null ? null : policy.parse(document);
    try {
      Findings result =
          linted.templates(
              patterns.expand(templates),
              template.parameters(),
              decider == null
                  ? TemplateRules::located
                  : read -> compared(read, PolicyDocument.read(document), decider));
      // A wrong policy document in a template is a problem like others.
      return report(chosen, result, Math.min(1, Lint.status(result.problems())));
    } finally {
      if (decider != null) {
        decider.close();
      }
    }
  }

  private static List<TemplateProblem> compared(
      Template read, PolicySettings settings, CorsDecider decider) {
    List<TemplateProblem> problems = new ArrayList<>(TemplateRules.located(read));
    problems.addAll(PolicyComparison.located(read, settings, decider));
    return problems;
  }

  private ReportFormat format() {
    int given = (json ? 1 : 0) + (sarif ? 1 : 0) + (format != null ? 1 : 0);
    if (given > 1) {
      throw wrong("Only one of --json, --sarif and --format can be given");
    }
    if (format == null) {
      return json ? ReportFormat.JSON : sarif ? ReportFormat.SARIF : ReportFormat.TEXT;
    }
    return ReportFormat.of(format)
        .orElseThrow(() -> wrong("--format " + format + ": choose one of " + ReportFormat.names()));
  }

  private int report(ReportFormat chosen, List<Problem> problems) throws IOException {
    List<Finding> findings = problems.stream().map(Finding::of).toList();
    return report(
        chosen, new Findings(findings, List.of(), List.of(), false), Lint.status(problems));
  }

  private int report(ReportFormat chosen, Findings result, int status) throws IOException {
    chosen.writer(command.commandLine()).write(result, command.commandLine().getOut());
    return result.unusable().isEmpty() ? status : CommandLine.ExitCode.USAGE;
  }

  private Map<String, String> environment() {
    Map<String, String> variables = PolicyOption.environment();
    if (!EnvironmentPolicy.isPolicy(variables)) {
      throw wrong("There is no policy: name a FILE, - for standard input, or set ALLOWED_ORIGINS");
    }
    return variables;
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

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
