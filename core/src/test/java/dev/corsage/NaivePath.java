package dev.corsage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The oracle for paths: the same rules, by rewriting the text until nothing changes. */
final class NaivePath {
  private NaivePath() {}

  /** Returns whether a path is in a place that has this path; both as they were written. */
  static PolicyScope.Match match(String place, String sent) {
    String path = resolve(sent);
    if (path == null) {
      return PolicyScope.Match.UNKNOWN;
    }
    boolean here =
        place.endsWith("/*")
            ? path.startsWith(place.substring(0, place.length() - 1))
            : path.equals(place);
    return here ? PolicyScope.Match.YES : PolicyScope.Match.NO;
  }

  /** Returns the path in its one form, or null if it has none. */
  static String resolve(String sent) {
    boolean escapes = sent.contains("%");
    if (!sent.startsWith("/")
        || sent.matches("(?s).*%(?![0-9a-fA-F]{2}).*")
        || sent.matches("(?s).*%2[fF].*")
        || (escapes && !sent.matches("\\p{ASCII}*"))) {
      return null;
    }
    String path = escapes ? decoded(sent) : sent;
    if (path == null || path.matches("(?s).*([\\p{Cc}\\p{Cs}\\\\?#;]|%[0-9a-fA-F]{2}).*")) {
      return null;
    }
    if (path.contains("//") && path.matches("(?s).*/\\.\\.(/.*)?")) {
      return null;
    }
    for (String segment : path.substring(1).split("/", -1)) {
      if (endsOf(segment).matches("(?s).*[\\s\\p{Z}\\p{Cf}].*")) {
        return null;
      }
    }
    path = path.replaceAll("/+", "/");
    // A dot segment at the end names a folder.
    path = path.replaceFirst("(/\\.\\.?)$", "$1/");
    String before;
    do {
      before = path;
      path = path.replaceFirst("/\\./", "/");
    } while (!path.equals(before));
    do {
      before = path;
      path = path.startsWith("/../") ? path.substring(3) : path;
      path = path.replaceFirst("/(?!\\.\\./)[^/]+/\\.\\./", "/");
    } while (!path.equals(before));
    return path;
  }

  /** Returns the first and the last character; of what is beyond the first plane, a half. */
  private static String endsOf(String segment) {
    return segment.isEmpty() ? "" : segment.charAt(0) + "x" + segment.charAt(segment.length() - 1);
  }

  /** Returns the text, or null if it is not in UTF-8: then it would be encoded otherwise. */
  private static String decoded(String path) {
    byte[] bytes =
        URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : null;
  }
}
