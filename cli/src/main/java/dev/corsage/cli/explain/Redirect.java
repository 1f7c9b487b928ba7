package dev.corsage.cli.explain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A redirect that a server makes. Immutable.
 *
 * @param status the status, one of those that browsers follow
 * @param location an absolute URL; not null
 */
record Redirect(int status, URI location) {
  /** What most servers have. */
  static final int USUAL_STATUS = 302;

  /** <a href="https://fetch.spec.whatwg.org/#redirect-status">Redirect status</a>. */
  private static final Pattern WRITTEN = Pattern.compile("(?:(30[12378])\\s+)?(\\S+)");

  /**
   * Reads {@code URL} or {@code 'STATUS URL'}.
   *
   * @param base what a relative URL is relative to
   * @throws IllegalArgumentException if it is neither
   */
  static Redirect of(URI base, String written) {
    Matcher parts = WRITTEN.matcher(written.strip());
    try {
      URI location = parts.matches() ? base.resolve(new URI(parts.group(2))) : base;
      if (parts.matches() && location.isAbsolute()) {
        String status = parts.group(1);
        return new Redirect(status == null ? USUAL_STATUS : Integer.parseInt(status), location);
      }
    } catch (URISyntaxException noUrl) {
      // It is told below.
    }
    throw new IllegalArgumentException(
        "write a URL, such as https://www.example.com/a, or a status (301, 302, 303, 307, 308)"
            + " before it, such as '307 https://www.example.com/a'");
  }
}
