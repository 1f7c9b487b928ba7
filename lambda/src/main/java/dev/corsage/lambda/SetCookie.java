package dev.corsage.lambda;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Several lines of {@code Set-Cookie} in one response. They cannot be joined with commas as those
 * of other headers can, because a cookie may have commas in its own value (RFC 6265, section 3).
 */
final class SetCookie {
  static final String NAME = "set-cookie";

  private SetCookie() {}

  /** Removes all lines from the headers, whatever the case of their names, and returns them. */
  static List<String> takeFrom(Map<String, List<String>> headers) {
    List<String> lines = new ArrayList<>();
    Iterator<Map.Entry<String, List<String>>> each = headers.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, List<String>> header = each.next();
      if (header.getKey().equalsIgnoreCase(NAME)) {
        lines.addAll(header.getValue());
        each.remove();
      }
    }
    return lines;
  }

  /**
   * Adds each line under a spelling of the name of its own, for invokers whose responses have one
   * value for each key: to load balancers these are <a
   * href="https://github.com/logandk/serverless-wsgi/issues/11">different headers</a>, to browsers
   * they are the same one. AWS documents no other way but <a
   * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#multi-value-headers">multi-value
   * headers</a>.
   *
   * @return false if there are more lines than spellings; the first ones are added
   */
  static boolean putInto(Map<String, List<String>> headers, List<String> lines) {
    int letters = NAME.length() - 1;
    int spellings = 1 << letters;
    for (int i = 0; i < Math.min(lines.size(), spellings); i++) {
      headers.put(spelling(i), List.of(lines.get(i)));
    }
    return lines.size() <= spellings;
  }

  /** Returns the name with those letters in upper case whose bits are set. */
  private static String spelling(int bits) {
    StringBuilder name = new StringBuilder(NAME);
    int rest = bits;
    for (int i = 0; i < NAME.length(); i++) {
      char c = NAME.charAt(i);
      if (c != '-') {
        name.setCharAt(i, (rest & 1) == 0 ? c : Character.toUpperCase(c));
        rest >>= 1;
      }
    }
    return name.toString();
  }
}
