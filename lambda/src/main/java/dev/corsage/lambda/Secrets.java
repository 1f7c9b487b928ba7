package dev.corsage.lambda;

import java.util.regex.Pattern;

/**
 * Takes passwords out of values that problems repeat: they are logged, and a reference to a store
 * may have one, wherever it was written by mistake.
 */
final class Secrets {
  /** Up to the last at sign: who forgets to encode a password has at signs and slashes in it. */
  private static final Pattern USER = Pattern.compile("(?s)^([^:]*:(?://)?).*@");

  private static final Pattern OPTION =
      Pattern.compile("(?i)([?&][^=&]*(?:password|secret|token|key)=)[^&]*");

  private Secrets() {}

  static String removed(String value) {
    String withoutUser = value.indexOf('@') < 0 ? value : USER.matcher(value).replaceFirst("$1…@");
    return OPTION.matcher(withoutUser).replaceAll("$1…");
  }
}
