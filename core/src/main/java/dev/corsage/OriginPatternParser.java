package dev.corsage;

import java.net.IDN;
import java.util.Locale;

/** Reads one origin pattern; where the text is none, says why in a {@link Problem}. */
final class OriginPatternParser {
  private final String field;
  private final String text;
  private Problem problem;

  OriginPatternParser(String field, String text) {
    this.field = field;
    this.text = text;
  }

  /** Returns the pattern, or null if there is a {@link #problem}. */
  OriginPattern parse() {
    if (text.equals("*")) {
      return new OriginPattern(text, OriginPattern.Kind.ANY, "", "", "", OriginPattern.ANY_PORT);
    }
    if (text.equals("null")) {
      return new OriginPattern(text, OriginPattern.Kind.NULL, "", "", "", Origin.NO_PORT);
    }
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      return parseRegex();
    }
    if (looksLikeSomethingElse()) {
      return null;
    }
    int schemeEnd = text.indexOf("://");
    String scheme = text.substring(0, schemeEnd);
    if (!checkScheme(scheme)) {
      return null;
    }
    int hostStart = schemeEnd + 3;
    int starEnd = text.startsWith("*.", hostStart) ? hostStart + 2 : hostStart;
    int hostEnd = Origin.hostEnd(text, starEnd);
    if (reportUrlParts(text.substring(hostStart))) {
      return null;
    }
    String host = text.substring(hostStart, hostEnd);
    int port = parsePort(scheme, host, text.substring(hostEnd));
    if (problem != null) {
      return null;
    }
    if (host.indexOf('*') < 0) {
      return checkHost(host, host, scheme)
          ? new OriginPattern(text, OriginPattern.Kind.EXACT, scheme, host, "", port)
          : null;
    }
    return parseWildcard(scheme, host, port);
  }

  /** Returns the reason why there is no pattern. */
  Problem problem() {
    return problem;
  }

  private OriginPattern parseWildcard(String scheme, String host, int port) {
    int star = host.indexOf('*');
    String prefix = host.substring(0, star);
    String suffix = host.substring(star + 1);
    boolean subdomains = prefix.isEmpty() && suffix.startsWith(".");
    boolean firstLabel = !prefix.isEmpty() && prefix.indexOf('.') < 0 && suffix.indexOf('.') >= 0;
    if (suffix.indexOf('*') >= 0 || !(subdomains || firstLabel)) {
      return fail(
          "ORIGIN_WILDCARD_PLACEMENT",
          "A star may stand for whole labels at the beginning of the host, or for a part of its"
              + " first label behind at least one letter, once.",
          "Write https://*.example.com or https://qa-*.example.com.");
    }
    String base = suffix.substring(suffix.indexOf('.') + 1);
    if (base.isEmpty() || base.equals(".")) {
      reportHost(Host.Fault.EMPTY, host);
      return null;
    }
    if (Host.isAddress(base)) {
      return fail(
          "ORIGIN_WILDCARD_IP",
          "An IP address has no subdomains.",
          "List the address without the star, or use a domain.");
    }
    // The shortest host it can match stands for all of them: one letter in the star's place.
    if (!checkHost(subdomains ? base : host.replace('*', 'a'), host, scheme)) {
      return null;
    }
    OriginPattern.Kind kind = subdomains ? OriginPattern.Kind.SUBDOMAINS : OriginPattern.Kind.LABEL;
    return new OriginPattern(text, kind, scheme, prefix, suffix, port);
  }

  private OriginPattern parseRegex() {
    String expression = text.substring(1, text.length() - 1);
    RegexSyntaxException wrong = RegexSet.check(expression);
    if (wrong != null) {
      return fail(wrong.code(), wrong.getMessage(), wrong.fix());
    }
    return new OriginPattern(text, OriginPattern.Kind.REGEX, "", "", "", Origin.NO_PORT);
  }

  /** Recognizes what people paste into an allow list that is no origin, to answer it precisely. */
  private boolean looksLikeSomethingElse() {
    int firstScheme = text.indexOf("://");
    if (text.isEmpty()) {
      fail("ORIGIN_MALFORMED", "The entry is empty.", "Remove it, or write an origin.");
    } else if (text.startsWith("^")
        || text.endsWith("$")
        || text.startsWith(".*")
        || text.contains("://.*")
        || text.indexOf('\\') >= 0) {
      fail(
          "ORIGIN_REGEX",
          "This looks like a regular expression; here it would be read letter by letter.",
          "Put it between slashes, or write a wildcard such as https://*.example.com.");
    } else if (firstScheme >= 0
        && text.indexOf("://", firstScheme + 3) >= 0
        && text.matches("(?s).*[,;\\s].*")) {
      fail(
          "ORIGIN_LIST_IN_STRING",
          "The entry holds several origins.",
          "Make each of them an entry of its own.");
    } else if (text.matches("(?is)(blob|data|about|javascript):.*")) {
      fail(
          "ORIGIN_OPAQUE",
          "URLs of this scheme have no origin of their own; browsers send null for them.",
          "List the origin of the page that makes the request.");
    } else if (text.matches("(?is)file:.*")) {
      fail(
          "ORIGIN_FILE",
          "A page from the file system has no origin; browsers send null for it.",
          "Serve the page from http://localhost and list that origin.");
    } else if (firstScheme < 0) {
      fail(
          "ORIGIN_MALFORMED",
          "An origin is scheme://host, with a port where it is not the scheme's default.",
          "Write " + suggestion("https://" + text) + ".");
    }
    return problem != null;
  }

  private boolean checkScheme(String scheme) {
    if (scheme.length() > Scheme.MAX_LENGTH) {
      fail(
          "ORIGIN_TOO_LONG",
          "The scheme is longer than " + Scheme.MAX_LENGTH + " characters.",
          "Shorten it.");
    } else if (!Scheme.isValid(scheme)) {
      boolean upperCase = Scheme.isValid(scheme.toLowerCase(Locale.ROOT));
      fail(
          "ORIGIN_MALFORMED",
          upperCase
              ? "Browsers send the scheme in lower case; this would never match."
              : "The scheme has a character that schemes do not have.",
          upperCase
              ? "Write " + suggestion(text.toLowerCase(Locale.ROOT)) + "."
              : "Write https://, or the scheme of the app.");
    }
    return problem == null;
  }

  private int parsePort(String scheme, String host, String rest) {
    if (rest.isEmpty()) {
      return Origin.NO_PORT;
    }
    // Behind a bracket something else than a colon can follow; an IPv6 address without brackets
    // seems to begin with a port. In both cases it is the host that is wrong.
    if (rest.charAt(0) != ':' || rest.startsWith("::")) {
      reportHost(Host.Fault.IP_MALFORMED, host);
      return Origin.NO_PORT;
    }
    String digits = rest.substring(1);
    if (digits.equals("*")) {
      return OriginPattern.ANY_PORT;
    }
    int port = Origin.parsePort(digits, 0);
    if (port < 0) {
      fail(
          "ORIGIN_PORT",
          "A port is a number from 1 to " + Origin.MAX_PORT + " without leading zeros, or *.",
          "Write such as https://example.com:8443, or leave the port out.");
    } else if (port == Scheme.defaultPort(scheme)) {
      fail(
          "ORIGIN_DEFAULT_PORT",
          "Browsers leave out the default port of the scheme; this would never match.",
          "Write " + suggestion(scheme + "://" + host) + ".");
    }
    return port;
  }

  /** Reports what belongs to a URL but not to an origin; tells whether there was any. */
  private boolean reportUrlParts(String part) {
    String authority = part.split("[/?#]", 2)[0];
    if (authority.indexOf('@') >= 0) {
      fail(
          "ORIGIN_USERINFO",
          "An origin has no user name or password; browsers never send them.",
          "Write the origin without everything up to the @.");
      return true;
    }
    if (authority.length() < part.length()) {
      fail(
          "ORIGIN_PATH",
          "An origin ends with its host or port; with a path, query or slash it never matches.",
          "Write " + suggestion(text.replaceFirst("(?s)(://[^/?#]*).*", "$1")) + ".");
      return true;
    }
    return false;
  }

  private boolean checkHost(String host, String written, String scheme) {
    Host.Fault fault = Host.check(host, Scheme.isSpecial(scheme));
    int starred = written.startsWith("*.") ? 2 : 0;
    if (fault == null && host.length() + starred > Host.MAX_LENGTH + (host.endsWith(".") ? 1 : 0)) {
      fault = Host.Fault.TOO_LONG;
    }
    if (fault != null) {
      reportHost(fault, written);
      return false;
    }
    for (String label : host.split("\\.", -1)) {
      if (label.startsWith(Punycode.PREFIX) && !Punycode.decodes(label)) {
        fail(
            "ORIGIN_PUNYCODE",
            "The label " + label + " is no valid Punycode; no browser sends it.",
            "Copy the origin from a browser's location.origin.");
        return false;
      }
    }
    return true;
  }

  private void reportHost(Host.Fault fault, String host) {
    switch (fault) {
      case EMPTY, EMPTY_LABEL, CHARACTER ->
          fail(
              "ORIGIN_MALFORMED",
              "The host is empty, has an empty label or a character that hosts do not have.",
              "Write such as https://app.example.com.");
      case UPPER_CASE ->
          fail(
              "ORIGIN_MALFORMED",
              "Browsers send the host in lower case; this would never match.",
              "Write " + suggestion(text.toLowerCase(Locale.ROOT)) + ".");
      case NON_ASCII ->
          fail(
              "ORIGIN_NON_ASCII",
              "Browsers send internationalized names as A-labels (xn--…); this would never match.",
              "Write " + suggestion(text.replace(host, toAscii(host))) + ".");
      case TOO_LONG ->
          fail(
              "ORIGIN_TOO_LONG",
              "The host is longer than " + Host.MAX_LENGTH + " characters.",
              "Shorten it.");
      case LABEL_TOO_LONG, LABEL_HYPHEN ->
          fail(
              "ORIGIN_HOST",
              "A label of a host has 1 to 63 characters and no hyphen at either end.",
              "Correct the label.");
      case NUMERIC_TLD ->
          fail(
              "ORIGIN_HOST_NUMERIC_TLD",
              "Browsers read a host whose last label is a number as an IPv4 address.",
              "Correct the last label.");
      case IP_MALFORMED ->
          fail(
              "ORIGIN_IP_MALFORMED",
              "The host is neither a dotted IPv4 address nor an IPv6 address in brackets.",
              "Write such as http://127.0.0.1:3000 or http://[::1]:3000.");
      case IP_NOT_CANONICAL ->
          fail(
              "ORIGIN_IP_NOT_CANONICAL",
              "Browsers send addresses in one spelling: four decimal numbers without leading"
                  + " zeros, or compressed lower-case IPv6 that maps no IPv4 address.",
              "Copy the origin from a browser's location.origin.");
      case IP_ZONE ->
          fail(
              "ORIGIN_IP_ZONE",
              "An origin has no zone identifier; browsers never send one.",
              "Write the address without the percent sign and what follows.");
    }
  }

  /** Offers a correction only if it is one. */
  private String suggestion(String candidate) {
    boolean corrected =
        !candidate.equals(text) && new OriginPatternParser(field, candidate).parse() != null;
    return corrected ? candidate : "such as https://app.example.com";
  }

  private static String toAscii(String host) {
    try {
      String ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
      // java.net.IDN maps some letters to others (IDNA 2003: ß to ss) where browsers do not; the
      // result would be somebody else's name.
      return IDN.toUnicode(ascii).equals(host.toLowerCase(Locale.ROOT)) ? ascii : host;
    } catch (IllegalArgumentException notConvertible) {
      return host;
    }
  }

  /** Keeps the first problem; returns null for the caller to return. */
  private OriginPattern fail(String code, String message, String fix) {
    if (problem == null) {
      problem = Problem.error(code, field, text, message, fix);
    }
    return null;
  }
}
