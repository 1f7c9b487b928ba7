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
          "https://corsage-probe.test:8443");

  private static final List<String> LOOPBACK =
      List.of(
          "http://localhost",
          "http://localhost:3000",
          "http://127.0.0.1",
          "http://127.0.0.1:3000",
          "http://[::1]",
          "http://[::1]:3000",
          "https://localhost",
          "https://localhost:3000");

  /** More domains than anybody writes out in one expression; fewer than a class of letters has. */
  private static final int MAX_DOMAINS = 20;

  private static final String GLUED = "corsageprobe";

  private final String pattern;
  private final boolean credentials;
  private final boolean toleratePublicSuffixes;
  private final RegexSet expression;
  private final List<Problem> problems = new ArrayList<>();

  private RegexProbe(OriginPattern pattern, boolean credentials, boolean toleratePublicSuffixes) {
    this.pattern = pattern.toString();
    this.credentials = credentials;
    this.toleratePublicSuffixes = toleratePublicSuffixes;
    expression = pattern.regex();
  }

  /** Returns what is wrong with a regular expression; nothing if the probes show nothing. */
  static List<Problem> problems(
      OriginPattern pattern, boolean credentials, boolean toleratePublicSuffixes) {
    RegexProbe probe = new RegexProbe(pattern, credentials, toleratePublicSuffixes);
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
    String sample = sample();
    if (sample == null) {
      problems.add(
          Problem.warning(
              "REGEX_MATCHES_NOTHING",
              "origins",
              pattern,
              "No origin was found that it matches; it must match the whole of one.",
              "Begin with https:// and write the whole origin."));
      return;
    }
    probe(sample);
    if (problems.stream().noneMatch(p -> p.isError() || p.code().endsWith("PUBLIC_SUFFIX"))) {
      probeDomains();
    }
    LOOPBACK.stream().filter(this::matches).findFirst().ifPresent(this::reportLoopback);
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
    if (port.isEmpty() && !Host.isLoopback(host) && matches(sample + ":31337")) {
      warn("REGEX_ANY_PORT", sample + ":31337", "List the ports that are meant.");
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
        String fix = "Write your own domain into the expression.";
        if (credentials && !toleratePublicSuffixes) {
          error("CREDENTIALS_PUBLIC_SUFFIX", other, fix);
        } else {
          warn(credentials ? "CREDENTIALS_PUBLIC_SUFFIX" : "PUBLIC_SUFFIX", other, fix);
        }
        return;
      }
    }
  }

  /** Counts the domains, which a single sample says nothing of: the others may be anybody's. */
  private void probeDomains() {
    List<String> samples = expression.domainSamples(MAX_DOMAINS);
    if (samples.size() > MAX_DOMAINS) {
      error(
          "REGEX_FREE_DOMAIN",
          samples.get(0) + ", " + samples.get(1) + " and many more domains",
          "Write the domain out, with \\. for each dot; make domains entries of their own.");
    }
  }

  private void reportHttp(String origin) {
    if (credentials) {
      error("CREDENTIALS_INSECURE_ORIGIN", origin, "Begin with https://.");
    } else {
      warn("REGEX_HTTP", origin, "Begin with https://.");
    }
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
