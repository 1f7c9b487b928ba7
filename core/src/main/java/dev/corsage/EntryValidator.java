package dev.corsage;

import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem.Severity;

/** Checks entries of an allow list, each by itself, as the settings of their policy want it. */
final class EntryValidator {
  private final PolicySettings policy;
  private final boolean credentials;
  private final String field;

  EntryValidator(PolicySettings policy) {
    this.policy = policy;
    credentials = policy.isTrue(Key.CREDENTIALS);
    field = policy.get(Key.ORIGINS).field();
  }

  /**
   * Returns the entry that a text writes, or null if it writes none.
   *
   * @param problems takes what is wrong with it
   */
  OriginPattern check(String text, Problems problems) {
    OriginPatternParser parser = new OriginPatternParser(field, text);
    OriginPattern pattern = parser.parse();
    if (pattern == null) {
      problems.add(parser.problem());
    } else {
      check(pattern, problems.in(field));
    }
    return pattern;
  }

  private void check(OriginPattern pattern, Problems problems) {
    switch (pattern.kind()) {
      case ANY -> checkAnyOrigin(problems);
      case NULL -> checkNullOrigin(problems);
      case REGEX -> RegexProbe.check(pattern, policy, problems);
      case EXACT, SUBDOMAINS, LABEL -> {
        checkScheme(pattern, problems);
        checkWildcard(pattern, problems);
        SuspiciousOrigins.check(pattern, credentials, problems);
      }
    }
  }

  private void checkAnyOrigin(Problems problems) {
    if (policy.hasAllowList()) {
      problems.add(PolicyCode.ALLOW_LIST_WITH_ANY, "*");
    }
    if (credentials) {
      problems.add(PolicyCode.CREDENTIALS_ANY_ORIGIN, "*");
    }
  }

  private void checkNullOrigin(Problems problems) {
    if (credentials) {
      problems.add(PolicyCode.CREDENTIALS_NULL_ORIGIN, "null");
    } else {
      Problem found = problems.problem(PolicyCode.ORIGIN_NULL, "null");
      problems.add(tolerated(found, Key.TOLERATE_NULL_ORIGIN));
    }
  }

  private void checkScheme(OriginPattern pattern, Problems problems) {
    if (pattern.isInsecure() && credentials) {
      Problem found = problems.problem(PolicyCode.CREDENTIALS_INSECURE_ORIGIN, pattern.toString());
      problems.add(tolerated(found, Key.TOLERATE_INSECURE_ORIGINS));
    } else if (pattern.isInsecure() && pattern.scheme().equals("http")) {
      problems.add(PolicyCode.ORIGIN_HTTP, pattern.toString());
    }
  }

  private void checkWildcard(OriginPattern pattern, Problems problems) {
    String base = pattern.wildcardBase();
    if (base == null || pattern.isLoopback()) {
      return;
    }
    PublicSuffixes.Kind kind = PublicSuffixes.of(base);
    if (kind == PublicSuffixes.Kind.SUFFIX) {
      PolicyCode code =
          credentials ? PolicyCode.CREDENTIALS_PUBLIC_SUFFIX : PolicyCode.PUBLIC_SUFFIX;
      String message = "Anybody can register a name under " + base + ".";
      problems.add(suffix(code, pattern, message));
    } else if (kind == PublicSuffixes.Kind.SHARED) {
      PolicyCode code =
          credentials ? PolicyCode.CREDENTIALS_SHARED_SUFFIX : PolicyCode.SHARED_SUFFIX;
      String message = "The names under " + base + " belong to many owners.";
      problems.add(suffix(code, pattern, message));
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

  private Problem suffix(PolicyCode code, OriginPattern pattern, String message) {
    return tolerated(
        Problem.of(code, field, pattern.toString(), message, code.remedy()),
        Key.TOLERATE_PUBLIC_SUFFIXES);
  }

  /** Returns the problem, as a warning if the author has said that it is to be tolerated. */
  private Problem tolerated(Problem problem, Key<Boolean> by) {
    return policy.isTrue(by) ? problem.withSeverity(Severity.WARNING) : problem;
  }
}
