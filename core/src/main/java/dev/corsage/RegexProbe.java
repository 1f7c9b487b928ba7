package dev.corsage;

import java.util.ArrayList;
import java.util.List;

/**
 * Tries a regular expression on origins that its author hardly meant, because what an expression
 * matches says more than what it looks like.
 *
 * <p>The probes are made of an origin that the expression does match: another host, text glued to
 * the front of the domain, a dot replaced, something behind, another scheme, another port.
 */
final class RegexProbe {
  /** Hosts that belong to nobody (RFC 2606), so nobody can have meant them. */
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

  private static final String GLUED = "corsageprobe";

  private final String pattern;
  private final boolean credentials;
  private final boolean tolerateInsecureOrigins;
  private final boolean toleratePublicSuffixes;
  private final RegexSet expression;
  private final List<Problem> problems = new ArrayList<>();

  private RegexProbe(OriginPattern pattern, CorsPolicy.Builder policy) {
    this.pattern = pattern.toString();
    credentials = policy.credentials;
    tolerateInsecureOrigins = policy.tolerateInsecureOrigins;
    toleratePublicSuffixes = policy.toleratePublicSuffixes;
    expression = pattern.regex();
  }

  /** Returns what is wrong with a regular expression; nothing if there is nothing. */
  static List<Problem> problems(OriginPattern pattern, CorsPolicy.Builder policy) {
    RegexProbe probe = new RegexProbe(pattern, policy);
    probe.run();
    return probe.problems;
  }

  private void run() {
    for (String unrelated : UNRELATED) {
      if (matches(unrelated)) {
        error(
            "REGEX_ANY_ORIGIN",
            unrelated,
            "Write your own domain into the expression, with \\. for each dot.");
        return;
      }
    }
    if (expression.matches("null")) {
      reportNull();
    }
    RegexHosts hosts;
    try {
      hosts = expression.hosts(WorkBudget.of(pattern));
    } catch (WorkBudget.Exceeded tooMuch) {
      reportNotChecked();
      return;
    }
    String sample = hosts.sample();
    if (sample == null) {
      reportNothing();
      return;
    }
    probe(sample);
    judge(hosts);
    if (isPlain()) {
      problems.add(
          Problem.info(
              "REGEX_PLAIN",
              "origins",
              pattern,
              "It matches one origin only.",
              "Write " + sample + ", without slashes around it."));
    }
  }

  private void reportNothing() {
    problems.add(
        Problem.error(
            "REGEX_MATCHES_NOTHING",
            "origins",
            pattern,
            "It matches no origin; it must match the whole of one.",
            "Begin with https:// and write the whole origin, without slashes around it."));
  }

  private void reportNotChecked() {
    String message = "It is too large to find out which domains it matches.";
    String fix = "Write a simpler expression, or the origins themselves.";
    problems.add(
        credentials
            ? Problem.error("REGEX_NOT_CHECKED", "origins", pattern, message, fix)
            : Problem.warning("REGEX_NOT_CHECKED", "origins", pattern, message, fix));
  }

  /** Says what the sample did not show: it is one of many. */
  private void judge(RegexHosts hosts) {
    hosts.strangers().forEach(this::reportStranger);
    if (hosts.hasEveryScheme() && problems.stream().noneMatch(Problem::isError)) {
      error("REGEX_SCHEME", sample(hosts), "Begin with https://.");
    }
    reportOptional(hosts);
    for (RegexHosts.Domain domain : hosts.domains()) {
      if (Host.isLoopback(domain.name())) {
        reportOnce("ORIGIN_LOOPBACK", () -> reportLoopback(domain.origin()));
      } else if (!domain.scheme().equals("https")) {
        reportInsecure(domain.scheme(), domain.origin());
      }
    }
    for (String scheme : hosts.schemes()) {
      String loopback = hosts.address(scheme, HostKind.LOOPBACK_ADDRESS);
      if (loopback != null) {
        reportOnce("ORIGIN_LOOPBACK", () -> reportLoopback(loopback));
      }
      for (HostKind kind : List.of(HostKind.PRIVATE_ADDRESS, HostKind.PUBLIC_ADDRESS)) {
        String address = hosts.address(scheme, kind);
        if (address != null && !scheme.equals("https")) {
          reportInsecure(scheme, address);
        }
      }
    }
  }

  private static String sample(RegexHosts hosts) {
    return hosts.domains().stream()
        .map(RegexHosts.Domain::origin)
        .reduce((first, last) -> last)
        .orElse(hosts.sample());
  }

  private static boolean tellsOfStrangers(Problem problem) {
    return problem.isError() || problem.code().endsWith("PUBLIC_SUFFIX");
  }

  /** One error is enough; what can be tolerated does not stand for what cannot. */
  private void reportStranger(RegexHosts.Stranger kind, String origin) {
    if (problems.stream().anyMatch(Problem::isError)) {
      return;
    }
    switch (kind) {
      case GLUED -> error("REGEX_GLUED", origin, "Write \\. in front of the domain.");
      case DOMAIN ->
          error(
              "REGEX_FREE_DOMAIN",
              origin + ", and other names that anybody can register",
              "Write the domain out, with \\. for each dot.");
      case ADDRESS ->
          error(
              "REGEX_FREE_ADDRESS",
              origin + ", and other addresses that anybody can rent",
              "Write the addresses out, or use a domain.");
      case SHARED -> {
        if (problems.stream().noneMatch(p -> p.code().endsWith("PUBLIC_SUFFIX"))) {
          reportSuffix(origin);
        }
      }
    }
  }

