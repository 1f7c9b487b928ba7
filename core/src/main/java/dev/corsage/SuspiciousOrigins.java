package dev.corsage;

import dev.corsage.Problem.Severity;
import java.util.Set;

/** Finds entries of an allow list that are well-formed, but unlikely to be what was meant. */
final class SuspiciousOrigins {
  /** Sites where code that users write runs as a page of the site itself. */
  private static final Set<String> PLAYGROUNDS =
      Set.of(
          "cdpn.io",
          "codepen.io",
          "codesandbox.io",
          "csb.app",
          "fiddle.jshell.net",
          "jsbin.com",
          "jsfiddle.net",
          "plnkr.co",
          "repl.it",
          "replit.com",
          "stackblitz.com",
          "webdevout.net");

  /**
   * Hosts that serve files, or whole pages, of everybody as pages of their own: buckets by their
   * path, code hosts, archives and gateways. Names below them are somebody's.
   */
  private static final Set<String> SHARED_HOSTS =
      Set.of(
          "bl.ocks.org",
          "cdn.statically.io",
          "cloudflare-ipfs.com",
          "dweb.link",
          "esm.sh",
          "gitcdn.link",
          "glitch.com",
          "htmlpreview.github.io",
          "ipfs.io",
          "raw.githack.com",
          "rawcdn.githack.com",
          "s3.amazonaws.com",
          "storage.cloud.google.com",
          "storage.googleapis.com",
          "unpkg.com",
          "web.archive.org",
          "webcache.googleusercontent.com");

  /** RFC 6762, RFC 8375, the reserved .internal, and what home routers give out. */
  private static final Set<String> PRIVATE_DOMAINS =
      Set.of("home.arpa", "internal", "lan", "local");

  /**
   * The host from which Android's <a
   * href="https://developer.android.com/reference/androidx/webkit/WebViewAssetLoader">
   * WebViewAssetLoader</a> serves the files of every app that uses it.
   */
  private static final String ANDROID_ASSETS = "appassets.androidplatform.net";

  private final OriginPattern pattern;
  private final String host;
  private final Problems problems;

  private SuspiciousOrigins(OriginPattern pattern, Problems problems) {
    this.pattern = pattern;
    host =
        pattern.wildcardBase() == null ? withoutDot(pattern.exactHost()) : pattern.wildcardBase();
    this.problems = problems;
  }

  /** Reports what is suspicious about an entry that is neither an expression, * nor null. */
  static void check(OriginPattern pattern, boolean credentials, Problems problems) {
    SuspiciousOrigins entry = new SuspiciousOrigins(pattern, problems);
    entry.checkScheme();
    entry.checkHost();
    entry.checkOwner();
    entry.checkApp(credentials);
  }

  private void checkScheme() {
    if (Scheme.isOfNoPage(pattern.scheme())) {
      warn(PolicyCode.ORIGIN_SCHEME);
    }
  }

  private void checkHost() {
    if (pattern.isAbsolute()) {
      warn(PolicyCode.ORIGIN_TRAILING_DOT);
    }
    if (pattern.isLoopback()) {
      return;
    }
    if (pattern.isAnyPort()) {
      warn(PolicyCode.ORIGIN_ANY_PORT);
    }
    if (Host.isPrivate(host) || isWithin(PRIVATE_DOMAINS)) {
      warn(PolicyCode.ORIGIN_PRIVATE_ADDRESS);
    } else if (pattern.isOneOrigin()
        && Scheme.isSpecial(pattern.scheme())
        && !Host.isAddress(host)
        && host.indexOf('.') < 0) {
      warn(PolicyCode.ORIGIN_SINGLE_LABEL);
    }
  }

  private void checkOwner() {
    boolean shared = SHARED_HOSTS.contains(host) || isS3(host);
    if (isWithin(PLAYGROUNDS) || (shared && pattern.exactHost() != null)) {
      warn(PolicyCode.ORIGIN_PLAYGROUND);
    }
    if (pattern.scheme().equals("moz-extension")) {
      warn(PolicyCode.ORIGIN_EXTENSION);
    }
  }

  /** Tells whether buckets of a region have it, by their path. */
  private static boolean isS3(String host) {
    return (host.startsWith("s3.") || host.startsWith("s3-")) && host.endsWith(".amazonaws.com");
  }

  private void checkApp(boolean credentials) {
    if (Scheme.isOfApps(pattern.scheme()) || host.equals(ANDROID_ASSETS)) {
      Problem problem = problems.problem(PolicyCode.ORIGIN_APP_SCHEME, pattern.toString());
      problems.add(credentials ? problem.withSeverity(Severity.WARNING) : problem);
    }
  }

  private boolean isWithin(Set<String> domains) {
    if (domains.contains(host)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (domains.contains(host.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private void warn(PolicyCode code) {
    problems.add(code, pattern.toString());
  }
}
