package dev.corsage;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the author of an expression that cannot be used is likely to mean: the habits of other
 * dialects, and of engines that look for an expression within an origin.
 */
final class ExpressionRewriting {
  private static final Pattern WRAPPED =
      Pattern.compile(
          "^(?:~\\*?\\s*|(?i:regexp?|re|pattern):\\s*|%r\\{|r?[\"'])?/?(.*?)(?:/?[\"'}]|/[a-zA-Z]{0,6})?$");
  private static final Pattern FLAGS_BEHIND = Pattern.compile("^/(.*)/[a-zA-Z]{1,6}$");
  private static final Pattern FLAGS_WITHIN =
      Pattern.compile("\\(\\?[a-zA-Z]+(?:-[a-zA-Z]+)?(\\)|:)");

  /** A wildcard that somebody has put between slashes. */
  private static final Pattern WILDCARD =
      Pattern.compile("https?://[a-z0-9-]*\\*[a-z0-9-]*\\.[a-z0-9.-]+(?::[0-9]+|:\\*)?");

  /** Escapes and classes of other dialects, and what says the same of an origin in this one. */
  private static final Map<String, String> ESCAPES =
      Map.ofEntries(
          Map.entry("\\A", ""),
          Map.entry("\\z", ""),
          Map.entry("\\Z", ""),
          Map.entry("\\b", ""),
          Map.entry("\\B", ""),
          Map.entry("\\G", ""),
          Map.entry("\\K", ""),
          Map.entry("\\S", "."),
          Map.entry("\\D", "[^0-9]"),
          Map.entry("\\W", "[^a-z0-9_]"),
          Map.entry("\\h", "[0-9a-f]"),
          Map.entry("\\pL", "[a-z]"),
          Map.entry("\\pN", "[0-9]"));

  private static final Map<String, String> POSIX =
      Map.of(
          "alnum", "a-z0-9",
          "alpha", "a-z",
          "lower", "a-z",
          "upper", "a-z",
          "digit", "0-9",
          "xdigit", "0-9a-f",
          "word", "a-z0-9_",
          "punct", ".-",
          "space", "");

  private static final Pattern POSIX_CLASS = Pattern.compile("\\[:([a-z]+):\\]");
  private static final Pattern PROPERTY =
      Pattern.compile("\\\\p\\{(?:Is)?(L[a-z]?|N[a-z]?|Alpha|Lower|Upper|Digit|Alnum|ASCII)\\}");
  private static final Pattern CODE = Pattern.compile("\\\\(?:x\\{?|u\\{?)([0-9a-fA-F]{2,4})\\}?");

  private ExpressionRewriting() {}

  /** Returns the entries that say it without this problem; empty if nobody can know them. */
  static List<String> of(Problem problem, String text) {
    String inside = inside(text);
    String wildcard = inside.replace("\\/", "/");
    if (WILDCARD.matcher(wildcard).matches()) {
      return List.of(wildcard);
    }
    String rewritten =
        switch ((PolicyCode) problem.code()) {
          case REGEX_FLAGS -> withoutFlags(text);
          case REGEX_SYNTAX -> inThisDialect(inside);
          case REGEX_MATCHES_NOTHING -> {
            List<String> entries = searched(inside);
            if (!entries.isEmpty()) {
              yield String.join(" ", entries);
            }
            yield whole(inside);
          }
          case REGEX_DOT -> withEscapedDots(inside);
          case REGEX_GLUED -> withDotBehindStar(inside);
          case REGEX_OPEN_END -> inside.replaceFirst("(\\.\\*|\\.\\+|\\(\\.\\*\\)\\??)\\$?$", "");
          case REGEX_ANY_ORIGIN -> everything(inside);
          case REGEX_SCHEME -> withScheme(inside);
          case CREDENTIALS_INSECURE_ORIGIN -> secure(inside);
          default -> inside;
        };
    if (rewritten.equals(inside) && text.startsWith("/") && text.endsWith("/")) {
      return List.of();
    }
    boolean entries = rewritten.equals("*") || (!rewritten.startsWith("^") && isEntries(rewritten));
    return entries ? List.of(rewritten.split(" ")) : List.of("/" + rewritten + "/");
  }