  /**
   * Looks at domains that are matched by reading or skipping a part. One part that begins with a
   * hyphen, as in {@code example(-staging)?}, is how people write two domains of theirs; anything
   * else is a dot that was forgotten, as in {@code (www)?example}.
   */
  private void reportOptional(RegexHosts hosts) {
    for (RegexHosts.Domain domain : hosts.domains()) {
      if (!domain.writtenOut() && problems.stream().noneMatch(RegexProbe::tellsOfStrangers)) {
        boolean meant = hosts.domains().stream().anyMatch(other -> isVariant(domain, other));
        String fix = "Write the domains out, as in (example|example-staging)\\.com.";
        if (credentials && !meant) {
          error("REGEX_GLUED", domain.origin(), fix);
        } else {
          reportOnce("REGEX_OPTIONAL", () -> warn("REGEX_OPTIONAL", domain.origin(), fix));
        }
      }
    }
  }

  /** Tells whether a domain is another one with a part put into it that begins with a hyphen. */
  private static boolean isVariant(RegexHosts.Domain domain, RegexHosts.Domain other) {
    String longer = domain.name();
    String shorter = other.name();
    int added = longer.length() - shorter.length();
    int start = 0;
    while (start < shorter.length() && longer.charAt(start) == shorter.charAt(start)) {
      start++;
    }
    return other.writtenOut()
        && other.scheme().equals(domain.scheme())
        && added > 1
        && start > 0
        && longer.charAt(start) == '-'
        && longer.substring(start + added).equals(shorter.substring(start));
  }

  private void reportInsecure(String scheme, String origin) {
    boolean everyScheme = problems.stream().anyMatch(p -> p.code().equals("REGEX_SCHEME"));
    if (!everyScheme && (scheme.equals("http") || credentials)) {
      String code = credentials ? "CREDENTIALS_INSECURE_ORIGIN" : "REGEX_HTTP";
      reportOnce(code, () -> reportHttp(origin));
    }
  }

  private void reportOnce(String code, Runnable report) {
    if (problems.stream().noneMatch(p -> p.code().equals(code))) {
      report.run();
    }
  }

  private static String hostOf(String origin) {
    return Origin.parseOrNull(origin).host();
  }

  /** No expression is asked about null, but who wrote this wanted it to be allowed. */
  private void reportNull() {
    String message =
        "It matches null, the origin that any page can have; null is not allowed by it.";
    String fix = "Take null out of the expression.";
    problems.add(
        credentials
            ? Problem.error("CREDENTIALS_NULL_ORIGIN", "origins", pattern, message, fix)
            : Problem.warning("ORIGIN_NULL", "origins", pattern, message, fix));
  }

  private void reportLoopback(String origin) {
    problems.add(
        Problem.warning(
            "ORIGIN_LOOPBACK",
            "origins",
            pattern,
            "It matches " + origin + ": whatever runs on its user's machine is trusted.",
            "Keep it to policies that developers use."));
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
    String fix = "Write \\. for each dot, and end what is free with one.";
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      String replaced = host.substring(0, dot) + "x" + host.substring(dot + 1);
      // Within the part that varies a letter may be as good as a dot; before the domain it is not.
      if (dot >= domainStart(host) - 1 && matches(scheme + replaced + port)) {
        error("REGEX_DOT", scheme + replaced + port, fix);
        return;
      }
    }
    for (String glued : List.of(GLUED, "a." + GLUED)) {
      String origin = scheme + glued + host.substring(domainStart(host)) + port;
      if (matches(origin)) {
        error("REGEX_GLUED", origin, fix);
        return;
      }
    }
    if (matches(scheme + host + ".corsage-probe.test" + port)) {
      error(
          "REGEX_OPEN_END",
          scheme + host + ".corsage-probe.test" + port,
          "End the expression with the domain.");
      return;
    }
    probeSuffixes(scheme, host, port);
    if (matches("corsage-probe://" + host + port)) {
      error("REGEX_SCHEME", "corsage-probe://" + host + port, "Begin with https://.");
    } else if (!Host.isLoopback(host) && matches("http://" + host + port)) {
      reportHttp("http://" + host + port);
    }
    if (matches(scheme + host + ":31337")) {
      warn("REGEX_ANY_PORT", scheme + host + ":31337", "List the ports that are meant.");
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
    String fix =
        "Write your own domain into the expression, or set toleratePublicSuffixes in the policy"
            + " document.";
    if (credentials && !toleratePublicSuffixes) {
      error("CREDENTIALS_PUBLIC_SUFFIX", origin, fix);
    } else {
      warn(credentials ? "CREDENTIALS_PUBLIC_SUFFIX" : "PUBLIC_SUFFIX", origin, fix);
    }
  }

  private void reportHttp(String origin) {
    String fix = "Begin with https://.";
    if (credentials && !tolerateInsecureOrigins) {
      error("CREDENTIALS_INSECURE_ORIGIN", origin, fix);
    } else if (credentials) {
      warn("CREDENTIALS_INSECURE_ORIGIN", origin, fix);
    } else {
      warn("REGEX_HTTP", origin, "Begin with https://.");
    }
  }

  /** Returns where the last two labels begin: the part of a host that somebody registers. */
  private static int domainStart(String host) {
    return host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1;
  }

  private boolean matches(String origin) {
    return Origin.scan(origin) != Origin.NOT_WELL_FORMED && expression.matches(origin);
  }

  private void error(String code, String origin, String fix) {
    problems.add(Problem.error(code, "origins", pattern, alsoMatches(origin), fix));
  }

  private void warn(String code, String origin, String fix) {
    problems.add(Problem.warning(code, "origins", pattern, alsoMatches(origin), fix));
  }

  private static String alsoMatches(String origin) {
    return "It also matches " + origin + ".";
  }
}
