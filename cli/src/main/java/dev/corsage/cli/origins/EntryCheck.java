package dev.corsage.cli.origins;

import dev.corsage.PolicyCode;
import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import dev.corsage.store.Secrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks entries before they are written: as the policy would that asks for them, and whether a
 * store can answer them at all.
 */
final class EntryCheck {
  /** Never anybody's (RFC 2606). Beside it an entry is judged as one among others. */
  private static final String ANOTHER = "https://corsage.invalid";

  /** What is said of entries that stand in one list. */
  private static final Set<ProblemCode> OF_THE_LIST =
      Set.of(
          PolicyCode.ORIGIN_DUPLICATE, PolicyCode.ORIGIN_REDUNDANT, PolicyCode.ORIGIN_WITHOUT_APEX);

  private final PolicyOptions policy;

  EntryCheck(PolicyOptions policy) {
    this.policy = policy;
  }

  /** Returns every problem of these entries, each by itself and all together. */
  List<Problem> ofList(List<String> patterns) {
    return problems(patterns, patterns);
  }

  /** Returns the problems that each of these entries has by itself, one that is there or not. */
  List<Problem> ofEach(Collection<String> patterns) {
    List<String> beside = new ArrayList<>(patterns);
    beside.add(ANOTHER);
    return problems(patterns, beside).stream()
        .filter(problem -> !OF_THE_LIST.contains(problem.code()))
        .toList();
  }

  private List<Problem> problems(Collection<String> patterns, List<String> all) {
    List<Problem> problems = new ArrayList<>();
    List<String> others = all.stream().filter(pattern -> !isForPolicies(pattern)).toList();
    // As problems have them, without secrets.
    Set<String> refused = new HashSet<>();
    for (Problem problem : policy.builder().origins(others).problems()) {
      if (problem.field().equals("origins") && !others.isEmpty()) {
        Problem graded = isNotAskedFor(problem) ? notAskedFor(problem.value()) : problem;
        problems.add(graded);
        if (graded.isError()) {
          refused.add(graded.value());
        }
      }
    }
    for (String pattern : patterns) {
      if (isForPolicies(pattern)
          || (hasStarWithinLabel(pattern) && !refused.contains(Secrets.masked(pattern)))) {
        problems.add(Problem.of(EntryCode.STORE_ENTRY, "origins", pattern));
      }
    }
    return problems;
  }

  /** Expressions, and what is no set of well-formed origins. */
  private static boolean isForPolicies(String pattern) {
    return pattern.equals("*")
        || pattern.equals("null")
        || (pattern.length() > 2 && pattern.startsWith("/") && pattern.endsWith("/"));
  }

  private static boolean hasStarWithinLabel(String pattern) {
    String host = pattern.endsWith(":*") ? pattern.substring(0, pattern.length() - 2) : pattern;
    return host.indexOf('*') >= 0 && !host.startsWith("*.", host.indexOf("://") + 3);
  }

  /** Without credentials such a wildcard is only questionable in a policy; a store has no use. */
  private boolean isNotAskedFor(Problem problem) {
    return (problem.code() == PolicyCode.PUBLIC_SUFFIX
            || problem.code() == PolicyCode.SHARED_SUFFIX)
        && !policy.toleratesPublicSuffixes();
  }

  private static Problem notAskedFor(String pattern) {
    return Problem.of(
        EntryCode.STORE_ENTRY,
        "origins",
        pattern,
        "No policy asks a store for a wildcard that anybody can register a name under, unless it"
            + " tolerates public suffixes.",
        "Put your own domain behind the star, or set toleratePublicSuffixes in the policy document"
            + " and give --tolerate-public-suffixes.");
  }
}