  private static boolean isEntries(String rewritten) {
    return rewritten.indexOf('\\') < 0
        && rewritten.matches("https?://[a-z0-9.*:-]+( https?://\\S+)*");
  }

  private static String inside(String text) {
    boolean between = text.length() > 1 && text.startsWith("/") && text.endsWith("/");
    return between ? text.substring(1, text.length() - 1) : text;
  }

  /** Returns an expression without what other configurations write around it. */
  static String betweenSlashes(String text) {
    if (text.equals("\\\\*")) {
      return "*";
    }
    Matcher wrapped = WRAPPED.matcher(text.strip());
    String inside = wrapped.matches() ? wrapped.group(1) : text;
    return everything(inside).equals("*") ? "*" : "/" + inside + "/";
  }

  /** Returns the expression of an entry with stars where stars may not be. */
  static String ofWildcard(String origin, String port) {
    StringBuilder expression = new StringBuilder("/");
    for (int i = 0; i < origin.length(); i++) {
      char c = origin.charAt(i);
      if (c == '*') {
        expression.append("[a-z0-9-]+");
      } else {
        expression.append(c == '.' || c == '/' ? "\\" : "").append(c);
      }
    }
    return expression.append(port.equals(":*") ? "(:\\d+)?" : port).append('/').toString();
  }

  private static String withoutFlags(String text) {
    Matcher behind = FLAGS_BEHIND.matcher(text);
    String inside = behind.matches() ? behind.group(1) : inside(text);
    return lowerCase(
        FLAGS_WITHIN.matcher(inside).replaceAll(m -> m.group(1).equals(":") ? "(?:" : ""));
  }

  /** Puts letters in lower case, but not those of escapes. */
  private static String lowerCase(String expression) {
    StringBuilder lower = new StringBuilder();
    String ranges = expression.replaceAll("a-zA-Z|A-Za-z", "a-z").replace("A-Z", "a-z");
    for (int i = 0; i < ranges.length(); i++) {
      char c = ranges.charAt(i);
      if (c == '\\' && i + 1 < ranges.length()) {
        lower.append(c).append(ranges.charAt(++i));
      } else {
        lower.append(FetchNames.lowerCase(c));
      }
    }
    return lower.toString();
  }

