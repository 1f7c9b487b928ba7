package dev.corsage.gateway.console;

import dev.corsage.store.Secrets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes cookies, credentials and tokens out of what the console shows of requests. */
final class Masking {
  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  /** Names of headers and parameters that carry secrets: X-Api-Key, id_token, X-Amz-Signature. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(token|secret|passw|api[-_]?key|signature|credential|session|jwt|csrf|xsrf).*|code|sig|auth"
              + "|key|apikey");

  private static final Pattern PARAMETER = Pattern.compile("([?&])([^=&]*)=([^&]*)");

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
                SECRET_NAME.matcher(parameter.group(2).toLowerCase(Locale.ROOT)).matches()
                    ? parameter.group(1)
                        + java.util.regex.Matcher.quoteReplacement(parameter.group(2))
                        + "="
                        + Secrets.MASK
                    : java.util.regex.Matcher.quoteReplacement(parameter.group()));
  }
}
