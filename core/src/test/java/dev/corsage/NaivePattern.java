package dev.corsage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The oracle: the grammar of origins and patterns once more, as it stands in the documentation,
 * written with regular expressions, slow and without a second thought.
 */
record NaivePattern(Pattern expression, boolean wellFormedOnly) {
  private static final Pattern ORIGIN =
      Pattern.compile("([a-z][a-z0-9+.-]{0,63})://(\\[[^]]*]|[a-z0-9_.-]+)(?::([1-9][0-9]{0,4}))?");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?=.{1,253}\\.?$)((?!-)(?!xn--([a-z0-9_-]*-)?(\\.|$))[a-z0-9_-]{1,63}(\\.|$))+(?<!\\.\\.)");
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}\\.?$)([a-z0-9_-]{1,63}(\\.|$))+");
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

  static NaivePattern of(String pattern) {
    if (pattern.equals("*")) {
      return new NaivePattern(Pattern.compile("(?s).*"), false);
    }
    if (pattern.equals("null")) {
      return new NaivePattern(Pattern.compile("null"), false);
    }
    if (pattern.startsWith("/")) {
      String inside = pattern.substring(1, pattern.length() - 1);
      return new NaivePattern(Pattern.compile(inside), true);
    }
    String port = pattern.endsWith(":*") ? "(:[0-9]+)?" : "";
    String host = port.isEmpty() ? pattern : pattern.substring(0, pattern.length() - 2);
    int star = host.indexOf('*');
    if (star < 0) {
      return new NaivePattern(Pattern.compile(Pattern.quote(host) + port), true);
    }
    String before = Pattern.quote(host.substring(0, star));
    String after = Pattern.quote(host.substring(star + 1));
    boolean labels = host.startsWith("://*.", host.indexOf(':'));
    String stars = labels ? "[a-z0-9_-]+(\\.[a-z0-9_-]+)*" : "[a-z0-9-]+";
    return new NaivePattern(Pattern.compile(before + stars + after + port), true);
  }

  boolean matches(String origin) {
    return expression.matcher(origin).matches() && (!wellFormedOnly || isWellFormed(origin));
  }

  static boolean isWellFormed(String text) {
    Matcher parts = ORIGIN.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    int port = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    String host = parts.group(2);
    return port < 65_536
        && switch (parts.group(1)) {
          case "https", "wss" -> port != 443 && isWebHost(host);
          case "http", "ws" -> port != 80 && isWebHost(host);
          case "ftp" -> port != 21 && isWebHost(host);
          case "file", "data", "blob", "about", "javascript" -> false;
          default -> NAME.matcher(host).matches() || NaiveIpv6.isCanonical(host);
        };
  }

  private static boolean isWebHost(String host) {
    boolean number = ENDS_IN_NUMBER.matcher(host).matches();
    return (number ? IPV4 : DOMAIN).matcher(host).matches() || NaiveIpv6.isCanonical(host);
  }
}
