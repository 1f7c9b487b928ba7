package dev.corsage;

import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries a regular expression on origins that its author is unlikely to mean: what an expression
 * matches says more than what it looks like.
 *
 * <p>The probes are made of an origin that the expression does match: another host, text glued to
 * the front of the domain, a dot replaced, something behind, another scheme, another port.
 */
final class RegexProbe {
  /** Hosts that belong to nobody (RFC 2606, RFC 5737), so that no author means them. */
  private static final List<String> UNRELATED =
      List.of(
          "https://corsage-probe.test",
          "https://a.corsage-probe.test",
          "http://corsage-probe.test",
          "https://corsage-probe.test:8443",
          "https://203.0.113.77",
          "http://203.0.113.77",
          "https://[2001:db8::c0]",
          "http://[2001:db8::c0]:8080");

  private static final List<String> LOOPBACK_IPV6 =
      List.of("http://[::1]", "http://[::1]:3000", "https://[::1]", "https://[::1]:3000");

  /** More domains than anybody writes out in one expression. */
  private static final int MAX_DOMAINS = 200;

  /** Room for any ordinary expression, a few milliseconds. */
  private static final int MAX_STEPS = 20_000;

  private static final String GLUED = "corsageprobe";

  private final String pattern;
  private final String field;
  private final boolean credentials;
  private final boolean tolerateInsecureOrigins;
  private final boolean toleratePublicSuffixes;
  private final RegexSet expression;
  private final List<Problem> problems = new ArrayList<>();

  private RegexProbe(OriginPattern pattern, PolicySettings policy) {
    this.pattern = pattern.toString();
    field = policy.get(Key.ORIGINS).field();
    credentials = policy.isTrue(Key.CREDENTIALS);
    tolerateInsecureOrigins = policy.isTrue(Key.TOLERATE_INSECURE_ORIGINS);
    toleratePublicSuffixes = policy.isTrue(Key.TOLERATE_PUBLIC_SUFFIXES);
    expression = pattern.regex();
  }

  /**
   * Reports what is wrong with a regular expression; nothing if the probes show nothing.
   *
   * @param budget the work that is left for all expressions of the policy; it becomes less
   */
  static void check(OriginPattern pattern, PolicySettings policy, Problems problems, int[] budget) {
    RegexProbe probe = new RegexProbe(pattern, policy);
    probe.run(budget);
    problems.addAll(probe.problems);
  }

  private void run(int[] budget) {
    for (String unrelated : UNRELATED) {
      if (matches(unrelated)) {
        problems.add(alsoMatches(PolicyCode.REGEX_ANY_ORIGIN, unrelated));
        return;
      }
    }
    if (expression.matches("null")) {
      reportNull();
    }
    RegexDomains search = expression.domains(MAX_DOMAINS, Math.min(MAX_STEPS, budget[0]));
    budget[0] -= search.steps();
    List<RegexDomains.Domain> domains = search.found();
    String sample = sample();
    if (sample == null && !domains.isEmpty()) {
      sample = domains.get(0).origin();
    }
    if (sample != null) {
      probe(sample);
    }
    judge(domains);
    LOOPBACK_IPV6.stream().filter(this::matches).findFirst().ifPresent(this::reportLoopback);
    if (search.isIncomplete() && problems.stream().noneMatch(Problem::isError)) {
      Problem notChecked = Problem.of(PolicyCode.REGEX_NOT_CHECKED, field, pattern);
      problems.add(credentials ? notChecked : notChecked.withSeverity(Severity.WARNING));
    } else if (sample == null) {
      problems.add(Problem.of(PolicyCode.REGEX_MATCHES_NOTHING, field, pattern));
    } else if (isPlain()) {
      problems.add(
          Problem.of(
              PolicyCode.REGEX_PLAIN,
              field,
              pattern,
              PolicyCode.REGEX_PLAIN.meaning(),
              "Write " + sample + ", without slashes around it."));
    }
  }

  /** Looks at every domain: a single sample says nothing about the others. */
  private void judge(List<RegexDomains.Domain> domains) {
    if (domains.size() >= MAX_DOMAINS) {
      reportFree(domains.get(0));
    }
    for (RegexDomains.Domain domain : domains) {
      if (Host.isLoopback(hostOf(domain.origin()))) {
        reportOnce(PolicyCode.ORIGIN_LOOPBACK, () -> reportLoopback(domain.origin()));
      } else if (!domain.writtenOut()) {
        reportFree(domain);
      }
      if (domain.insecure() != null) {
        boolean http = domain.insecure().startsWith("http://");
        if (http || credentials) {
          reportOnce(
              credentials ? PolicyCode.CREDENTIALS_INSECURE_ORIGIN : PolicyCode.REGEX_HTTP,
              () -> reportHttp(domain.insecure()));
        }
      }
    }
  }

  private void reportFree(RegexDomains.Domain domain) {
    if (problems.stream().anyMatch(p -> p.isError() || isPublicSuffix(p.code()))) {
      return;
    }
    String base = domain.name().substring(domain.name().indexOf('.') + 1);
    if (base.indexOf('.') > 0) {
      reportSuffix(domain.origin());
    } else {
      problems.add(
          alsoMatches(
              PolicyCode.REGEX_FREE_DOMAIN,
              domain.origin() + ", and other names that anybody can register"));
    }
  }

