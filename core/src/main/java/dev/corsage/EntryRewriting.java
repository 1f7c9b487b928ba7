package dev.corsage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the author of an entry that cannot be used is likely to mean, one fault at a time. Nothing
 * here decides: {@link EntryRemedy} offers only what builds.
 */
final class EntryRewriting {
  private static final int MAX_ENTRIES = 6;

  private static final Pattern SPLIT_SCHEME_AND_HOST =
      Pattern.compile("(?i)^(https?)(?::[/\\\\]*|[/\\\\]{2,})(?=[^/\\\\])");
  private static final Pattern ANY_SCHEME =
      Pattern.compile(
          "^(?:\\*|https?\\*|https\\?|http[(\\[{]s[)\\]}]\\??|\\(?\\{?https?[|,]https?\\)?\\}?|)://");
  private static final Pattern EVERYTHING =
      Pattern.compile("(?i)\\*+|<all_urls>|all|any|\\*[.:]\\*|\\*://\\*(?:[:/].*)?");
  private static final Pattern PORT = Pattern.compile(":([^:/\\]]*|\\[[^\\]]*\\]|\\([^)]*\\))$");
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*,[^{}]*)\\}");

  private EntryRewriting() {}

  /** Returns the entries that say it without this problem; empty if nobody can know them. */
  static List<String> of(Problem problem, String text) {
    if (!(problem.code() instanceof PolicyCode code)) {
      return List.of();
    }
    List<String> rewritten =
        switch (code) {
          case ORIGIN_MALFORMED, ORIGIN_IP_MALFORMED, ORIGIN_HOST -> malformed(text);
          case ORIGIN_PATH -> List.of(text.replaceFirst("(?s)(://[^/?#]*).*", "$1"));
          case ORIGIN_LIST_IN_STRING -> List.of(text.strip().split("[,;|\\s]+"));
          case ORIGIN_DEFAULT_PORT -> List.of(text.substring(0, text.lastIndexOf(':')));
          case ORIGIN_PORT -> ports(text);
          case ORIGIN_NON_ASCII -> List.of(asciiHost(text));
          case ORIGIN_WILDCARD_PLACEMENT -> wildcards(text);
          case CREDENTIALS_INSECURE_ORIGIN ->
              text.startsWith("/")
                  ? ExpressionRewriting.of(problem, text)
                  : List.of(text.replaceFirst("^http://", "https://"));
          case ORIGIN_REGEX -> List.of(ExpressionRewriting.betweenSlashes(text));
          default -> ExpressionRewriting.of(problem, text);
        };
    boolean same = rewritten.contains(text) || rewritten.contains("");
    return same || rewritten.size() > MAX_ENTRIES ? List.of() : rewritten;
  }

  private static List<String> malformed(String text) {
    String bare = withoutQuotes(text);
    if (!bare.equals(text)) {
      return List.of(bare);
    }
    if (EVERYTHING.matcher(text).matches()) {
      return List.of("*");
    }
    // Chrome's enterprise policies.
    if (text.contains("[*.]")) {
      return List.of(text.replace("[*.]", "*."));
    }
    Matcher braces = BRACES.matcher(text);
    Matcher anyScheme = ANY_SCHEME.matcher(text);
    if (anyScheme.find()) {
      return List.of("https://" + text.substring(anyScheme.end()));
    }
    if (braces.find()) {
      List<String> each = new ArrayList<>();
      for (String part : braces.group(1).split(",", -1)) {
        each.add(text.substring(0, braces.start()) + part.strip() + text.substring(braces.end()));
      }
      return each;
    }
    Matcher scheme = SPLIT_SCHEME_AND_HOST.matcher(text);
    if (scheme.find() && !text.startsWith(scheme.group(1) + "://")) {
      return List.of(
          scheme.group(1).toLowerCase(Locale.ROOT) + "://" + text.substring(scheme.end()));
    }
    if (!text.contains("://")) {
      return withScheme(text);
    }
    return List.of(lowerCase(text));
  }

  /** Removes what comes along when a value is copied out of a program or a list. */
  private static String withoutQuotes(String text) {
    String bare = text.strip().replaceAll("^[\"'`,;<]+|[\"'`,;>]+$", "");
    boolean list = bare.startsWith("[") && bare.endsWith("]") && bare.contains("://");
    return list ? bare.substring(1, bare.length() - 1) : text.startsWith("<all") ? text : bare;
  }

  private static List<String> withScheme(String text) {
    String rest = text.replaceFirst("^[/\\\\]+", "");
    String host = Origin.hostEnd(rest, 0) < 0 ? rest : rest.replaceFirst("[/:?#].*", "");
    boolean ipv6 = rest.startsWith("[") || rest.matches("[0-9a-f]*(:[0-9a-f]*){2,}");
    if (ipv6) {
      rest = rest.startsWith("[") ? rest : "[" + rest + "]";
      host = rest.substring(0, Math.max(0, rest.indexOf(']') + 1));
    }
    host = lowerCase(host).replaceFirst("\\*+$", "");
    if (host.isEmpty()) {
      return List.of();
    }
    boolean name = ipv6 || host.indexOf('.') > 0 || Host.isLoopback(host) || rest.contains(":");
    if (!name) {
      return List.of();
    }
    boolean plain = Host.isLoopback(host) || Host.isPrivate(host) || rest.endsWith(":80");
    return List.of((plain ? "http://" : "https://") + rest);
  }

  /** Spring's {@code :[8080,8443]}, and stars behind a port. */
  private static List<String> ports(String text) {
    Matcher found = PORT.matcher(text);
    if (!found.find()) {
      return List.of();
    }
    String origin = text.substring(0, found.start());
    String written = found.group(1);
    String port = written.replaceAll("^[\\[({]|[\\])}]$", "").strip();
    String host = origin.replaceFirst("^.*://", "");
    boolean loopback = !host.isEmpty() && Host.isLoopback(host);
    if (port.matches("\\d{4,5}\\*+")) {
      return List.of(origin + ":" + port.replace("*", ""));
    }
    if (port.matches("\\*+|\\\\d[+*]|0-9|\\.\\*")
        || (loopback && !port.matches("[0-9]*|.*[,|].*"))) {
      return List.of(origin + ":*");
    }
    if (!port.isEmpty() && (!port.equals(written) || port.matches(".*[,|].*"))) {
      List<String> each = new ArrayList<>();
      for (String one : port.split("[,|]", -1)) {
        each.add(origin + ":" + one.strip());
      }
      return each;
    }
    String withoutZeros = port.replaceFirst("^0+", "");
    if (!withoutZeros.matches("[0-9]*")) {
      return List.of();
    }
    return List.of(withoutZeros.isEmpty() ? origin : origin + ":" + withoutZeros);
  }

  private static String asciiHost(String text) {
    int schemeEnd = text.indexOf("://") + 3;
    String authority = text.substring(schemeEnd).split("[/?#]", 2)[0];
    String host = authority.replaceFirst(":[^:]*$", "");
    return text.substring(0, schemeEnd)
        + InternationalName.toAscii(host)
        + text.substring(schemeEnd + host.length());
  }

  private static List<String> wildcards(String text) {
    int hostStart = text.indexOf("://") + 3;
    String scheme = text.substring(0, hostStart);
    String rest = text.substring(hostStart);
    String host = rest.replaceFirst(":[^:\\]]*$", "");
    String port = rest.substring(host.length());
    if (host.matches("[*.]+")) {
      boolean web = scheme.equals("https://") || scheme.equals("http://");
      return web ? List.of("*") : List.of();
    }
    String withoutEnd = host.replaceFirst("\\*+$", "");
    if (!withoutEnd.equals(host) && withoutEnd.indexOf('*') < 0) {
      return openEnd(scheme, withoutEnd, port);
    }
    String collapsed =
        host.replaceFirst("^(?:\\*+\\.)+", "*.").replaceFirst("^\\*+(?=[a-z0-9])", "*.");
    if (!collapsed.equals(host)) {
      return List.of(scheme + collapsed + port);
    }
    return List.of(ExpressionRewriting.ofWildcard(scheme + host, port));
  }

  /** A star at the end of a host is meant for a port or a path, never for another domain. */
  private static List<String> openEnd(String scheme, String host, String port) {
    if (!host.isEmpty() && Host.isLoopback(host)) {
      return List.of(scheme + host + ":*");
    }
    String last = host.substring(host.lastIndexOf('.') + 1);
    boolean whole = host.indexOf('.') > 0 && PublicSuffixes.isTopLevel(last);
    return whole ? List.of(scheme + host + port) : List.of();
  }

  static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
