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
 * the front of the domain, a dot replaced, something behind, another scheme, another port. They
 * find the usual mistakes and name them; {@link RegexHosts} leaves nothing out.
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

  private static final String GLUED = "corsageprobe";

  /** Names that a wildcard matches, of several lengths and depths. */
  private static final List<String> SUBDOMAINS = List.of(GLUED, "qzx", "a." + GLUED);

  private final String pattern;
  private final String field;
  private final PolicySettings policy;
  private final boolean credentials;
  private final RegexSet expression;
  private final List<Problem> problems = new ArrayList<>();

  private RegexProbe(OriginPattern pattern, PolicySettings policy) {
    this.pattern = pattern.toString();
    this.policy = policy;
    field = policy.get(Key.ORIGINS).field();
    credentials = policy.isTrue(Key.CREDENTIALS);
    expression = pattern.regex();
  }

  /** Reports what is wrong with a regular expression, or suspicious about it. */
  static void check(OriginPattern pattern, PolicySettings policy, Problems problems) {
    RegexProbe probe = new RegexProbe(pattern, policy);
    probe.run();
    problems.addAll(probe.problems);
  }

  private void run() {
    for (String unrelated : UNRELATED) {
      if (matches(unrelated)) {
        report(PolicyCode.REGEX_ANY_ORIGIN, unrelated);
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
      Problem notChecked = Problem.of(PolicyCode.REGEX_NOT_CHECKED, field, pattern);
      problems.add(credentials ? notChecked : notChecked.withSeverity(Severity.WARNING));
      return;
    }
    String sample = hosts.sample();
    if (sample == null) {
      problems.add(Problem.of(PolicyCode.REGEX_MATCHES_NOTHING, field, pattern));
      return;
    }
    probe(sample);
    judge(hosts);
    if (problems.stream().noneMatch(Problem::isError)) {
      compareWithEntries(hosts);
      checkUnused(hosts);
    }
    if (isPlain()) {
      problems.add(
          Problem.of(
              PolicyCode.REGEX_PLAIN,
              field,
              pattern,
              PolicyCode.REGEX_PLAIN.meaning(),
              "Write " + sample + ", without slashes around it."));
    }
  }

  /** Looks for parts that their author expects to match, and that never do. */
  private void checkUnused(RegexHosts hosts) {
    String unused = RegexUnused.find(pattern.substring(1, pattern.length() - 1));
    if (unused != null) {
      PolicyCode code = PolicyCode.REGEX_UNUSED;
      problems.add(Problem.of(code, field, pattern, unused, code.remedy()));
    }
    boolean open = !pattern.endsWith("$/");
    boolean loopback = problems.stream().anyMatch(p -> p.code() == PolicyCode.ORIGIN_LOOPBACK);
    if (open && loopback && !hosts.hasPorts()) {
      problems.add(Problem.of(PolicyCode.REGEX_WITHOUT_PORT, field, pattern));
    }
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
      String replaced = scheme + host.substring(0, dot) + "x" + host.substring(dot + 1) + port;
      // Within the part that varies a letter may be as good as a dot; before the domain it is not.
      if (dot >= domainStart(host) - 1 && matches(replaced)) {
        report(PolicyCode.REGEX_DOT, replaced);
        return;
      }
    }
    for (String glued : List.of(GLUED, "a." + GLUED)) {
      String origin = scheme + glued + host.substring(domainStart(host)) + port;
      if (matches(origin)) {
        report(PolicyCode.REGEX_GLUED, origin);
        return;
      }
    }
    String longer = scheme + host + ".corsage-probe.test" + port;
    if (matches(longer)) {
      report(PolicyCode.REGEX_OPEN_END, longer);
      return;
    }
    probeSuffixes(scheme, host, port);
    String otherScheme = "corsage-probe://" + host + port;
    if (matches(otherScheme)) {
      report(PolicyCode.REGEX_SCHEME, otherScheme);
    } else if (matches("http://" + host + port)) {
      reportHttp("http://" + host + port);
    }
    if (matches(scheme + host + ":31337")) {
      report(PolicyCode.REGEX_ANY_PORT, scheme + host + ":31337");
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

  /** Reports what the sample did not show: it is one of many. */
  private void judge(RegexHosts hosts) {
    hosts.strangers().forEach(this::reportStranger);
    if (hosts.hasEveryScheme() && problems.stream().noneMatch(Problem::isError)) {
      report(PolicyCode.REGEX_SCHEME, sample(hosts));
    }
    reportOptional(hosts);
    for (RegexHosts.Domain domain : hosts.domains()) {
      if (Host.isLoopback(domain.name()) && Scheme.isSpecial(domain.scheme())) {
        reportOnce(PolicyCode.ORIGIN_LOOPBACK, () -> reportLoopback(domain.origin()));
      } else {
        reportInsecure(domain.scheme(), domain.origin());
      }
    }
    for (String scheme : hosts.schemes()) {
      String loopback = hosts.address(scheme, HostKind.LOOPBACK_ADDRESS);
      if (loopback != null) {
        reportOnce(PolicyCode.ORIGIN_LOOPBACK, () -> reportLoopback(loopback));
      }
      for (HostKind kind : List.of(HostKind.PRIVATE_ADDRESS, HostKind.PUBLIC_ADDRESS)) {
        String address = hosts.address(scheme, kind);
        if (address != null) {
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

  /** One error is enough; what can be tolerated does not stand for what cannot. */
  private void reportStranger(RegexHosts.Stranger kind, String origin) {
    if (problems.stream().anyMatch(Problem::isError)) {
      return;
    }
    switch (kind) {
      case GLUED -> report(PolicyCode.REGEX_GLUED, origin);
      case DOMAIN ->
          report(
              PolicyCode.REGEX_FREE_DOMAIN, origin + ", and other names that anybody can register");
      case ADDRESS ->
          report(
              PolicyCode.REGEX_FREE_ADDRESS,
              origin + ", and other addresses that anybody can rent");
      case SHARED -> {
        if (problems.stream().noneMatch(RegexProbe::isSuffix)) {
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
      if (problems.stream().anyMatch(p -> p.isError() || isSuffix(p))) {
        return;
      }
      boolean meant =
          hosts.domains().stream()
              .anyMatch(other -> isVariant(domain, other) || isAbsolute(domain, other));
      if (!domain.writtenOut() && credentials && !meant) {
        problems.add(
            Problem.of(
                PolicyCode.REGEX_GLUED,
                field,
                pattern,
                "It matches domains with and without a part, such as " + domain.origin() + ".",
                "End the part with a dot, as in (www\\.)?example\\.com, or write the domains out, as in"
                    + " (example|example-staging)\\.com."));
      } else if (!domain.writtenOut() || hosts.domains().stream().anyMatch(o -> isWww(domain, o))) {
        reportOnce(PolicyCode.REGEX_OPTIONAL, domain.origin());
      }
    }
  }

  /** Tells whether a domain is another one with a part put into it that begins with a hyphen. */
  private static boolean isVariant(RegexHosts.Domain domain, RegexHosts.Domain other) {
    String longer = domain.name();
    String shorter = other.name();
    int added = longer.length() - shorter.length();
    if (added <= 1 || !other.writtenOut() || !other.scheme().equals(domain.scheme())) {
      return false;
    }
    int start = 0;
    while (start < shorter.length() && longer.charAt(start) == shorter.charAt(start)) {
      start++;
    }
    return start > 0
        && longer.charAt(start) == '-'
        && longer.substring(start + added).equals(shorter.substring(start));
  }

  /** Tells whether a domain is another one with a trailing dot: the same owner's. */
  private static boolean isAbsolute(RegexHosts.Domain domain, RegexHosts.Domain other) {
    return domain.absolute()
        && !other.absolute()
        && other.writtenOut()
        && domain.name().equals(other.name());
  }

  /** Tells whether a domain is another one with www in front of it, and no dot. */
  private static boolean isWww(RegexHosts.Domain domain, RegexHosts.Domain other) {
    return domain.name().equals("www" + other.name());
  }

  /** What is suspicious about another entry is so about an expression that matches the same. */
  private void compareWithEntries(RegexHosts hosts) {
    for (RegexHosts.Domain domain : hosts.domains()) {
      compareWithEntry(domain.origin());
    }
    if (credentials) {
      checkSubdomains(hosts);
    }
    for (String scheme : hosts.schemes()) {
      String address = hosts.address(scheme, HostKind.PRIVATE_ADDRESS);
      if (address != null) {
        compareWithEntry(address);
      }
    }
  }

  /**
   * Looks for domains at which a whole label is free: behind one that nobody has written out, the
   * expression may match anything, as {@code a-app} in <code>(.+-)?app\.example\.com</code>.
   */
  private void checkSubdomains(RegexHosts hosts) {
    try {
      for (String label : SUBDOMAINS) {
        for (RegexHosts.Domain domain : hosts.below(label, WorkBudget.of(pattern)).domains()) {
          if (!Host.isLoopback(domain.name()) && matches(domain.origin())) {
            reportSubdomains(domain.scheme(), domain.origin());
          }
        }
      }
    } catch (WorkBudget.Exceeded tooMuch) {
      problems.add(
          Problem.of(PolicyCode.REGEX_NOT_CHECKED, field, pattern).withSeverity(Severity.WARNING));
    }
  }

  private void reportSubdomains(String scheme, String origin) {
    if (scheme.equals("https")) {
      PolicyCode code = PolicyCode.CREDENTIALS_SUBDOMAINS;
      reportOnce(code, () -> problems.add(asOfEntry(Problem.of(code, field, origin))));
    } else {
      // Of packaged applications, too, only single origins are taken with credentials.
      reportOnce(httpCode(), () -> reportHttp(origin));
    }
  }

  private void compareWithEntry(String origin) {
    OriginPattern entry = new OriginPatternParser(field, origin).parse();
    if (entry == null) {
      return;
    }
    Problems found = new Problems().in(field);
    SuspiciousOrigins.check(entry, credentials, found);
    for (Problem problem : found.list()) {
      reportOnce(problem.code(), () -> problems.add(asOfEntry(problem)));
    }
  }

  /** Returns what is said of an entry, about this expression. */
  private Problem asOfEntry(Problem entry) {
    String message = "It matches " + entry.value() + ". " + entry.message();
    return Problem.of(entry.code(), field, pattern, message, entry.fix())
        .withSeverity(entry.severity());
  }

  private static boolean isSuffix(Problem problem) {
    return problem.code() instanceof PolicyCode code
        && switch (code) {
          case PUBLIC_SUFFIX, SHARED_SUFFIX, CREDENTIALS_PUBLIC_SUFFIX, CREDENTIALS_SHARED_SUFFIX ->
              true;
          default -> false;
        };
  }

  private void reportSuffix(String origin) {
    boolean shared = isShared(origin.replaceFirst("^.*://", "").replaceFirst(":[0-9]+$", ""));
    PolicyCode code =
        credentials
            ? shared ? PolicyCode.CREDENTIALS_SHARED_SUFFIX : PolicyCode.CREDENTIALS_PUBLIC_SUFFIX
            : shared ? PolicyCode.SHARED_SUFFIX : PolicyCode.PUBLIC_SUFFIX;
    report(code, origin, policy.isTrue(Key.TOLERATE_PUBLIC_SUFFIXES));
  }

  private static boolean isShared(String host) {
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      PublicSuffixes.Kind kind = PublicSuffixes.of(host.substring(dot + 1));
      if (kind != PublicSuffixes.Kind.NONE) {
        return kind == PublicSuffixes.Kind.SHARED;
      }
    }
    return false;
  }

  private void reportInsecure(String scheme, String origin) {
    boolean everyScheme = problems.stream().anyMatch(p -> p.code() == PolicyCode.REGEX_SCHEME);
    if (Scheme.isInsecure(scheme) && !everyScheme && (scheme.equals("http") || credentials)) {
      reportOnce(httpCode(), () -> reportHttp(origin));
    }
  }

  private void reportHttp(String origin) {
    report(httpCode(), origin, policy.isTrue(Key.TOLERATE_INSECURE_ORIGINS));
  }

  private PolicyCode httpCode() {
    return credentials ? PolicyCode.CREDENTIALS_INSECURE_ORIGIN : PolicyCode.REGEX_HTTP;
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

  /** Returns where the last two labels begin: the part of a host that somebody registers. */
  private static int domainStart(String host) {
    return host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1;
  }

  private static String hostOf(String origin) {
    return Origin.parseOrNull(origin).host();
  }

  private boolean matches(String origin) {
    return Origin.scan(origin) != Origin.NOT_WELL_FORMED && expression.matches(origin);
  }

  private void reportOnce(ProblemCode code, Runnable report) {
    if (problems.stream().noneMatch(p -> p.code().equals(code))) {
      report.run();
    }
  }

  private void reportOnce(PolicyCode code, String origin) {
    reportOnce(code, () -> report(code, origin));
  }

  private void report(PolicyCode code, String origin) {
    report(code, origin, false);
  }

  /** Adds a problem, as a warning if the author has said that it is to be tolerated. */
  private void report(PolicyCode code, String origin, boolean tolerated) {
    String message = "It also matches " + origin + ".";
    Problem problem = Problem.of(code, field, pattern, message, code.remedy());
    problems.add(tolerated ? problem.withSeverity(Severity.WARNING) : problem);
  }
}