  private static boolean isPublicSuffix(ProblemCode code) {
    return code == PolicyCode.PUBLIC_SUFFIX || code == PolicyCode.CREDENTIALS_PUBLIC_SUFFIX;
  }

  private void reportOnce(PolicyCode code, Runnable report) {
    if (problems.stream().noneMatch(p -> p.code() == code)) {
      report.run();
    }
  }

  private static String hostOf(String origin) {
    return Origin.parseOrNull(origin).host();
  }

  /** Expressions are never matched with null, but the author of this one expects it. */
  private void reportNull() {
    PolicyCode code = credentials ? PolicyCode.CREDENTIALS_NULL_ORIGIN : PolicyCode.ORIGIN_NULL;
    String message =
        "It matches null, the origin that any page can have; expressions never allow null.";
    Problem problem = Problem.of(code, field, pattern, message, "Take null out of the expression.");
    problems.add(credentials ? problem : problem.withSeverity(Severity.WARNING));
  }

  private void reportLoopback(String origin) {
    PolicyCode code = PolicyCode.ORIGIN_LOOPBACK;
    String message = "It matches " + origin + ": whatever runs on its user's machine is trusted.";
    problems.add(
        Problem.of(code, field, pattern, message, code.remedy()).withSeverity(Severity.WARNING));
  }

  /** Tells whether there is nothing in the expression but characters that stand for themselves. */
  private boolean isPlain() {
    return pattern.matches("/\\^?([a-z0-9:_-]|\\\\?/|\\\\[.-])*\\$?/");
  }

  private void probe(String sample) {
    if (Host.isLoopback(hostOf(sample))) {
      // Names below localhost are nobody else's.
      return;
    }
    long parts = Origin.scan(sample);
    String scheme = sample.substring(0, Origin.schemeEnd(parts) + 3);
    String host = sample.substring(scheme.length(), Origin.hostEnd(parts));
    String port = sample.substring(Origin.hostEnd(parts));
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      String replaced = host.substring(0, dot) + "x" + host.substring(dot + 1);
      // Within the part that varies a letter may be as good as a dot; before the domain it is not.
      if (dot >= domainStart(host) - 1 && matches(scheme + replaced + port)) {
        problems.add(alsoMatches(PolicyCode.REGEX_DOT, scheme + replaced + port));
        return;
      }
    }
    for (String glued : List.of(GLUED, "a." + GLUED)) {
      String origin = scheme + glued + host.substring(domainStart(host)) + port;
      if (matches(origin)) {
        problems.add(alsoMatches(PolicyCode.REGEX_GLUED, origin));
        return;
      }
    }
    if (matches(scheme + host + ".corsage-probe.test" + port)) {
      problems.add(
          alsoMatches(PolicyCode.REGEX_OPEN_END, scheme + host + ".corsage-probe.test" + port));
      return;
    }
    probeSuffixes(scheme, host, port);
    if (matches("corsage-probe://" + host + port)) {
      problems.add(alsoMatches(PolicyCode.REGEX_SCHEME, "corsage-probe://" + host + port));
    } else if (!Host.isLoopback(host) && matches("http://" + host + port)) {
      reportHttp("http://" + host + port);
    }
    if (matches(scheme + host + ":31337")) {
      problems.add(alsoMatches(PolicyCode.REGEX_ANY_PORT, scheme + host + ":31337"));
    }
  }

  /** Tries other names under the public suffixes that the host has. */
  private void probeSuffixes(String scheme, String host, String port) {
    if (Host.isAddress(host)) {
      return;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      String base = host.substring(dot + 1);
      String other = scheme + GLUED + "." + base + port;
      if (PublicSuffixes.of(base) != PublicSuffixes.Kind.NONE && matches(other)) {
        reportSuffix(other);
        return;
      }
    }
  }

  private void reportSuffix(String origin) {
    Problem problem =
        alsoMatches(
            credentials ? PolicyCode.CREDENTIALS_PUBLIC_SUFFIX : PolicyCode.PUBLIC_SUFFIX, origin);
    problems.add(toleratePublicSuffixes ? problem.withSeverity(Severity.WARNING) : problem);
  }

  private void reportHttp(String origin) {
    PolicyCode code = credentials ? PolicyCode.CREDENTIALS_INSECURE_ORIGIN : PolicyCode.REGEX_HTTP;
    Problem problem =
        Problem.of(
            code,
            field,
            pattern,
            "It also matches " + origin + ".",
            PolicyCode.REGEX_HTTP.remedy());
    problems.add(tolerateInsecureOrigins ? problem.withSeverity(Severity.WARNING) : problem);
  }

  /** Returns where the last two labels begin: the part of a host that somebody registers. */
  private static int domainStart(String host) {
    return host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1;
  }

  /** Returns a well-formed origin that the expression matches, or null if none is found. */
  private String sample() {
    for (String scheme : List.of("https://", "http://")) {
      String sample = expression.shortestMatch(scheme);
      if (sample != null) {
        return sample;
      }
    }
    return null;
  }

  private boolean matches(String origin) {
    return Origin.scan(origin) != Origin.NOT_WELL_FORMED && expression.matches(origin);
  }

  private Problem alsoMatches(PolicyCode code, String origin) {
    return Problem.of(code, field, pattern, "It also matches " + origin + ".", code.remedy());
  }
}
