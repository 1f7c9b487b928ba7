package dev.corsage;

import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Setting;
import dev.corsage.Problem.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the allow list of a policy: each entry by itself, then all of them together. */
final class OriginValidator {
  private final PolicySettings policy;
  private final String field;
  private final Problems problems;
  private final List<OriginPattern> patterns = new ArrayList<>();
  private final OriginSet set;

  OriginValidator(PolicySettings policy, Problems problems) {
    this.policy = policy;
    field = policy.get(Key.ORIGINS).field();
    this.problems = problems.in(field);
    checkEntries(policy.get(Key.ORIGINS));
    set = new OriginSet(patterns);
    checkLoopback();
    checkRedundancy();
    checkApexes();
  }

  /** Returns the entries that are well-formed, in the order of the list, without duplicates. */
  List<OriginPattern> patterns() {
    return List.copyOf(patterns);
  }

  /** Returns the same, compiled. */
  OriginSet set() {
    return set;
  }

  private void checkEntries(Setting<List<String>> origins) {
    if (!policy.hasAllowList()) {
      if (!origins.isWritten()) {
        problems.add(PolicyCode.ORIGINS_MISSING, "");
      } else if (origins.value() != null && origins.value().isEmpty()) {
        problems.add(PolicyCode.ORIGINS_EMPTY, "");
      }
    }
    EntryValidator entries = new EntryValidator(policy);
    EntryRemedy remedies = new EntryRemedy(entries);
    Set<String> seen = new HashSet<>();
    for (String text : origins.orElse(List.of())) {
      if (!seen.add(text)) {
        problems.add(PolicyCode.ORIGIN_DUPLICATE, text);
        continue;
      }
      Problems found = new Problems();
      OriginPattern pattern = entries.check(text, found);
      if (pattern != null) {
        patterns.add(pattern);
      }
      boolean first = true;
      for (Problem problem : found.list()) {
        boolean complete = first && problem.isError();
        first &= !complete;
        problems.add(complete ? remedies.complete(problem, text) : problem);
      }
    }
  }

  /** Loopback origins by themselves are a developer's policy; beside others they are left over. */
  private void checkLoopback() {
    boolean alone = true;
    for (OriginPattern pattern : patterns) {
      alone &= pattern.isLoopback();
    }
    for (OriginPattern pattern : patterns) {
      // What apps call localhost is a name of theirs, not a machine.
      if (pattern.isLoopback() && Scheme.isSpecial(pattern.scheme())) {
        Problem problem = problem(PolicyCode.ORIGIN_LOOPBACK, pattern.toString());
        problems.add(alone ? problem : problem.withSeverity(Severity.WARNING));
      }
    }
  }

  private void checkRedundancy() {
    OriginRedundancy redundancy = new OriginRedundancy(patterns, set);
    for (OriginPattern pattern : patterns) {
      OriginPattern other = redundancy.covering(pattern);
      if (other != null) {
        problems.add(
            PolicyCode.ORIGIN_REDUNDANT,
            pattern.toString(),
            "The entry " + other + " already covers it.",
            PolicyCode.ORIGIN_REDUNDANT.remedy());
      }
    }
  }

  /** The page at the domain itself is often forgotten: the wildcard is only about names below. */
  private void checkApexes() {
    for (OriginPattern pattern : patterns) {
      String base = pattern.wildcardBase();
      if (pattern.kind() == OriginPattern.Kind.SUBDOMAINS
          && PublicSuffixes.of(base) == PublicSuffixes.Kind.NONE
          && PublicSuffixes.of(base.substring(base.indexOf('.') + 1)) == PublicSuffixes.Kind.SUFFIX
          && !set.contains(pattern.apex())) {
        problems.add(
            PolicyCode.ORIGIN_WITHOUT_APEX,
            pattern.toString(),
            "It does not match " + pattern.apex() + " itself, which is not listed.",
            "List that too, if one of its pages calls the API.");
      }
    }
  }

  private Problem problem(PolicyCode code, String value) {
    return Problem.of(code, field, value);
  }
}
