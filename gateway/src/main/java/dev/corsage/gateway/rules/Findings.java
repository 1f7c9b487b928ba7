package dev.corsage.gateway.rules;

import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Location;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Collects what is found in a template; says the same about a place once. */
final class Findings {
  private final Function<Location, String> file;
  private final Set<TemplateProblem> all = new LinkedHashSet<>();
  private final Set<Location> errors = new HashSet<>();

  /**
   * Creates it.
   *
   * @param file returns the name of the file that has a place
   */
  Findings(Function<Location, String> file) {
    this.file = file;
  }

  /** Adds a problem of a code's own severity. */
  void add(TemplateCode code, Location location, String value, String message, String fix) {
    add(code, code.severity(), location, value, message, fix);
  }

  /** Adds a problem with the meaning and the remedy of its code. */
  void add(TemplateCode code, Location location, String value) {
    add(code, location, value, code.meaning(), code.remedy());
  }

  void add(
      TemplateCode code,
      Severity severity,
      Location location,
      String value,
      String message,
      String fix) {
    add(new Problem(code, severity, "", value, message, fix), location);
  }

  /** Tells whether there is an error already in a place. */
  boolean hasErrorAt(Location location) {
    return errors.contains(location);
  }

  /** Adds a problem of a policy, found in a place of the template. */
  void add(Problem problem, Location location) {
    all.add(new TemplateProblem(problem.inField(field(location)), file.apply(location), location));
    if (problem.isError()) {
      errors.add(location);
    }
  }

  private String field(Location location) {
    return file.apply(location) + ":" + location.line() + " " + location.property();
  }

  List<TemplateProblem> all() {
    return List.copyOf(all);
  }
}
