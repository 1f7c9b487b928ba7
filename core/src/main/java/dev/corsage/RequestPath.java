package dev.corsage;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the path of a request into the one form that scopes are compared with: decoded once, runs
 * of slashes made one, dot segments resolved (RFC 3986, section 5.2.4).
 *
 * <p>Servers differ in how they read unusual paths. An attacker who finds two that differ has a
 * path for which the policy of one resource is chosen while another resource responds. So a path
 * that can be read in more than one way is not read here at all.
 */
final class RequestPath {
  private RequestPath() {}

  /**
   * Returns the path in its one form, or null if it has none: it does not begin with a slash, is
   * badly encoded, would change if it were decoded once more, or has a control character, an
   * encoded slash, a backslash, a semicolon, a query, white space around a segment, or {@code ..}
   * together with an empty segment.
   *
   * @param path the path as it was sent, or null
   */
  static String resolve(String path) {
    if (path == null || !path.startsWith("/")) {
      return null;
    }
    // An encoded slash is a slash to some servers and a part of a name to others.
    boolean encodedSlash = path.contains("%2f") || path.contains("%2F");
    String decoded = path.indexOf('%') < 0 ? path : encodedSlash ? null : decode(path);
    if (decoded == null || !isUnambiguous(decoded)) {
      return null;
    }
    // Most paths are as they should be, and cost no copy.
    return decoded.contains("//") || decoded.contains("/.") ? withoutDots(decoded) : decoded;
  }

  private static String decode(String path) {
    ByteBuffer bytes = ByteBuffer.allocate(path.length() * 3);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        if (!isEscape(path, i)) {
          return null;
        }
        bytes.put((byte) Integer.parseInt(path, i + 1, i + 3, 16));
        i += 2;
      } else if (c < 0x80) {
        bytes.put((byte) c);
      } else {
        // Some event formats have characters where others have escapes; no format has both.
        return null;
      }
    }
    try {
      CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return decoded.toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isUnambiguous(String decoded) {
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (Character.isISOControl(c) || c == '\\' || c == '?' || c == '#' || c == ';') {
        return false;
      }
      // Some servers trim segments.
      if (isTrimmed(c)
          && (characterAt(decoded, i - 1) == '/' || characterAt(decoded, i + 1) == '/')) {
        return false;
      }
      if (Character.isSurrogate(c) && !isPaired(decoded, i)) {
        return false;
      }
      if (c == '%' && isEscape(decoded, i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tells whether some library trims it: Java's {@code strip}, what Unicode calls white space
   * (no-break spaces, too, which Java does not), JavaScript's {@code trim} with U+FEFF, and
   * characters that are not seen at all (general category Cf).
   */
  private static boolean isTrimmed(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /** Returns the character there; beyond the end a slash, which ends segments too. */
  private static char characterAt(String path, int at) {
    return at < path.length() ? path.charAt(at) : '/';
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static String withoutDots(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.substring(1).split("/", -1);
    boolean hasEmpty = path.contains("//");
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean last = i == segments.length - 1;
      boolean up = segment.equals("..");
      if (up && hasEmpty) {
        // To some servers an empty segment is one that .. takes back.
        return null;
      }
      if (up && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      }
      boolean name = !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
      if (name) {
        kept.add(segment);
      } else if (last) {
        // A path that ends in a slash or a dot segment names a folder.
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }
}
