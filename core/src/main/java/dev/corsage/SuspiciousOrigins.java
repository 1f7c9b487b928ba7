package dev.corsage;

import java.util.Set;

/** Looks for entries of an allow list that are well-formed and yet hardly what was meant. */
final class SuspiciousOrigins {
  /** Where what users write runs as a page of the site itself. */
  private static final Set<String> PLAYGROUNDS =
      Set.of(
          "cdpn.io",
          "codepen.io",
          "codesandbox.io",
          "csb.app",
          "fiddle.jshell.net",
          "jsbin.com",
          "jsfiddle.net",
          "plnkr.co",
          "repl.it",
          "replit.com",
          "stackblitz.com",
          "webdevout.net");

  /** RFC 6762, RFC 8375, the reserved .internal, and what home routers give out. */
  private static final Set<String> PRIVATE_DOMAINS =
      Set.of("home.arpa", "internal", "lan", "local");

  private final OriginPattern pattern;
  private final String host;
  private final Problems problems;

  private SuspiciousOrigins(OriginPattern pattern, Problems problems) {
    this.pattern = pattern;
    host =
        pattern.wildcardBase() == null ? withoutDot(pattern.exactHost()) : pattern.wildcardBase();
    this.problems = problems;
  }

  /** Reports what is odd about an entry that is neither an expression, {@code *} nor null. */
  static void check(OriginPattern pattern, Problems problems) {
    SuspiciousOrigins oddities = new SuspiciousOrigins(pattern, problems);
    oddities.checkHost();
    oddities.checkOwner();
  }

  private void checkHost() {
    if (pattern.isAbsolute()) {
      warn(
          "ORIGIN_TRAILING_DOT",
          "A host with a trailing dot is another origin than the one without.",
          "Write it without the dot, unless users type it.");
    }
    if (pattern.isLoopback()) {
      return;
    }
    if (pattern.isAnyPort()) {
      warn(
          "ORIGIN_ANY_PORT",
          "Whatever listens on any port of the host is trusted.",
          "List the ports that are meant.");
    }
    if (Host.isPrivate(host) || isWithin(PRIVATE_DOMAINS)) {
      warn(
          "ORIGIN_PRIVATE_ADDRESS",
          "It means another machine in every network.",
          "Use a public name, unless users stay in one network.");
    } else if (pattern.isOneOrigin()
        && Scheme.isSpecial(pattern.scheme())
        && !Host.isAddress(host)
        && host.indexOf('.') < 0) {
      warn(
          "ORIGIN_SINGLE_LABEL",
          "A host of one label only exists inside a network.",
          "Write the full name, unless that is meant.");
    }
  }

  private void checkOwner() {
    if (isWithin(PLAYGROUNDS)) {
      warn(
          "ORIGIN_PLAYGROUND",
          "Anybody can have code of their own run there.",
          "Remove it when you have tried what you wanted to.");
    }
    if (pattern.scheme().equals("moz-extension")) {
      warn(
          "ORIGIN_EXTENSION",
          "Firefox gives an extension another id in every installation.",
          "Let the extension ask for permission to the API's host instead: then it needs no CORS.");
    }
  }

  private boolean isWithin(Set<String> domains) {
    if (domains.contains(host)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (domains.contains(host.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private void warn(String code, String message, String fix) {
    problems.warning(code, "origins", pattern.toString(), message, fix);
  }
}
