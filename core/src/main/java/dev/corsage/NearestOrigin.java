package dev.corsage;

import java.util.List;
import java.util.Locale;

/**
 * The entry of an allow list that comes nearest to a refused origin, and what keeps it from
 * matching.
 *
 * <p>The likeliest mistake wins: first an origin that is not written as browsers write it, then
 * another scheme, then another port, then a wildcard that is missing or reaches less far than it
 * seems, then a typing error.
 *
 * @param difference what differs, in a sentence or two of printable characters
 */
record NearestOrigin(OriginPattern pattern, String difference) {

  /** Returns it, or null if no entry comes near. */
  static NearestOrigin find(List<OriginPattern> patterns, String refused) {
    if (refused.length() > 2 * Origin.MAX_LENGTH) {
      return null;
    }
    Origin origin = Origin.parseOrNull(refused);
    if (origin == null) {
      return misspelt(patterns, refused);
    }
    NearestOrigin nearest = otherDot(patterns, origin);
    if (nearest == null) {
      nearest = otherSchemeOrPort(patterns, origin);
    }
    if (nearest == null) {
      nearest = otherDomain(patterns, origin);
    }
    return nearest == null ? typingError(patterns, refused) : nearest;
  }

  /**
   * The value was written by a person, or copied from an address bar, and not sent by a browser.
   */
  private static NearestOrigin misspelt(List<OriginPattern> patterns, String refused) {
    Origin written = Origin.parseOrNull(asBrowsersWriteIt(refused));
    OriginPattern pattern = written == null ? null : matching(patterns, written);
    if (pattern != null) {
      return new NearestOrigin(
          pattern,
          "Browsers write it "
              + written
              + ", which "
              + pattern
              + " covers: in lower case, without a path, a trailing slash or the default port.");
    }
    return typingError(patterns, refused);
  }

  /** Returns the likeliest serialization, which need not be well-formed. */
  private static String asBrowsersWriteIt(String text) {
    String url = text.strip().toLowerCase(Locale.ROOT);
    if (!url.contains("://")) {
      url = "https://" + url;
    }
    int schemeEnd = url.indexOf("://");
    String scheme = url.substring(0, schemeEnd);
    int end = schemeEnd + 3;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(schemeEnd + 3, end);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    String defaultPort = ":" + Scheme.defaultPort(scheme);
    if (authority.endsWith(defaultPort)) {
      authority = authority.substring(0, authority.length() - defaultPort.length());
    }
    return scheme + "://" + authority;
  }

  private static NearestOrigin otherDot(List<OriginPattern> patterns, Origin origin) {
    boolean dot = origin.host().endsWith(".");
    String host =
        dot ? origin.host().substring(0, origin.host().length() - 1) : origin.host() + ".";
    OriginPattern pattern = matching(patterns, serialized(origin.scheme(), host, origin.port()));
    return pattern == null
        ? null
        : new NearestOrigin(
            pattern,
            "The list has "
                + pattern
                + ": the host "
                + (dot ? "without the trailing dot." : "with a trailing dot."));
  }

  private static NearestOrigin otherSchemeOrPort(List<OriginPattern> patterns, Origin origin) {
    NearestOrigin best = null;
    int least = 4;
    for (OriginPattern pattern : patterns) {
      // Another scheme is the likelier mistake than another port, and both at once the least
      // likely.
      int differences = pattern.matchesHostOf(origin) ? differences(pattern, origin) : 4;
      if (differences < least) {
        least = differences;
        best = new NearestOrigin(pattern, "The list has " + pattern + ": " + differ(differences));
      }
    }
    for (String scheme : List.of("https", "http")) {
      OriginPattern expression =
          best == null
              ? matching(patterns, serialized(scheme, origin.host(), origin.port()))
              : null;
      if (expression != null) {
        best = new NearestOrigin(expression, "The list has " + expression + ": " + differ(1));
      }
    }
    OriginPattern withoutPort =
        best == null && origin.port() != Origin.NO_PORT
            ? matching(patterns, serialized(origin.scheme(), origin.host(), Origin.NO_PORT))
            : null;
    return withoutPort == null
        ? best
        : new NearestOrigin(withoutPort, "The list has " + withoutPort + ": " + differ(2));
  }

  /** Returns 1 if the scheme differs, 2 if the port does, 3 if both do. */
  private static int differences(OriginPattern pattern, Origin origin) {
    return (pattern.scheme().equals(origin.scheme()) ? 0 : 1)
        + (pattern.hasPort(origin.port()) ? 0 : 2);
  }

  private static String differ(int differences) {
    return switch (differences) {
      case 1 -> "the scheme differs.";
      case 2 -> "the port differs.";
      default -> "scheme and port differ.";
    };
  }

  private static NearestOrigin otherDomain(List<OriginPattern> patterns, Origin origin) {
    for (OriginPattern pattern : patterns) {
      String base = pattern.wildcardBase();
      if (pattern.kind() == OriginPattern.Kind.SUBDOMAINS && origin.host().equals(base)) {
        return new NearestOrigin(
            pattern,
            "The list has "
                + pattern
                + ", which covers the names below "
                + base
                + " but not "
                + base
                + " itself: list that too.");
      }
      if (pattern.isLabelOverSeveral(origin.host())) {
        return new NearestOrigin(
            pattern,
            "The list has "
                + pattern
                + ", whose star stands for a part of one label, without dots.");
      }
    }
    for (OriginPattern pattern : patterns) {
      String host = pattern.exactHost();
      if (host != null
          && host.indexOf('.') > 0
          && !Host.isAddress(host)
          && origin.host().endsWith("." + host)) {
        return new NearestOrigin(
            pattern,
            "The list has "
                + pattern
                + ", which does not cover the names below it: "
                + pattern.scheme()
                + "://*."
                + host
                + " would.");
      }
    }
    return null;
  }

  private static NearestOrigin typingError(List<OriginPattern> patterns, String refused) {
    for (OriginPattern pattern : patterns) {
      String base = pattern.wildcardBase();
      boolean near =
          base == null
              ? Spelling.edits(pattern.toString(), refused, 1) == 1
              : Spelling.edits(base, lastLabels(refused, base), 1) == 1;
      if (near) {
        return new NearestOrigin(
            pattern, "The list has " + pattern + ", which is one letter off: a typing error?");
      }
    }
    return null;
  }

  /** Returns the end of a text that has as many labels as the domain. */
  private static String lastLabels(String text, String domain) {
    int start = text.length();
    for (int i = domain.length(); i >= 0; i--) {
      if (i == domain.length() || domain.charAt(i) == '.') {
        start = text.lastIndexOf('.', start - 1);
      }
    }
    return text.substring(start + 1);
  }

  private static OriginPattern matching(List<OriginPattern> patterns, Origin origin) {
    if (origin != null) {
      for (OriginPattern pattern : patterns) {
        if (pattern.matches(origin)) {
          return pattern;
        }
      }
    }
    return null;
  }

  private static Origin serialized(String scheme, String host, int port) {
    return Origin.parseOrNull(scheme + "://" + host + (port == Origin.NO_PORT ? "" : ":" + port));
  }
}
