package dev.corsage.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A server's answer, as a browser reads it.
 *
 * @param status the status
 * @param headers the field lines by name, in any case
 */
record Response(int status, Map<String, List<String>> headers) {

  /**
   * Returns the value of a header, its lines joined (<a
   * href="https://fetch.spec.whatwg.org/#concept-header-list-get">get</a>); empty if it is absent.
   */
  Optional<String> get(String name) {
    List<String> lines = lines(name);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(lines.stream().collect(Collectors.joining(", ")));
  }

  /**
   * Returns the tokens of a list header (<a
   * href="https://fetch.spec.whatwg.org/#extract-header-list-values">extract header list
   * values</a>).
   *
   * @throws NotAList if anything in it is no token: one such spoils all
   */
  List<String> tokens(String name) throws NotAList {
    List<String> tokens = new ArrayList<>();
    for (String line : lines(name)) {
      for (String element : line.split(",", -1)) {
        String token = trim(element, " \t");
        // RFC 9110, section 5.6.1: empty elements are to be taken.
        if (token.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
          tokens.add(token);
        } else if (!token.isEmpty()) {
          throw new NotAList(token);
        }
      }
    }
    return tokens;
  }

  private List<String> lines(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .map(line -> trim(line, " \t\r\n"))
        .toList();
  }

  /** <a href="https://fetch.spec.whatwg.org/#concept-header-value-normalize">Normalizes</a>. */
  static String trim(String text, String space) {
    int start = 0;
    int end = text.length();
    while (start < end && space.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (start < end && space.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }

  /** A header that should be a list of tokens is none. */
  static final class NotAList extends Exception {
    private static final long serialVersionUID = 1L;

    NotAList(String element) {
      super(element);
    }
  }
}
