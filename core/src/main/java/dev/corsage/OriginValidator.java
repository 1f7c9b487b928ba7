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
  private final boolean credentials;
  private final String field;
  private final Problems problems;
  private final List<OriginPattern> patterns = new ArrayList<>();
  private final OriginSet set;

  OriginValidator(PolicySettings policy, Problems problems) {
    this.policy = policy;
    credentials = policy.isTrue(Key.CREDENTIALS);
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
    Set<String> seen = new HashSet<>();
    for (String text : origins.orElse(List.of())) {
      if (!seen.add(text)) {
        problems.add(PolicyCode.ORIGIN_DUPLICATE, text);
        continue;
      }
      OriginPatternParser parser = new OriginPatternParser(field, text);
      OriginPattern pattern = parser.parse();
      if (pattern == null) {
        problems.add(parser.problem());
      } else {
        patterns.add(pattern);
        checkEntry(pattern);
      }
    }
  }

  private void checkEntry(OriginPattern pattern) {
    switch (pattern.kind()) {
      case ANY -> checkAnyOrigin();
      case NULL -> checkNullOrigin();
      case REGEX -> RegexProbe.check(pattern, policy, problems);
      case EXACT, SUBDOMAINS, LABEL -> {
        checkScheme(pattern);
        checkWildcard(pattern);
        SuspiciousOrigins.check(pattern, credentials, problems);
      }
    }
  }

  private void checkAnyOrigin() {
    if (policy.hasAllowList()) {
      problems.add(PolicyCode.ALLOW_LIST_WITH_ANY, "*");
    }
    if (credentials) {
      problems.add(PolicyCode.CREDENTIALS_ANY_ORIGIN, "*");
    }
  }

  private void checkNullOrigin() {
    if (credentials) {
      problems.add(PolicyCode.CREDENTIALS_NULL_ORIGIN, "null");
    } else {
      add(problem(PolicyCode.ORIGIN_NULL, "null"), policy.isTrue(Key.TOLERATE_NULL_ORIGIN));
    }
  }

  private void checkScheme(OriginPattern pattern) {
    if (pattern.isInsecure() && credentials) {
      add(
          problem(PolicyCode.CREDENTIALS_INSECURE_ORIGIN, pattern.toString()),
          policy.isTrue(Key.TOLERATE_INSECURE_ORIGINS));
    } else if (pattern.isInsecure() && pattern.scheme().equals("http")) {
      problems.add(PolicyCode.ORIGIN_HTTP, pattern.toString());
    }
  }

  private void checkWildcard(OriginPattern pattern) {
    String base = pattern.wildcardBase();
    if (base == null || pattern.isLoopback()) {
      return;
    }
    PublicSuffixes.Kind kind = PublicSuffixes.of(base);
    if (kind == PublicSuffixes.Kind.SUFFIX) {
      addSuffix(
          credentials ? PolicyCode.CREDENTIALS_PUBLIC_SUFFIX : PolicyCode.PUBLIC_SUFFIX,
          pattern,
          "Anybody can register a name under " + base + ".");
    } else if (kind == PublicSuffixes.Kind.SHARED) {
      addSuffix(
          credentials ? PolicyCode.CREDENTIALS_SHARED_SUFFIX : PolicyCode.SHARED_SUFFIX,
          pattern,
          "The names under " + base + " belong to many owners.");
    } else if (credentials && pattern.kind() == OriginPattern.Kind.SUBDOMAINS) {
      problems.add(
          PolicyCode.CREDENTIALS_SUBDOMAINS,
          pattern.toString(),
          "With credentials, one forgotten name or one injected script below "
              + base
              + " is enough to act for its users.",
          "List the origins that need it, or keep everything below it in good order.");
    }
  }

  private void addSuffix(PolicyCode code, OriginPattern pattern, String message) {
    add(
        Problem.of(code, field, pattern.toString(), message, code.remedy()),
        policy.isTrue(Key.TOLERATE_PUBLIC_SUFFIXES));
  }

  /** Loopback origins by themselves are a developer's policy; beside others they are left over. */
  private void checkLoopback() {
    boolean alone = patterns.stream().allMatch(OriginPattern::isLoopback);
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

  /** Adds a problem, as a warning if the author has said that it is to be tolerated. */
  private void add(Problem problem, boolean tolerated) {
    problems.add(tolerated ? problem.withSeverity(Severity.WARNING) : problem);
  }
}
