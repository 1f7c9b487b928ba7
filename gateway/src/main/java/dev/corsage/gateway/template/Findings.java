package dev.corsage.gateway.template;

import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is found in a template; says the same of a place once. */
final class Findings {
  private final String file;
  private final List<Problem> all = new ArrayList<>();

  Findings(String file) {
    this.file = file;
  }

  void error(TemplateCode code, String where, int line, String value, String message, String fix) {
    add(code, Severity.ERROR, where, line, value, message, fix);
  }

  void warning(
      TemplateCode code, String where, int line, String value, String message, String fix) {
    add(code, Severity.WARNING, where, line, value, message, fix);
  }

  void info(TemplateCode code, String where, int line, String value, String message, String fix) {
    add(code, Severity.INFO, where, line, value, message, fix);
  }

  private void add(
      TemplateCode code,
      Severity severity,
      String where,
      int line,
      String value,
      String message,
      String fix) {
    add(new Problem(code, severity, field(where, line), value, message, fix));
  }

  /** Adds a problem of a policy, found in a place of the template. */
  void add(Problem problem, String where, int line) {
    add(problem.inField(field(where, line)));
  }

  private void add(Problem problem) {
    if (!all.contains(problem)) {
      all.add(problem);
    }
  }

  private String field(String where, int line) {
    return file + ":" + line + " " + where;
  }

  /** A parameter has no value. */
  void undecided(String parameter, int line) {
    warning(
        TemplateCode.TEMPLATE_PARAMETER,
        "Parameters." + parameter,
        line,
        "",
        "The parameter has no value here; what depends on it is not looked at.",
        "Give it one with --parameter " + parameter + "=VALUE.");
  }

  /** The template has no API. */
  void nothing(int line) {
    warning(
        TemplateCode.TEMPLATE_NO_API,
        "Resources",
        line,
        "",
        "There is no HTTP API, REST API or function URL in the template.",
        "Name the template that has it; nested stacks are templates of their own.");
  }

  List<Problem> all() {
    return List.copyOf(all);
  }
}
