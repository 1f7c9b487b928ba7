package dev.corsage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the allow list of a policy: each entry by itself, then all of them together. */
final class OriginValidator {
  private final CorsPolicy.Builder policy;
  private final boolean credentials;
  private final Problems problems;
  private final List<OriginPattern> patterns = new ArrayList<>();
  private final OriginSet set;

  OriginValidator(CorsPolicy.Builder policy, Problems problems) {
    this.policy = policy;
    credentials = policy.credentials;
    this.problems = problems;
    checkEntries();
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

  private void checkEntries() {
    if (policy.origins == null) {
      if (policy.allowList == null
          && policy.reported.stream().noneMatch(OriginValidator::isAboutOrigins)) {
        error("ORIGINS_MISSING", "", "No origin is allowed.", "List at least one origin.");
      }
      return;
    }
    if (policy.origins.isEmpty() && policy.allowList == null) {
      warning(
          "ORIGINS_EMPTY",
          "",
          "The list is empty: every call from another origin fails.",
          "List the origins of the pages that call the API.");
    }
    Set<String> seen = new HashSet<>();
    for (String text : policy.origins) {
      if (!seen.add(text)) {
        warning("ORIGIN_DUPLICATE", text, "The entry is there twice.", "Remove one.");
        continue;
      }
      OriginPatternParser parser = new OriginPatternParser("origins", text);
      OriginPattern pattern = parser.parse();
      if (pattern == null) {
        problems.add(parser.problem());
      } else {
        patterns.add(pattern);
        checkEntry(pattern);
      }
    }
  }

  private static boolean isAboutOrigins(Problem problem) {
    return problem.field().equals("origins") || problem.field().startsWith("allowList");
  }

  private void checkEntry(OriginPattern pattern) {
    switch (pattern.kind()) {
      case ANY -> checkAnyOrigin();
      case NULL -> checkNullOrigin();
      case REGEX -> problems.addAll(RegexProbe.problems(pattern, policy));
      case EXACT, SUBDOMAINS, LABEL -> {
        checkScheme(pattern);
        checkWildcard(pattern);
        SuspiciousOrigins.check(pattern, problems);
      }
    }
  }

  private void checkAnyOrigin() {
    if (policy.allowList != null) {
      error(
          "ALLOW_LIST_WITH_ANY",
          "*",
          "Every origin is allowed, so that the allow list is never asked.",
          "Remove one of the two.");
    }
    if (credentials) {
      error(
          "CREDENTIALS_ANY_ORIGIN",
          "*",
          "With credentials every page on the web could read answers made with the user's cookies.",
          "List the origins, or turn credentials off.");
    }
  }

  private void checkNullOrigin() {
    String message = "Any page can have the origin null: in a sandboxed frame, or from data:.";
    if (credentials) {
      error("CREDENTIALS_NULL_ORIGIN", "null", message, "Remove it, or turn credentials off.");
    } else {
      report(
          policy.tolerateNullOrigin,
          "ORIGIN_NULL",
          "null",
          message,
          "Remove it, or set tolerateNullOrigin in the policy document.");
    }
  }

  private void checkScheme(OriginPattern pattern) {
    if (Scheme.isOfApps(pattern.scheme())) {
      String message = "Every app that is built with the same framework has this origin.";
      String fix = "Do not take it for a proof of who calls.";
      if (credentials) {
        warning("ORIGIN_APP_SCHEME", pattern.toString(), message, fix);
      } else {
        problems.info("ORIGIN_APP_SCHEME", "origins", pattern.toString(), message, fix);
      }
    }
    if (!pattern.isInsecure()) {
      return;
    }
    if (credentials) {
      report(
          policy.tolerateInsecureOrigins,
          "CREDENTIALS_INSECURE_ORIGIN",
          pattern.toString(),
          "With credentials only https and loopback origins can be trusted; on http, whoever is on"
              + " the network path speaks for the origin.",
          "Use https, or set tolerateInsecureOrigins in the policy document.");
    } else if (pattern.scheme().equals("http")) {
      problems.info(
          "ORIGIN_HTTP",
          "origins",
          pattern.toString(),
          "On http, whoever is on the network path speaks for the origin.",
          "Use https, if the page has it.");
    }
  }

  private void checkWildcard(OriginPattern pattern) {
    String base = pattern.wildcardBase();
    if (base == null || pattern.isLoopback()) {
      return;
    }
    PublicSuffixes.Kind kind = PublicSuffixes.of(base);
    if (kind == PublicSuffixes.Kind.NONE) {
      if (credentials && pattern.kind() == OriginPattern.Kind.SUBDOMAINS) {
        warning(
            "CREDENTIALS_SUBDOMAINS",
            pattern.toString(),
            "With credentials one forgotten name or one script injected below "
                + base
                + " is enough to act for its users.",
            "List the origins that need it, or keep everything below it in good order.");
      }
      return;
    }
    boolean suffix = kind == PublicSuffixes.Kind.SUFFIX;
    report(
        policy.toleratePublicSuffixes || !credentials,
        (credentials ? "CREDENTIALS_" : "") + (suffix ? "PUBLIC_SUFFIX" : "SHARED_SUFFIX"),
        pattern.toString(),
        suffix
            ? "Anybody can register a name under " + base + "."
            : "The names under " + base + " belong to many owners.",
        "Put your own domain behind the star, or set toleratePublicSuffixes in the policy"
            + " document.");
  }

  /** Loopback origins by themselves are a developer's policy; beside others they are left over. */
  private void checkLoopback() {
    boolean alone = patterns.stream().allMatch(OriginPattern::isLoopback);
    for (OriginPattern pattern : patterns) {
      // What apps call localhost is a name of theirs, no machine.
      if (pattern.isLoopback() && Scheme.isSpecial(pattern.scheme())) {
        String message = "Whatever runs on its user's machine is trusted, not only your page.";
        String fix = "Keep it to policies that developers use.";
        if (alone) {
          problems.info("ORIGIN_LOOPBACK", "origins", pattern.toString(), message, fix);
        } else {
          warning("ORIGIN_LOOPBACK", pattern.toString(), message, fix);
        }
      }
    }
  }

  private void checkRedundancy() {
    OriginRedundancy redundancy = new OriginRedundancy(patterns, set);
    for (OriginPattern pattern : patterns) {
      OriginPattern other = redundancy.covering(pattern);
      if (other != null) {
        warning(
            "ORIGIN_REDUNDANT",
            pattern.toString(),
            "The entry " + other + " covers it already.",
            "Remove one of the two.");
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
        warning(
            "ORIGIN_WITHOUT_APEX",
            pattern.toString(),
            "It does not match " + pattern.apex() + " itself.",
            "List that too, if there is a page that calls the API.");
      }
    }
  }

  private void report(boolean tolerated, String code, String value, String message, String fix) {
    if (tolerated) {
      warning(code, value, message, fix);
    } else {
      error(code, value, message, fix);
    }
  }

  private void error(String code, String value, String message, String fix) {
    problems.error(code, "origins", value, message, fix);
  }

  private void warning(String code, String value, String message, String fix) {
    problems.warning(code, "origins", value, message, fix);
  }
}
