package dev.corsage.cli.explain;

import dev.corsage.InvalidPolicyException;
import dev.corsage.Origin;
import dev.corsage.OriginPattern;
import dev.corsage.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * What to say about a text that is not an origin as browsers serialize it. Immutable.
 *
 * @param reason why it is not one
 * @param instead what to write; empty if that is not known
 */
record OriginAdvice(String reason, String instead) {

  /** Returns nothing for an origin, and for {@code null}. */
  static Optional<OriginAdvice> of(String text) {
    if (Origin.parse(text).isPresent()) {
      return Optional.empty();
    }
    if (text.equals("null")) {
      return Optional.of(
          new OriginAdvice(
              "Browsers send null for sandboxed frames, for files and data: URLs, and after some"
                  + " redirects.",
              ""));
    }
    return Optional.of(
        new OriginAdvice("No browser sends this Origin. " + reason(text), near(text)));
  }

  private static String reason(String text) {
    try {
      OriginPattern.parse(text);
      return "It is a pattern, not the origin of a page.";
    } catch (InvalidPolicyException invalid) {
      Problem problem = invalid.problems().get(0);
      return problem.message();
    }
  }

  /** Returns the origin of the URL or the host that was meant; empty if there is none. */
  private static String near(String text) {
    String url = text.contains("://") ? text : "https://" + text;
    try {
      URI uri = new URI(url.strip());
      if (uri.getScheme() == null || uri.getHost() == null) {
        return "";
      }
      String origin = (uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT);
      boolean defaultPort =
          uri.getPort() < 0 || uri.getPort() == (origin.startsWith("https:") ? 443 : 80);
      String near = defaultPort ? origin : origin + ":" + uri.getPort();
      return Origin.parse(near).isPresent() ? near : "";
    } catch (URISyntaxException noUrl) {
      return "";
    }
  }
}
