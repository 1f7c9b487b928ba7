package dev.corsage.generate;

import dev.corsage.OriginAutomaton;
import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Suffix;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The regular expressions of PCRE that nginx decides with. Each takes time linear in its text: it
 * begins with an anchor, repetitions are possessive where they can be, and alternatives within them
 * cannot take the same text.
 *
 * <p>They end with {@code \z}: a dollar would match in front of a line feed, too.
 */
final class NginxExpressions {
  private static final int MAX_ORIGIN_LENGTH =
      OriginAutomaton.MAX_SCHEME_LENGTH + 3 + OriginAutomaton.MAX_HOST_LENGTH + 1 + 6;

  private static final String SPACE = "[ \\x09]";
  private static final String SEPARATORS = "[, \\x09]";

  /** RFC 9110, section 5.6.2; signs that nginx or people could stumble on by their numbers. */
  private static final String TOKEN = "[!\\x23\\x24%&\\x27*+.^_\\x60|~0-9A-Za-z-]++";

  /** Schemes whose hosts are domains and addresses (URL standard, special schemes). */
  private static final String SPECIAL = "(?:https?|wss?|ftp)";

  private static final String SPECIAL_OR_OPAQUE =
      "(?:https?|wss?|ftp|file|data|blob|about|javascript)";

  private static final String HOST_END = "(?::|\\z)";

  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

  private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}(?=" + HOST_END + ")";

  /**
   * Any text of the characters of an IPv6 address: such an origin is only ever compared with
   * literals, which are well-formed.
   */
  private static final String IPV6 = "\\x5b[0-9a-f:]{2,39}+\\x5d";

  private static final String LABEL = "[a-z0-9_-]{1," + OriginAutomaton.MAX_LABEL_LENGTH + "}+";

  /** No label of a domain begins with a hyphen, and no A-label ends with one. */
  private static final String DOMAIN_LABEL = "(?!-|xn--(?:[a-z0-9_-]*-)?(?:[.:]|\\z))" + LABEL;

  private static final String NAME_LENGTH =
      "(?=[^:]{1," + OriginAutomaton.MAX_HOST_LENGTH + "}\\.?" + HOST_END + ")";

  /** Browsers read a host whose last label is a number as an address. */
  private static final String NO_NUMBER =
      "(?!(?:[a-z0-9_-]++\\.)*(?:[0-9]++|0x[0-9a-f]*+)\\.?" + HOST_END + ")";

  private static final String NO_DEFAULT_PORT =
      "(?!(?:https|wss)://.*+(?<=:443))(?!(?:http|ws)://.*+(?<=:80))(?!ftp://.*+(?<=:21))";

  private static final String PORT =
      "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

  private NginxExpressions() {}

  /** Returns what matches well-formed origins, and IPv6 hosts in any spelling. */
  static String origin() {
    return "^(?=.{1,"
        + MAX_ORIGIN_LENGTH
        + "}\\z)"
        + NO_DEFAULT_PORT
        + ("(?:" + SPECIAL + "://(?:" + IPV4 + "|" + domain() + "|" + IPV6 + ")")
        + ("|(?!" + SPECIAL_OR_OPAQUE + ":)[a-z][a-z0-9+.-]{0,63}+://")
        + ("(?:" + NAME_LENGTH + name(LABEL) + "|" + IPV6 + "))")
        + ("(?::" + PORT + ")?\\z");
  }

  private static String domain() {
    return NO_NUMBER + NAME_LENGTH + name(DOMAIN_LABEL);
  }

  private static String name(String label) {
    return label + "(?:\\." + label + ")*+\\.?+";
  }

  /** Returns what matches, among well-formed origins, those with this end. */
  static String suffix(Suffix suffix) {
    String port =
        switch (suffix.port()) {
          case PolicyForm.NO_PORT -> "";
          case PolicyForm.ANY_PORT -> "(?::[0-9]++)?";
          default -> ":" + suffix.port();
        };
    return "^"
        + literal(suffix.scheme())
        + "://"
        + (suffix.isSubdomains() ? "[^:]+" : "")
        + literal(suffix.host())
        + port
        + "\\z";
  }

  /** Returns what matches the whole of a text by the text of an expression. */
  static String whole(String expression) {
    return "^(?:" + expression + ")\\z";
  }

  /** Returns what matches one of several texts. */
  static String oneOf(Collection<String> texts) {
    return "^(?:" + alternatives(texts) + ")\\z";
  }

  /** Returns what matches every method that pages can send. */
  static String anyMethod() {
    return "^(?!(?i:CONNECT|TRACE|TRACK)\\z)" + TOKEN + "\\z";
  }

  /**
   * Returns what matches lists of these header names, in any order, with empty elements and white
   * space (RFC 9110, section 5.6.1). Use it without regard to case.
   */
  static String listOf(Collection<String> names) {
    return names.isEmpty() ? "^" + SEPARATORS + "++\\z" : list("(?:" + alternatives(names) + ")");
  }

  /** Returns what matches lists of any header names; with or without {@code authorization}. */
  static String listOfAny(boolean authorization) {
    String except = "(?!authorization" + SPACE + "*+(?:,|\\z))";
    return list((authorization ? "" : except) + TOKEN);
  }

  private static String list(String name) {
    return "^" + SEPARATORS + "*+(?:" + name + SPACE + "*+(?:," + SEPARATORS + "*+|\\z))*+\\z";
  }

  private static String alternatives(Collection<String> texts) {
    return texts.stream().map(NginxExpressions::literal).collect(Collectors.joining("|"));
  }

  /** Signs by their numbers: what is a sign in an expression, or in nginx, is none then. */
  static String literal(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || c == '-' || c == '_' || c == ':' || c == '/') {
        out.append(c);
      } else {
        out.append(c == '.' ? "\\." : String.format("\\x%02x", (int) c));
      }
    }
    return out.toString();
  }
}
