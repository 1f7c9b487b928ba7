package dev.corsage.cli.origins;

import dev.corsage.PolicyCode;
import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import dev.corsage.store.AllowList;
import dev.corsage.store.Secrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks entries before they are written: as a policy that asks for them does, and whether a policy
 * asks for such entries at all.
 */
record EntryCheck(PolicyOptions policy) {
  /** Nobody's (RFC 2606). With it, an entry is checked as one among others. */
  private static final String ANOTHER = "https://corsage.invalid";

  /** Problems of entries with respect to others of the same list. */
  private static final Set<ProblemCode> OF_THE_LIST =
      Set.of(
          PolicyCode.ORIGIN_DUPLICATE, PolicyCode.ORIGIN_REDUNDANT, PolicyCode.ORIGIN_WITHOUT_APEX);

  /** Returns all problems of these entries, of each and of them together. */
  List<Problem> ofList(List<String> patterns) {
    return problems(patterns, patterns);
  }

  /** Returns the problems that each of these entries has by itself. */
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
      } else if (isTooDeep(pattern) && !refused.contains(Secrets.masked(pattern))) {
        problems.add(tooDeep(pattern));
      }
    }
    return problems;
  }

  /** Expressions, and entries that are not a set of well-formed origins. */
  private static boolean isForPolicies(String pattern) {
    return pattern.equals("*")
        || pattern.equals("null")
        || (pattern.length() > 2 && pattern.startsWith("/") && pattern.endsWith("/"));
  }

  private static boolean hasStarWithinLabel(String pattern) {
    String host = pattern.endsWith(":*") ? pattern.substring(0, pattern.length() - 2) : pattern;
    return host.indexOf('*') >= 0 && !host.startsWith("*.", host.indexOf("://") + 3);
  }

  private static boolean isTooDeep(String pattern) {
    int star = pattern.indexOf("://*.");
    if (star < 0) {
      return false;
    }
    String base = pattern.substring(star + "://*.".length()).replaceFirst("\\.?(:.*)?$", "");
    return base.split("\\.", -1).length > AllowList.MAX_WILDCARD_LABELS;
  }

  private static Problem tooDeep(String pattern) {
    return Problem.of(
        EntryCode.STORE_ENTRY,
        "origins",
        pattern,
        "It has more than "
            + AllowList.MAX_WILDCARD_LABELS
            + " labels behind the star; a policy does not ask a store for such a wildcard.",
        "Write a wildcard nearer to the domain, or put it into the policy's own origins.");
  }

  /** Without credentials it is only a warning in a policy, but a store is not asked for it. */
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
        "Anybody can register a name under this wildcard; a policy does not ask a store for it,"
            + " unless it tolerates public suffixes.",
        "Put your own domain behind the star, or set toleratePublicSuffixes in the policy document"
            + " and give --tolerate-public-suffixes.");
  }
}
