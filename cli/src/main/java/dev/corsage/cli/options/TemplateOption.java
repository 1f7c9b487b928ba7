package dev.corsage.cli.options;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateException;
import dev.corsage.gateway.template.TemplateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that name templates and the values of their parameters. */
public final class TemplateOption {
  @Option(
      names = "--template",
      paramLabel = "FILE",
      description =
          "An AWS SAM or CloudFormation template (YAML or JSON), a plan of Terraform (terraform show"
              + " -json), or a folder of the AWS CDK (cdk.out).")
  private List<Path> files = List.of();

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A value for a parameter of the template; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  /** Tells whether one of the options is given. */
  public boolean isGiven() {
    return !files.isEmpty() || !parameters.isEmpty();
  }

  /**
   * Returns the paths that are given; throws a ParameterException if there are parameters alone.
   */
  public List<Path> files(CommandLine command) {
    if (files.isEmpty()) {
      throw new ParameterException(command, "--parameter belongs to --template FILE");
    }
    return List.copyOf(files);
  }

  /** Returns the values of parameters. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /**
   * Reads the one template that runs: of a folder with several stacks the one that has APIs. Throws
   * a ParameterException if it cannot be read, or is not one.
   */
  public Template read(CommandLine command) throws IOException {
    List<Path> given = files(command);
    if (given.size() > 1) {
      throw new ParameterException(command, "--template: one template runs at a time");
    }
    Path path = given.get(0);
    try {
      List<Path> found = TemplateFiles.at(path);
      if (found.size() == 1) {
        return Template.read(found.get(0), parameters);
      }
      TemplateFiles templates = new TemplateFiles(parameters);
      List<Template> withApis = new ArrayList<>();
      for (Path file : found) {
        Template template = templates.read(file, String.valueOf(file.getFileName()));
        if (!template.apis().isEmpty()) {
          withApis.add(template);
        }
      }
      checkUsed(command, templates);
      if (withApis.size() != 1) {
        throw new ParameterException(
            command,
            path
                + " has "
                + found.size()
                + " templates, and "
                + (withApis.isEmpty() ? "none of them has an API" : "several of them have APIs")
                + ". Name one: "
                + String.join(", ", found.stream().map(Path::toString).toList()));
      }
      return withApis.get(0);
    } catch (TemplateException unusable) {
      throw new ParameterException(command, path + " cannot be used: " + message(unusable));
    }
  }

  /** Throws a ParameterException if no template has one of the parameters. */
  public static void checkUsed(CommandLine command, TemplateFiles read) {
    if (!read.unused().isEmpty()) {
      throw new ParameterException(
          command, "No template has a parameter " + String.join(", ", read.unused()));
    }
  }

  /** Returns why a file cannot be used, safe to print. */
  public static String message(TemplateException unusable) {
    return Terminal.value(unusable.getMessage());
  }
}
