package dev.corsage.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's response, as a browser reads it. Immutable.
 *
 * @param status the status
 * @param headers the field lines in their order, names in any case; not null
 */
public record Response(int status, List<Map.Entry<String, String>> headers) {

  /** Creates a response; the headers may not be null. */
  public Response {
    headers = List.copyOf(headers);
  }

  /**
   * Returns the value of a header, its lines joined (<a
   * href="https://fetch.spec.whatwg.org/#concept-header-list-get">get</a>); empty if it is absent.
   */
  public Optional<String> get(String name) {
    List<String> lines = lines(name);
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
  }

  /**
   * Returns the tokens of a list header (<a
   * href="https://fetch.spec.whatwg.org/#extract-header-list-values">extract header list
   * values</a>).
   *
   * @throws NotAList if an element is not a token, which makes the whole list invalid
   */
  List<String> tokens(String name) throws NotAList {
    List<String> tokens = new ArrayList<>();
    for (String line : lines(name)) {
      for (String element : line.split(",", -1)) {
        String token = trim(element, " \t");
        // RFC 9110, section 5.6.1: a recipient accepts empty elements.
        if (token.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
          tokens.add(token);
        } else if (!token.isEmpty()) {
          throw new NotAList(token);
        }
      }
    }
    return tokens;
  }

  /** Returns the tokens of a list header; none if it is not a list of tokens. */
  List<String> tokensOrNone(String name) {
    try {
      return tokens(name);
    } catch (NotAList malformed) {
      return List.of();
    }
  }

  private List<String> lines(String name) {
    return headers.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> trim(header.getValue(), " \t\r\n"))
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

  /** A header is not a list of tokens; the message is the element that is not a token. */
  static final class NotAList extends Exception {
    private static final long serialVersionUID = 1L;

    NotAList(String element) {
      super(element);
    }
  }
}
