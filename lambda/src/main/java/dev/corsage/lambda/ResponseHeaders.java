package dev.corsage.lambda;

import dev.corsage.Decision;
import dev.corsage.FetchNames;
import dev.corsage.Vary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The headers of a handler's response, and how those of a decision are put in: those that it
 * {@linkplain Decision#replaces replaces} are dropped, its {@code Vary} is completed, the others
 * stay.
 *
 * <p>A header that is not valid HTTP is dropped: its name is not a token (RFC 9110, section 5.1),
 * or a value has CR, LF or NUL (section 5.5). Whoever reads such a response may trim the name or
 * end the line there, and then see a header that was never decided on.
 */
final class ResponseHeaders {
  private static final String VARY = "Vary";

  private final EventShape shape;
  private final Decision decision;
  private final boolean onlyMultiValue;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final Map<String, List<String>> multiValueHeaders = new LinkedHashMap<>();
  private final List<String> cookies = new ArrayList<>(0);
  private final List<String> vary = new ArrayList<>(2);
  private final Set<String> dropped = new LinkedHashSet<>();

  ResponseHeaders(EventShape shape, Decision decision) {
    this.shape = shape;
    this.decision = decision;
    onlyMultiValue = shape.hasOnlyMultiValueHeaders();
  }

  /** Adds values of a header in {@code headers}. */
  void add(String name, List<String> values) {
    add(headers, name, values);
  }

  /** Adds values of a header in {@code multiValueHeaders}. */
  void addMultiValue(String name, List<String> values) {
    add(multiValueHeaders, name, values);
  }

  /** Adds values of {@code cookies}; payload format 2.0 makes a Set-Cookie line of each. */
  void addCookies(List<String> values) {
    for (String value : values) {
      if (isValid(value)) {
        cookies.add(value);
      } else {
        dropped.add(SetCookie.NAME);
      }
    }
  }

  private void add(Map<String, List<String>> to, String name, List<String> values) {
    if (name == null || !FetchNames.isToken(name) || !areValid(values)) {
      dropped.add(name == null ? "null" : name);
    } else if (name.equalsIgnoreCase(VARY)) {
      vary.addAll(values);
    } else if (!decision.replaces(name)) {
      to.computeIfAbsent(name, n -> new ArrayList<>(1)).addAll(values);
    }
  }

  private static boolean areValid(List<String> values) {
    for (String value : values) {
      if (!isValid(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValid(String value) {
    return value.indexOf('\r') < 0 && value.indexOf('\n') < 0 && value.indexOf('\0') < 0;
  }

  /** Adds all headers of a response; null means that there are none. */
  void addAll(Map<String, String> single, Map<String, List<String>> multiple) {
    if (single != null) {
      single.forEach((name, value) -> add(name, value == null ? List.of() : List.of(value)));
    }
    if (multiple != null) {
      multiple.forEach(
          (name, values) -> addMultiValue(name, values == null ? List.of() : nonNull(values)));
    }
  }

  /** Returns a list without what is null in it. */
  static List<String> nonNull(List<String> values) {
    return values.stream().filter(value -> value != null).toList();
  }

  /** Puts in the headers of a decision; comes last. */
  void complete() {
    if (onlyMultiValue) {
      // As lines of their own: Set-Cookie cannot be joined to one line (RFC 6265, section 3).
      headers.forEach(multiValueHeaders::putIfAbsent);
      headers.clear();
    } else {
      keepCookiesApart();
    }
    Map<String, List<String>> ours = onlyMultiValue ? multiValueHeaders : headers;
    decision
        .headers()
        .forEach(
            (name, value) -> {
              if (name.equals(VARY)) {
                vary.add(value);
              } else {
                ours.put(name, List.of(value));
              }
            });
    String merged = Vary.merge(vary);
    if (merged != null) {
      ours.put(VARY, List.of(merged));
    }
  }

  /** Several Set-Cookie lines in {@code headers} go where this invoker takes lines. */
  private void keepCookiesApart() {
    if (headers.values().stream().noneMatch(values -> values.size() > 1)) {
      return;
    }
    List<String> lines = SetCookie.takeFrom(headers);
    if (shape == EventShape.API_GATEWAY_V2) {
      cookies.addAll(lines);
    } else if (shape == EventShape.API_GATEWAY_V1) {
      if (!lines.isEmpty()) {
        multiValueHeaders.computeIfAbsent(SetCookie.NAME, n -> new ArrayList<>()).addAll(lines);
      }
    } else if (!SetCookie.putInto(headers, lines)) {
      dropped.add(SetCookie.NAME);
    }
  }

  /**
   * Returns the headers that have a value, several of one name joined; null if the invoker ignores
   * such headers.
   */
  Map<String, String> single() {
    if (onlyMultiValue) {
      return null;
    }
    Map<String, String> single = new LinkedHashMap<>();
    headers.forEach(
        (name, values) -> {
          if (!values.isEmpty()) {
            single.put(name, String.join(", ", values));
          }
        });
    return single;
  }

  /** Returns the headers with a list of values each; null if there are none and none are needed. */
  Map<String, List<String>> multiple() {
    return multiValueHeaders.isEmpty() && !onlyMultiValue ? null : multiValueHeaders;
  }

  /** Returns the values of {@code cookies}; empty if there are none. */
  List<String> cookies() {
    return cookies;
  }

  /** Returns the names of the headers that were dropped because they are not valid HTTP. */
  Set<String> dropped() {
    return dropped;
  }
}
