package dev.corsage.cli.options;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that name a template and the values of its parameters. */
public final class TemplateOption {
  @Option(
      names = "--template",
      paramLabel = "FILE",
      description = "An AWS SAM or CloudFormation template (YAML or JSON).")
  private Path file;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A value for a parameter of the template; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  /** Tells whether one of the options is given. */
  public boolean isGiven() {
    return file != null || !parameters.isEmpty();
  }

  /** Reads the template; throws a ParameterException if it cannot. */
  public Template read(CommandLine command) throws IOException {
    if (file == null) {
      throw new ParameterException(command, "--parameter belongs to --template FILE");
    }
    try {
      return Template.read(file, parameters);
    } catch (TemplateException unusable) {
      throw new ParameterException(
          command, file + " cannot be used: " + Terminal.value(unusable.getMessage()));
    }
  }
}