  private static String inThisDialect(String expression) {
    String text = expression.replaceAll("\\[\\^(?:\\\\s/?|/\\\\s|\\\\s\\\\/|\\\\/\\\\s)\\]", ".");
    text =
        text.replaceAll("\\(\\?P<", "(?<").replaceAll("\\(\\?'([A-Za-z][A-Za-z0-9]*)'", "(?<$1>");
    text = POSIX_CLASS.matcher(text).replaceAll(m -> POSIX.getOrDefault(m.group(1), ""));
    text = PROPERTY.matcher(text).replaceAll(m -> property(m.group(1)));
    text =
        CODE.matcher(text)
            .replaceAll(m -> Matcher.quoteReplacement(literal(Integer.parseInt(m.group(1), 16))));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String escape =
          text.charAt(i) == '\\' ? text.substring(i, Math.min(i + 2, text.length())) : "";
      String known = ESCAPES.get(escape);
      out.append(known != null ? known : escape.isEmpty() ? "" + text.charAt(i) : escape);
      i += escape.length() > 1 ? 1 : 0;
    }
    return out.toString();
  }

  private static String property(String name) {
    return switch (name.charAt(0)) {
      case 'N', 'D' -> "[0-9]";
      case 'A' -> name.equals("Alpha") ? "[a-z]" : "[a-z0-9]";
      default -> "[a-z]";
    };
  }

  private static String literal(int character) {
    char c = (char) character;
    return Host.isLabelCharacter(c) || c == '/' || c == ':' ? "" + c : "\\" + c;
  }

  /** Says what an expression that is looked for within an origin is meant to find there. */
  private static List<String> searched(String inside) {
    String core = inside.replaceAll("^\\^|\\$$", "").replaceAll("^\\.\\*", "");
    boolean below = core.startsWith("\\.") || core.startsWith(".");
    String name = core.replaceFirst("^\\\\?\\.", "").replace("\\.", ".").replace("\\-", "-");
    if (!name.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
      return List.of();
    }
    String base = "https://" + name;
    String wildcard = "https://*." + name;
    return below
        ? List.of(wildcard)
        : inside.startsWith("^") ? List.of(base) : List.of(base, wildcard);
  }

  /** Completes an expression that reads less, or more, than a whole origin. */
  private static String whole(String inside) {
    String lower = lowerCase(inside);
    if (!lower.equals(inside)) {
      return lower;
    }
    if (!inside.contains("//") && !inside.contains("/\\/")) {
      return inside.startsWith("^")
          ? "^https:\\/\\/" + inside.substring(1)
          : "https:\\/\\/" + inside;
    }
    String withoutPath =
        inside.replaceFirst("(^.*//[^/]*|^.*/\\\\/.*?)(?:\\(?\\\\?/(?!\\\\?/).*)$", "$1");
    if (!withoutPath.equals(inside)) {
      return withoutPath;
    }
    return inside.endsWith(":") ? inside + "\\d+" : inside;
  }

  private static String everything(String inside) {
    return inside.matches(
            "\\^?(https?\\??:(\\\\?/){2})?\\(?\\.[*+]\\)?\\??\\$?|\\^?https?\\??:(\\\\?/){2}\\$?")
        ? "*"
        : inside;
  }

  /** Escapes each dot that stands for itself: neither in a class nor repeated. */
  private static String withEscapedDots(String expression) {
    StringBuilder out = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      char next = i + 1 < expression.length() ? expression.charAt(i + 1) : 0;
      if (c == '\\' && next != 0) {
        out.append(c).append(next);
        i++;
        continue;
      }
      inClass = c == '[' || (inClass && c != ']');
      // A star in front of a dot, as in a wildcard, is the end of what varies.
      boolean repeated = next == '*' || next == '+' || next == '?' || next == '{';
      out.append(c == '.' && !inClass && !repeated ? "\\." : "" + c);
    }
    return out.toString();
  }

  /** Puts a dot behind what varies in front of a domain. */
  private static String withDotBehindStar(String expression) {
    String dotted =
        expression.replaceFirst(
            "(//|/\\\\/)\\(?(\\.[*+]|\\[[^\\]]*\\][*+])\\??\\)?\\??(?:\\\\?\\.\\?)?(?=[a-z0-9])",
            "$1($2\\\\.)?");
    return dotted.equals(expression)
        ? expression.replaceFirst("(\\([a-z0-9|-]+)\\)\\?(?:\\\\?\\.)\\??", "(?:$1)\\\\.)?")
        : dotted;
  }

  private static String withScheme(String expression) {
    String any =
        expression.replaceFirst(
            "^\\^?(?:\\.[*+]|\\[[^\\]]*\\][*+]|\\\\w[*+]|\\(\\.\\*\\))(?=:)", "https");
    return any.equals(expression) && !expression.contains("//") && !expression.contains("/\\/")
        ? "https:\\/\\/" + expression.replaceFirst("^\\^", "")
        : any;
  }

  private static String secure(String expression) {
    return expression
        .replaceFirst("^\\^?http(?:s\\?|\\(s\\)\\?|\\(\\?:s\\)\\?)?:", "https:")
        .replaceFirst("^\\^?\\((?:\\?:)?https?\\|https?\\):", "https:");
  }
}
