package dev.corsage;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The request headers a policy allows, ready to be compared with {@code
 * Access-Control-Request-Headers}.
 *
 * <p>Browsers send the names lower-cased, sorted, unique and without spaces; API Gateway, proxies
 * and hand-written tests do not, so any order, case, number of lines, empty elements and white
 * space are accepted (RFC 9110, section 5.6.1). One pass, without splitting: a megabyte of commas
 * takes time for each, but no memory (GHSA-mh55-gqvf-xfwm).
 *
 * <p>Safe for use by many threads.
 */
final class HeaderNames {
  private static final String AUTHORIZATION = "authorization";

  /** Longer names than any in use are cut where a refusal quotes them. */
  static final int MAX_LENGTH = 128;

  /**
   * With {@code *} and credentials the response repeats the names, so their number and length are
   * bounded. API Gateway takes 10,240 bytes of headers in all; pages send a handful of names.
   */
  static final int MAX_REPEATED = 100;

  private final boolean any;
  private final boolean repeated;
  private final boolean authorization;
  private final String[] table;
  private final int longest;

  /**
   * The line that was allowed last, if it is no longer than one of all names: the pages of an API
   * ask for the same headers all the time. Written without a lock, as the hash of a string is.
   */
  private String lastAllowed = "";

  private final int longestLine;

  /**
   * Compiles the list.
   *
   * @param names lower-case names, among them perhaps {@code *}
   * @param credentials with credentials {@code *} covers {@code Authorization} too, because the
   *     response then names every header
   */
  HeaderNames(Collection<String> names, boolean credentials) {
    any = names.contains("*");
    repeated = any && credentials;
    authorization = credentials || names.contains(AUTHORIZATION);
    int most = 0;
    for (String name : names) {
      most = Math.max(most, name.length());
    }
    longest = most;
    longestLine = names.size() * (longest + 2);
    table = new String[Integer.highestOneBit(Math.max(1, names.size())) * 4];
    for (String name : names) {
      int slot = hash(name, 0, name.length());
      while (table[slot & (table.length - 1)] != null) {
        slot++;
      }
      table[slot & (table.length - 1)] = name;
    }
  }

  /**
   * Returns the first name in the lines that is not allowed, or null if there is none.
   *
   * @param lines the field lines of {@code Access-Control-Request-Headers}
   */
  String firstNotAllowed(List<String> lines) {
    if (lines.size() == 1 && lines.get(0).equals(lastAllowed)) {
      return null;
    }
    int names = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int end;
      for (int from = nextName(line, 0); from < line.length(); from = nextName(line, end)) {
        end = endOfElement(line, from);
        int to = trimSpace(line, from, end);
        if (!isAllowed(line, from, to) || (++names > MAX_REPEATED && repeated)) {
          return line.substring(from, Math.min(to, from + MAX_LENGTH));
        }
      }
    }
    if (lines.size() == 1 && lines.get(0).length() <= longestLine) {
      lastAllowed = lines.get(0);
    }
    return null;
  }

  /** Returns where the next name begins: behind commas and white space, however many. */
  private static int nextName(String line, int start) {
    int at = start;
    while (at < line.length() && (line.charAt(at) == ',' || isSpace(line.charAt(at)))) {
      at++;
    }
    return at;
  }

  private static int endOfElement(String line, int start) {
    int comma = line.indexOf(',', start);
    return comma < 0 ? line.length() : comma;
  }

  private boolean isAllowed(String line, int from, int to) {
    if (any) {
      // In the standard * does not cover Authorization; browsers have announced that they will
      // follow.
      return FetchNames.isToken(line, from, to)
          && (!repeated || to - from <= MAX_LENGTH)
          && (authorization
              || to - from != AUTHORIZATION.length()
              || !line.regionMatches(true, from, AUTHORIZATION, 0, AUTHORIZATION.length()));
    }
    if (to - from > longest) {
      return false;
    }
    int slot = hash(line, from, to);
    for (String name; (name = table[slot & (table.length - 1)]) != null; slot++) {
      if (name.length() == to - from && equalsLowerCase(name, line, from)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the names in the lines, lower-cased, sorted and unique, joined by commas: what the
   * response must name when {@code *} would be read literally. Call it only on lines that are
   * allowed.
   */
  static String join(List<String> lines) {
    TreeSet<String> names = new TreeSet<>();
    for (String line : lines) {
      int end;
      for (int from = nextName(line, 0); from < line.length(); from = nextName(line, end)) {
        end = endOfElement(line, from);
        names.add(FetchNames.lowerCase(line.substring(from, trimSpace(line, from, end))));
      }
    }
    return String.join(",", names);
  }

  private static boolean equalsLowerCase(String name, String line, int from) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != FetchNames.lowerCase(line.charAt(from + i))) {
        return false;
      }
    }
    return true;
  }

  private static int hash(String text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + FetchNames.lowerCase(text.charAt(i));
    }
    return hash ^ (hash >>> 15);
  }

  private static int trimSpace(String line, int from, int to) {
    while (from < to && isSpace(line.charAt(to - 1))) {
      to--;
    }
    return to;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
