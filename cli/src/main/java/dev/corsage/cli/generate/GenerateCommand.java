package dev.corsage.cli.generate;

import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.ProblemPrinter;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.generate.Generated;
import dev.corsage.generate.GeneratedFile;
import dev.corsage.generate.Provenance;
import dev.corsage.generate.Target;
import dev.corsage.generate.Targets;
import dev.corsage.lambda.PolicyDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Compiles the policy for a layer that runs no Java: API Gateway itself, CloudFront, S3, nginx,"
          + " functions in JavaScript or Python.",
      "",
      "Without TARGET it lists the targets. What is generated never allows more than the policy:"
          + " what a target cannot express is refused, or left out with --partial. Exit status: 0"
          + " written, 1 refused, 2 the command line cannot be used.",
      ""
    })
public final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(arity = "0..1", paramLabel = "TARGET", description = "One of the list.")
  private String targetName;

  @Mixin private PolicyOption policy;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Write the files into this folder, which is made if need be. A single file goes to"
              + " standard output otherwise.")
  private Path output;

  @Option(
      names = "--partial",
      description =
          "Leave out what the target cannot express, and say what is missing: the result allows"
              + " less than the policy.")
  private boolean partial;

  @Option(
      names = "--json",
      description =
          "Print {\"target\", \"exact\", \"files\": [{\"path\", \"content\"}], \"problems\":"
              + " [...]}, or the list of targets.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (targetName == null) {
      return list();
    }
    Target target =
        Targets.named(targetName)
            .orElseThrow(
                () ->
                    wrong(
                        "There is no target '"
                            + targetName
                            + "'; the targets are "
                            + Targets.all().stream()
                                .map(Target::name)
                                .collect(Collectors.joining(", "))));
    String document = policy.document();
    if (document == null) {
      throw wrong("There is no policy: give --policy FILE");
    }
    try {
      return report(
          target.generate(
              PolicyDocument.read(document), partial, Provenance.of(commandText(), document)));
    } catch (InvalidPolicyException invalid) {
      return report(new Generated(target.name(), false, List.of(), invalid.problems()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** What makes the same files again, from the folder that this was called in. */
  private String commandText() {
    return "corsage generate "
        + targetName
        + " --policy "
        + policy.name()
        + (partial ? " --partial" : "");
  }

  private int report(Generated generated) throws IOException {
    if (output == null && generated.files().size() > 1 && !json) {
      throw wrong(
          generated.target()
              + " writes "
              + generated.files().stream()
                  .map(GeneratedFile::path)
                  .collect(Collectors.joining(", "))
              + ": give --output DIR, or --json");
    }
    if (output != null) {
      write(generated.files());
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(Json.object(fields -> GeneratedJson.write(fields, generated)));
    } else {
      print(generated, out);
    }
    out.flush();
    return generated.isRefused() ? 1 : 0;
  }

  private void print(Generated generated, PrintWriter out) {
    // What was generated may go into a file; what is said of it must not.
    List<Problem> problems = generated.problems();
    if (!problems.isEmpty()) {
      new ProblemPrinter(Terminal.ofErrors(command.commandLine())).print(problems);
    }
    if (output == null) {
      generated.files().forEach(file -> out.print(file.content()));
      return;
    }
    for (GeneratedFile file : generated.files()) {
      out.println("Wrote " + Terminal.sentence(output.resolve(file.path()).toString()));
    }
  }

  private void write(List<GeneratedFile> files) throws IOException {
    for (GeneratedFile file : files) {
      Path path = output.resolve(file.path());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.content());
    }
  }

  private int list() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(Json.object(GeneratedJson::writeTargets));
    } else {
      TargetTable.print(out);
    }
    out.flush();
    return 0;
  }
}
