package dev.corsage.cli.lint;

import com.fasterxml.jackson.core.JsonLocation;
import dev.corsage.Problem;
import dev.corsage.cli.options.PolicyOption;
import dev.corsage.cli.options.TemplateOption;
import dev.corsage.cli.terminal.Finding;
import dev.corsage.cli.terminal.Findings;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.gateway.rules.TemplateProblem;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateException;
import dev.corsage.gateway.template.TemplateFiles;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Reads the files of a call and collects what is found. Of one file that cannot be used nothing
 * else is reported; among several the others are looked at all the same.
 */
final class LintedFiles {
  private final CommandLine command;
  private final Lint lint;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notLookedAt = new ArrayList<>();
  private final List<Findings.Unusable> unusable = new ArrayList<>();
  private final Map<String, SourceText> sources = new HashMap<>();
  private boolean several;

  LintedFiles(CommandLine command, Lint lint) {
    this.command = command;
    this.lint = lint;
  }

  /** Checks policy documents. */
  Findings policies(List<String> files) throws IOException {
    several = files.size() > 1;
    for (String file : files) {
      try {
        policy(file, PolicyOption.read(command, file, path(file)));
      } catch (ParameterException notUsable) {
        failed(file, notUsable);
      }
    }
    return result();
  }

  private void policy(String file, String text) {
    Map<String, JsonLocation> places = SourceText.places(text);
    for (Problem problem : lint.document(text)) {
      JsonLocation place = SourceText.place(problem, places);
      int line = place == null ? 0 : place.getLineNr();
      int column = place == null ? 0 : place.getColumnNr();
      findings.add(new Finding(problem, file, line, column, problem.field()));
    }
  }

  /**
   * Checks templates, and those in folders.
   *
   * @param rules finds the problems of a template
   */
  Findings templates(
      List<String> paths,
      Map<String, String> parameters,
      Function<Template, List<TemplateProblem>> rules)
      throws IOException {
    Map<Path, String> files = new LinkedHashMap<>();
    several = paths.size() > 1;
    for (String path : paths) {
      try {
        for (Path file : TemplateFiles.at(path(path))) {
          files.put(file, path);
        }
      } catch (TemplateException notUsable) {
        failed(path, cannotBeUsed(path, notUsable));
      }
    }
    several |= files.size() > 1;
    TemplateFiles templates = new TemplateFiles(parameters);
    for (Path file : files.keySet()) {
      try {
        template(
            file,
            several ? templates.read(file, file.toString()) : Template.read(file, parameters),
            rules);
      } catch (TemplateException notUsable) {
        failed(file.toString(), cannotBeUsed(file.toString(), notUsable));
      }
    }
    if (several) {
      TemplateOption.checkUsed(command, templates);
    }
    return result();
  }

  private void template(
      Path file, Template template, Function<Template, List<TemplateProblem>> rules) {
    for (TemplateProblem found : rules.apply(template)) {
      // The template of a nested stack has its name as seen from the file.
      String path =
          found.file().equals(template.name())
              ? file.toString()
              : file.resolveSibling(found.file()).toString();
      int line = found.location().line();
      int column = sources.computeIfAbsent(path, p -> SourceText.of(Path.of(p))).column(line);
      findings.add(
          new Finding(
              lint.graded(found.problem()), path, line, column, found.location().property()));
    }
    for (String ignored : template.ignored()) {
      notLookedAt.add((several ? file + ": " : "") + ignored);
    }
  }

  private ParameterException cannotBeUsed(String file, TemplateException reason) {
    return new ParameterException(
        command, file + " cannot be used: " + TemplateOption.message(reason));
  }

  private void failed(String file, ParameterException notUsable) {
    if (!several) {
      throw notUsable;
    }
    String reason = Terminal.sentence(Secrets.maskedIn(notUsable.getMessage()));
    unusable.add(new Findings.Unusable(Secrets.masked(file), reason));
    command.getErr().println("corsage: " + reason);
  }

  private Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException malformed) {
      // Java cannot name files beyond the characters of the locale.
      String locale =
          file.chars().allMatch(c -> c < 0x80)
              ? ""
              : "; set a locale of UTF-8, such as LC_ALL=C.UTF-8, for names that are not ASCII";
      throw new ParameterException(command, file + ": this is not the name of a file" + locale);
    }
  }

  private Findings result() {
    return new Findings(findings, notLookedAt, unusable, several);
  }
}
