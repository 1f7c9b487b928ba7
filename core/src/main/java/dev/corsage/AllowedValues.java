package dev.corsage;

import java.util.Collection;
import java.util.List;

/**
 * What a policy allows, as it was written: for telling people what comes nearest to a value that
 * was refused. Nothing is decided with it.
 */
record AllowedValues(
    List<OriginPattern> origins, Collection<String> methods, Collection<String> requestHeaders) {

  String methodHint(String refused) {
    for (String method : methods) {
      if (method.equalsIgnoreCase(refused)) {
        return "The list has " + method + ": methods are case-sensitive.";
      }
    }
    return typingError(methods, refused);
  }

  String headerHint(String refused) {
    String name = FetchNames.lowerCase(refused);
    if (name.equals("authorization") && requestHeaders.contains("*")) {
      return "The list has *, which does not cover authorization; it must be listed beside it.";
    }
    return typingError(requestHeaders, name);
  }

  private static String typingError(Collection<String> allowed, String refused) {
    for (String value : allowed) {
      if (Spelling.edits(value, refused, 1) == 1) {
        return "The list has " + value + ", which is one letter off: a typing error?";
      }
    }
    return "";
  }
}
