package dev.corsage.servlet;

import dev.corsage.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What declared proxies say a request was sent to, by {@code Forwarded} (RFC 7239) or, where that
 * is not there, by {@code X-Forwarded-*}.
 *
 * <p>Each proxy adds to the end of what it received, and a client can send the beginning. So the
 * lists are read from their ends, as far as the sender is a declared proxy.
 */
record Forwarded(HttpRequest request, TrustedProxies proxies) {
  /** Returns the target that the outermost declared proxy names. */
  Target target(Target direct) {
    List<String> lines = request.header("forwarded");
    if (!lines.isEmpty()) {
      return fromElements(elements(String.join(",", lines)), direct);
    }
    List<String> senders = list("x-forwarded-for");
    int declared = 0;
    while (declared < senders.size()
        && proxies.contains(address(senders.get(senders.size() - 1 - declared)))) {
      declared++;
    }
    return direct
        .withScheme(valueOf(list("x-forwarded-proto"), declared))
        .withAuthority(valueOf(list("x-forwarded-host"), declared))
        .withPort(valueOf(list("x-forwarded-port"), declared));
  }

  private Target fromElements(List<Map<String, String>> elements, Target direct) {
    if (elements == null || elements.isEmpty()) {
      // It cannot be read: what it says is not known.
      return direct.withScheme("");
    }
    int last = elements.size() - 1;
    while (last > 0 && proxies.contains(address(elements.get(last).getOrDefault("for", "")))) {
      last--;
    }
    Map<String, String> outermost = elements.get(last);
    return direct.withScheme(outermost.get("proto")).withAuthority(outermost.get("host"));
  }

  private List<String> list(String name) {
    List<String> values = new ArrayList<>();
    for (String line : request.header(name)) {
      for (String value : line.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }

  /**
   * Returns what the outermost declared proxy wrote.
   *
   * @param declared how many proxies handed the request on to a declared one and are declared too
   */
  private static String valueOf(List<String> values, int declared) {
    return values.isEmpty() ? null : values.get(Math.max(0, values.size() - 1 - declared));
  }

  /** Returns the address of a node without its port and brackets (RFC 7239, section 6). */
  private static String address(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end < 0 ? "" : node.substring(1, end);
    }
    int colon = node.indexOf(':');
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }

  /**
   * Returns the elements of the header, each with its parameters by their names in lower case; null
   * if it is not well-formed (RFC 7239, section 4).
   */
  static List<Map<String, String>> elements(String value) {
    List<Map<String, String>> elements = new ArrayList<>();
    Map<String, String> element = new HashMap<>();
    int at = 0;
    while (at <= value.length()) {
      StringBuilder text = new StringBuilder();
      boolean quoted = false;
      for (; at < value.length(); at++) {
        char c = value.charAt(at);
        if (c == '"') {
          quoted = !quoted;
        } else if (quoted && c == '\\' && at + 1 < value.length()) {
          text.append(value.charAt(++at));
        } else if (!quoted && (c == ',' || c == ';')) {
          break;
        } else {
          text.append(c);
        }
      }
      String pair = text.toString().strip();
      int equals = pair.indexOf('=');
      if (quoted || (equals <= 0 && !pair.isEmpty())) {
        return null;
      }
      if (!pair.isEmpty()
          && element.put(
                  pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1))
              != null) {
        return null;
      }
      if ((at == value.length() || value.charAt(at) == ',') && !element.isEmpty()) {
        elements.add(element);
        element = new HashMap<>();
      }
      at++;
    }
    return elements;
  }
}
