package dev.corsage;

import java.util.regex.Pattern;

/** Recognizes what people paste into an allow list that is not an origin. */
final class ForeignEntry {
  /** An expression between slashes with flags behind it, or flags at its beginning. */
  private static final Pattern FLAGS =
      Pattern.compile("^/.*[\\\\^$*+(\\[].*/[a-zA-Z]{1,6}$|^/?\\^?\\(\\?[a-zA-Z]+\\)");

  /** What no other entry has: anchors, backslashes, groups, any characters. */
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "^\\W{0,3}(?:r[\"'{])?\\^|\\$\\W?$|^\\.\\*|://\\.\\*|(?<![:\\\\])\\\\"
              + "|://.*\\(|://\\[[a-z0-9]-[a-z0-9]");

  private static final Pattern SEPARATED = Pattern.compile("[,;|\\s]");
  private static final Pattern OPAQUE = Pattern.compile("(?i)^(?:blob|data|about|javascript):");
  private static final Pattern FILE = Pattern.compile("(?i)^file:");

  private ForeignEntry() {}

  /** Returns what a text is, or null if it has the form of an origin. */
  static PolicyCode codeOf(String text) {
    int scheme = text.indexOf("://");
    boolean several = scheme >= 0 && text.indexOf("://", scheme + 3) >= 0;
    if (FLAGS.matcher(text).find()) {
      return PolicyCode.REGEX_FLAGS;
    }
    if (EXPRESSION.matcher(text).find()) {
      return PolicyCode.ORIGIN_REGEX;
    }
    if (several && SEPARATED.matcher(text).find()) {
      return text.indexOf('@') >= 0 ? PolicyCode.ORIGIN_USERINFO : PolicyCode.ORIGIN_LIST_IN_STRING;
    }
    if (OPAQUE.matcher(text).find()) {
      return PolicyCode.ORIGIN_OPAQUE;
    }
    if (FILE.matcher(text).find()) {
      return PolicyCode.ORIGIN_FILE;
    }
    return scheme < 0 ? PolicyCode.ORIGIN_MALFORMED : null;
  }
}
