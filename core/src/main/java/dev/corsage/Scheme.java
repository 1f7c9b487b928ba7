package dev.corsage;

/** The grammar of a scheme in a serialized origin, and what the URL standard says of some. */
final class Scheme {
  /** No limit in the standard; no registered scheme comes near, and the work must be bounded. */
  static final int MAX_LENGTH = 64;

  private Scheme() {}

  /** Tells whether the text is a scheme as browsers serialize it (RFC 3986, section 3.1). */
  static boolean isValid(String scheme) {
    if (scheme.isEmpty() || scheme.length() > MAX_LENGTH) {
      return false;
    }
    char first = scheme.charAt(0);
    if (first < 'a' || first > 'z') {
      return false;
    }
    for (int i = 1; i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  /**
   * Tells whether URLs of this scheme have an origin at all: the others serialize to {@code null}
   * (<a href="https://url.spec.whatwg.org/#origin">URL standard, origin</a>).
   */
  static boolean isOpaque(String scheme) {
    return switch (scheme) {
      case "file", "data", "blob", "about", "javascript" -> true;
      default -> false;
    };
  }

  /**
   * Tells whether frameworks give it to the pages inside apps: {@code capacitor://localhost} is the
   * origin of every app made with one of them.
   */
  static boolean isOfApps(String scheme) {
    return switch (scheme) {
      case "app", "capacitor", "ionic", "tauri" -> true;
      default -> false;
    };
  }

  /** Tells whether the hosts of this scheme are domains and addresses, not opaque names. */
  static boolean isSpecial(String scheme) {
    return defaultPort(scheme) != Origin.NO_PORT;
  }

  /**
   * Tells whether pages of this scheme may come over a network that can change them. Of unknown
   * schemes nobody knows.
   */
  static boolean isInsecure(String scheme) {
    return !scheme.equals("https") && !isPackaged(scheme);
  }

  /** Tells whether pages of this scheme are parts of an extension, an app or an editor. */
  private static boolean isPackaged(String scheme) {
    return isOfApps(scheme)
        || isOfExtensions(scheme)
        || switch (scheme) {
          case "vscode-file", "vscode-webview", "wails" -> true;
          default -> false;
        };
  }

  /** Tells whether browsers give it to the pages of extensions. */
  static boolean isOfExtensions(String scheme) {
    return switch (scheme) {
      case "chrome-extension",
          "extension",
          "moz-extension",
          "ms-browser-extension",
          "safari-extension",
          "safari-web-extension" ->
          true;
      default -> false;
    };
  }

  /**
   * Tells whether no page of a browser has it: schemes of other protocols, and those that are one
   * letter off {@code https} or {@code http}, which no app has chosen.
   */
  static boolean isOfNoPage(String scheme) {
    return switch (scheme) {
      case "http", "https" -> false;
      case "ftp", "ftps", "sftp", "mailto", "ssh", "tcp", "udp", "git", "ws", "wss" -> true;
      default -> Spelling.edits(scheme, "https", 1) == 1 || Spelling.edits(scheme, "http", 1) == 1;
    };
  }

  /** Returns the port browsers leave out, or {@link Origin#NO_PORT} if the scheme has none. */
  static int defaultPort(String scheme) {
    return switch (scheme) {
      case "https", "wss" -> 443;
      case "http", "ws" -> 80;
      case "ftp" -> 21;
      default -> Origin.NO_PORT;
    };
  }
}
