package dev.corsage;

import java.util.Locale;

/** Reads one origin pattern; where the text is not one, says why in a {@link Problem}. */
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
    if (!isOrdinary() && looksLikeSomethingElse()) {
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
    int port = parsePort(scheme, text.substring(hostEnd));
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

  /** Returns why the text is not a pattern. */
  Problem problem() {
    return problem;
  }

  private OriginPattern parseWildcard(String scheme, String host, int port) {
    int star = host.indexOf('*');
    String prefix = host.substring(0, star);
    String suffix = host.substring(star + 1);
    boolean subdomains = prefix.isEmpty() && suffix.startsWith(".");
    boolean firstLabel = !subdomains && prefix.indexOf('.') < 0 && suffix.indexOf('.') >= 0;
    if (Scheme.isOfExtensions(scheme)) {
      return fail(
          PolicyCode.ORIGIN_WILDCARD_PLACEMENT,
          "The host of an extension is its id; a star would let all extensions in.",
          "List the ids, or let the extension ask for host permissions (host_permissions) for the"
              + " API; then it needs no CORS.");
    }
    if (suffix.indexOf('*') >= 0 || !(subdomains || firstLabel)) {
      return fail(PolicyCode.ORIGIN_WILDCARD_PLACEMENT);
    }
    String base = suffix.substring(suffix.indexOf('.') + 1);
    if (base.isEmpty() || base.equals(".")) {
      reportHost(Host.Fault.EMPTY);
      return null;
    }
    if (Host.isAddress(base)) {
      return fail(PolicyCode.ORIGIN_WILDCARD_IP);
    }
    if (!subdomains && prefix.isEmpty() && isGlued(base)) {
      return fail(PolicyCode.ORIGIN_WILDCARD_PLACEMENT);
    }
    // The shortest host it can match stands for all of them: one letter in the star's place.
    if (!checkHost(subdomains ? base : host.replace('*', 'a'), host, scheme)) {
      return null;
    }
    OriginPattern.Kind kind = subdomains ? OriginPattern.Kind.SUBDOMAINS : OriginPattern.Kind.LABEL;
    return new OriginPattern(text, kind, scheme, prefix, suffix, port);
  }

  /**
   * Tells whether a star that begins the label in front of a domain is glued to a name that others
   * can register: {@code https://*example.com} would match {@code https://evilexample.com}. Within
   * a domain that somebody has registered all names are theirs.
   */
  private static boolean isGlued(String base) {
    String domain = base.endsWith(".") ? base.substring(0, base.length() - 1) : base;
    return !Host.isLoopback(domain) && PublicSuffixes.of(domain) != PublicSuffixes.Kind.NONE;
  }

  private OriginPattern parseRegex() {
    String expression = text.substring(1, text.length() - 1);
    RegexSyntaxException wrong = RegexSet.check(expression);
    if (wrong != null) {
      return fail(wrong.code(), wrong.getMessage(), wrong.fix());
    }
    return new OriginPattern(text, OriginPattern.Kind.REGEX, "", "", "", Origin.NO_PORT);
  }

  /**
   * Tells whether there is nothing in it but what origins and wildcards have: almost every entry of
   * a function that starts, which then needs no regular expressions.
   */
  private boolean isOrdinary() {
    int schemeEnd = text.indexOf("://");
    if (schemeEnd < 0 || text.contains(".*")) {
      return false;
    }
    String scheme = text.substring(0, schemeEnd);
    if (!Scheme.isValid(scheme) || Scheme.isOpaque(scheme)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Host.isLabelCharacter(c) && c != '.' && c != '*' && c != ':' && c != '/') {
        return false;
      }
    }
    return !text.startsWith("rediss:") && !text.startsWith("redis:") && !text.startsWith("s3:");
  }

  /** Recognizes what people paste into an allow list that is not an origin, to say so precisely. */
  private boolean looksLikeSomethingElse() {
    PolicyCode code = text.isEmpty() ? null : ForeignEntry.codeOf(text);
    if (MisplacedValue.hasReference(text)) {
      problem = MisplacedValue.check(field, text);
    } else if (text.isEmpty()) {
      fail(PolicyCode.ORIGIN_MALFORMED, "The entry is empty.", "Remove it, or write an origin.");
    } else if (code != null) {
      fail(code);
    }
    return problem != null;
  }

  private boolean checkScheme(String scheme) {
    if (scheme.length() > Scheme.MAX_LENGTH) {
      fail(
          PolicyCode.ORIGIN_TOO_LONG,
          "The scheme is longer than " + Scheme.MAX_LENGTH + " characters.",
          "Shorten it.");
    } else if (!Scheme.isValid(scheme)) {
      boolean upperCase = Scheme.isValid(scheme.toLowerCase(Locale.ROOT));
      fail(
          PolicyCode.ORIGIN_MALFORMED,
          upperCase
              ? "Browsers send the scheme in lower case, so this never matches."
              : "The scheme has a character that schemes do not have.",
          upperCase
              ? PolicyCode.ORIGIN_MALFORMED.remedy()
              : "Write https://, or the scheme of the app.");
    }
    return problem == null;
  }

  private int parsePort(String scheme, String rest) {
    if (rest.isEmpty()) {
      return Origin.NO_PORT;
    }
    // Behind a bracket something else than a colon can follow; an IPv6 address without brackets
    // seems to begin with a port. In both cases it is the host that is wrong.
    if (rest.charAt(0) != ':' || rest.startsWith("::")) {
      reportHost(Host.Fault.IP_MALFORMED);
      return Origin.NO_PORT;
    }
    String digits = rest.substring(1);
    if (digits.equals("*")) {
      return OriginPattern.ANY_PORT;
    }
    int port = Origin.parsePort(digits, 0);
    if (port < 0) {
      fail(PolicyCode.ORIGIN_PORT);
    } else if (port == Scheme.defaultPort(scheme)) {
      failWithExample(PolicyCode.ORIGIN_DEFAULT_PORT);
    }
    return port;
  }

  /** Reports what belongs to a URL but not to an origin; tells whether there was any. */
  private boolean reportUrlParts(String part) {
    int end = 0;
    while (end < part.length() && "/?#".indexOf(part.charAt(end)) < 0) {
      end++;
    }
    String authority = part.substring(0, end);
    if (authority.indexOf('@') >= 0) {
      fail(PolicyCode.ORIGIN_USERINFO);
      return true;
    }
    if (authority.length() < part.length()) {
      failWithExample(PolicyCode.ORIGIN_PATH);
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
      reportHost(fault);
      return false;
    }
    for (String label : host.split("\\.", -1)) {
      if (label.startsWith(Punycode.PREFIX) && !Punycode.decodes(label)) {
        fail(
            PolicyCode.ORIGIN_PUNYCODE,
            "The label " + label + " is not valid Punycode; no browser sends it.",
            PolicyCode.ORIGIN_PUNYCODE.remedy());
        return false;
      }
    }
    return true;
  }

  private void reportHost(Host.Fault fault) {
    switch (fault) {
      case EMPTY, EMPTY_LABEL, CHARACTER ->
          fail(
              PolicyCode.ORIGIN_MALFORMED,
              "The host is empty, has an empty label or a character that hosts do not have.",
              PolicyCode.ORIGIN_MALFORMED.remedy());
      case UPPER_CASE ->
          fail(
              PolicyCode.ORIGIN_MALFORMED,
              "Browsers send the host in lower case, so this never matches.",
              PolicyCode.ORIGIN_MALFORMED.remedy());
      case NON_ASCII -> failWithExample(PolicyCode.ORIGIN_NON_ASCII);
      case TOO_LONG ->
          fail(
              PolicyCode.ORIGIN_TOO_LONG,
              "The host is longer than " + Host.MAX_LENGTH + " characters.",
              PolicyCode.ORIGIN_TOO_LONG.remedy());
      case LABEL_TOO_LONG, LABEL_HYPHEN -> fail(PolicyCode.ORIGIN_HOST);
      case NUMERIC_TLD -> fail(PolicyCode.ORIGIN_HOST_NUMERIC_TLD);
      case IP_MALFORMED -> fail(PolicyCode.ORIGIN_IP_MALFORMED);
      case IP_NOT_CANONICAL -> fail(PolicyCode.ORIGIN_IP_NOT_CANONICAL);
      case IP_ZONE -> fail(PolicyCode.ORIGIN_IP_ZONE);
    }
  }

  /** Fails with the words of a kind of problem. */
  private OriginPattern fail(PolicyCode code) {
    return fail(code, code.meaning(), code.remedy());
  }

  /** Fails where {@link EntryRemedy} finds what to write, or nothing can be meant. */
  private OriginPattern failWithExample(PolicyCode code) {
    return fail(code, code.meaning(), PolicyCode.ORIGIN_MALFORMED.remedy());
  }

  /** Keeps the first problem; returns null for the caller to return. */
  private OriginPattern fail(PolicyCode code, String message, String fix) {
    if (problem == null) {
      problem = Problem.of(code, field, text, message, fix);
    }
    return null;
  }
}
