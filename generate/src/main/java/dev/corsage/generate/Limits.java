package dev.corsage.generate;

import dev.corsage.OriginAutomaton;
import dev.corsage.OriginPattern;
import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Expression;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a policy a target cannot express. Whatever is left out makes what is generated narrower;
 * what cannot be left out without letting more through stays an error.
 */
final class Limits {
  private final PolicyForm form;
  private final boolean partial;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<OriginPattern> leftOut = new LinkedHashSet<>();
  private boolean narrower;

  Limits(PolicyForm form, boolean partial) {
    this.form = form;
    this.partial = partial;
  }

  /** Notes an entry that cannot be expressed. */
  void entry(OriginPattern entry, String message, String fix) {
    entry(GenerateCode.ENTRY_NOT_EXPRESSED, entry, message, fix);
  }

  /** Notes an entry that cannot be expressed; each entry is noted once. */
  void entry(GenerateCode code, OriginPattern entry, String message, String fix) {
    if (leftOut.add(entry)) {
      addNarrowing(Problem.of(code, form.field(Key.ORIGINS), entry.toString(), message, fix));
    }
  }

  /** Notes a setting without which the policy allows less, or says less. */
  void setting(Key<?> key, Object value, String message, String fix) {
    addNarrowing(
        Problem.of(GenerateCode.SETTING_NOT_EXPRESSED, form.field(key), value + "", message, fix));
  }

  /** Notes something that can be left out. */
  void addNarrowing(Problem problem) {
    narrower = true;
    problems.add(
        partial
            ? new Problem(
                problem.code(),
                Severity.WARNING,
                problem.field(),
                problem.value(),
                problem.message() + " It is left out.",
                problem.fix())
            : problem);
  }

  /** Notes something without which more would be let through, or nothing would work. */
  void add(Problem problem) {
    problems.add(problem);
  }

  /** Notes what users should know of the target. */
  void differs(Key<?> key, String message) {
    problems.add(
        Problem.of(
            GenerateCode.TARGET_DIFFERS,
            form.field(key),
            "",
            message,
            GenerateCode.TARGET_DIFFERS.remedy()));
  }

  /**
   * Returns the entries whose expressions may match an IPv6 address, or are too large to know: of
   * an address browsers send one spelling alone, which no regular expression can tell.
   */
  Set<OriginPattern> ofAddresses() {
    if (form.expressions().isEmpty() || !mayMatchAddress(form)) {
      return Set.of();
    }
    return form.expressions().stream()
        .map(Expression::entry)
        .filter(entry -> mayMatchAddress(only(entry)))
        .collect(Collectors.toSet());
  }

  private static boolean mayMatchAddress(PolicyForm form) {
    OriginAutomaton automaton = form.expressionAutomaton();
    return automaton == null || automaton.column('[') != OriginAutomaton.DEAD;
  }

  private PolicyForm only(OriginPattern entry) {
    return form.without(form.entries().stream().filter(other -> !other.equals(entry)).toList());
  }

  /** Returns the policy without the entries that were noted. */
  PolicyForm rest() {
    return form.without(leftOut);
  }

  boolean isNarrower() {
    return narrower;
  }

  boolean isRefused() {
    return problems.stream().anyMatch(Problem::isError);
  }

  List<Problem> problems() {
    return problems;
  }
}
