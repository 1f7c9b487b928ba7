package dev.corsage.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The headers of a handler's response, and how those of a decision are put in: its own {@code
 * Access-Control-*} headers are dropped, its {@code Vary} is completed, the others stay.
 */
final class ResponseHeaders {
  private static final String VARY = "Vary";
  private static final String CORS_PREFIX = "access-control-";

  private final boolean onlyMultiValue;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final Map<String, List<String>> multiValueHeaders = new LinkedHashMap<>();
  private final Set<String> vary = new LinkedHashSet<>();

  ResponseHeaders(EventShape shape) {
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

  private void add(Map<String, List<String>> to, String name, List<String> values) {
    if (name.equalsIgnoreCase(VARY)) {
      values.forEach(this::addVary);
    } else if (!name.toLowerCase(Locale.ROOT).startsWith(CORS_PREFIX)) {
      to.computeIfAbsent(name, n -> new ArrayList<>(1)).addAll(values);
    }
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

  private static List<String> nonNull(List<String> values) {
    return values.stream().filter(value -> value != null).toList();
  }

  private void addVary(String value) {
    for (String name : value.split(",", -1)) {
      if (!name.isBlank()) {
        vary.add(name.strip());
      }
    }
  }

  /** Puts in the headers of a decision; comes last. */
  void complete(Map<String, String> decided) {
    if (onlyMultiValue) {
      // As lines of their own: Set-Cookie cannot be joined to one line (RFC 6265, section 3).
      headers.forEach(multiValueHeaders::putIfAbsent);
      headers.clear();
    }
    Map<String, List<String>> ours = onlyMultiValue ? multiValueHeaders : headers;
    for (Map.Entry<String, String> header : decided.entrySet()) {
      if (header.getKey().equals(VARY)) {
        addVary(header.getValue());
      } else {
        ours.put(header.getKey(), List.of(header.getValue()));
      }
    }
    if (!vary.isEmpty()) {
      ours.put(VARY, List.of(mergedVary()));
    }
  }

  private String mergedVary() {
    if (vary.contains("*")) {
      return "*";
    }
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    StringBuilder merged = new StringBuilder();
    for (String name : vary) {
      if (seen.add(name)) {
        merged.append(merged.length() == 0 ? "" : ", ").append(name);
      }
    }
    return merged.toString();
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
}
