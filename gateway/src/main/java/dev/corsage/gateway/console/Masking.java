package dev.corsage.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corsage.store.Secrets;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes cookies, credentials and tokens out of what the console shows of requests. */
final class Masking {
  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  /** Names of headers and parameters that carry secrets: X-Api-Key, id_token, X-Amz-Signature. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(token|secret|passw|passphrase|api[-_]?key|signature|credential|session|jwt|csrf|xsrf"
              + "|authorization).*|.*key|(.*[-_])?(auth|sig|pwd|pass|otp|sid)|code|assertion"
              + "|samlresponse");

  /**
   * A parameter of the query, or of a segment of the path ({@code ;jsessionid=}). A piece after a
   * semicolon that is no parameter itself belongs to the value. In time linear in the text: every
   * page can send one.
   */
  private static final Pattern PARAMETER =
      Pattern.compile("([?&;])([^=&;?]*)=[^&;]*+(?:;[^=&;]*+(?![^&;]))*+");

  /** {@code Access-Control-Allow-Credentials} is no secret. */
  private static final Pattern CORS = Pattern.compile("access-control-.*");

  private Masking() {}

  /** Returns the value of a header as it may be shown. */
  static String header(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (SECRET_HEADERS.contains(lower)
        || (SECRET_NAME.matcher(lower).matches() && !CORS.matcher(lower).matches())) {
      return Secrets.MASK;
    }
    // Of a referrer, a redirect or a Link header the query may have one.
    return path(Secrets.maskedIn(value));
  }

  /** Returns a path and query, or a URL, as it may be shown. */
  static String path(String pathAndQuery) {
    return PARAMETER
        .matcher(pathAndQuery)
        .replaceAll(
            parameter ->
                Matcher.quoteReplacement(
                    isSecret(parameter.group(2))
                        ? parameter.group(1) + parameter.group(2) + "=" + Secrets.MASK
                        : parameter.group()));
  }

  /** Tells whether a parameter is secret by its name, which may be percent-encoded. */
  private static boolean isSecret(String name) {
    try {
      String decoded = URLDecoder.decode(name, UTF_8).strip();
      return SECRET_NAME.matcher(decoded.toLowerCase(Locale.ROOT)).matches();
    } catch (IllegalArgumentException malformed) {
      return true; // A server may read it otherwise.
    }
  }
}
