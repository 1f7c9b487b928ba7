package dev.corsage.browser;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header that a page sets on a request, as a browser sees it. Immutable.
 *
 * <p>The lists of names are written here once more, from the Fetch standard: a model that shared
 * them with the server it is compared with would find nothing.
 *
 * @param name the name, as the page wrote it; not null
 * @param value the value, each character one byte; not null
 */
public record RequestHeader(String name, String value) {

  /** <a href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">Fetch standard</a>. */
  private static final int MAX_SAFELISTED_LENGTH = 128;

  private static final Set<String> FORBIDDEN =
      Set.of(
          "accept-charset",
          "accept-encoding",
          "access-control-request-headers",
          "access-control-request-method",
          "connection",
          "content-length",
          "cookie",
          "cookie2",
          "date",
          "dnt",
          "expect",
          "host",
          "keep-alive",
          "origin",
          "referer",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  private static final Set<String> METHOD_OVERRIDES =
      Set.of("x-http-method", "x-http-method-override", "x-method-override");

  private static final Set<String> SAFELISTED_TYPES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  private static final Pattern LANGUAGES = Pattern.compile("[0-9A-Za-z *,.;=-]*");

  /** The standard has no largest position; all three engines were seen to have this one or less. */
  private static final BigInteger MAX_POSITION = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

  /** Returns the name in lower case, as it is in Access-Control-Request-Headers. */
  public String lowerCaseName() {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Tells whether pages cannot set it (<a
   * href="https://fetch.spec.whatwg.org/#forbidden-request-header">forbidden request-header</a>).
   */
  public boolean isForbidden() {
    String lowerCase = lowerCaseName();
    if (METHOD_OVERRIDES.contains(lowerCase)) {
      for (String method : value.split(",", -1)) {
        if (PageRequest.isForbiddenMethod(method.strip())) {
          return true;
        }
      }
    }
    return FORBIDDEN.contains(lowerCase)
        || lowerCase.startsWith("proxy-")
        || lowerCase.startsWith("sec-");
  }

  /**
   * Tells whether it needs no permission (<a
   * href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">CORS-safelisted
   * request-header</a>).
   */
  public boolean isSafelisted() {
    if (value.length() > MAX_SAFELISTED_LENGTH) {
      return false;
    }
    return switch (lowerCaseName()) {
      case "accept" -> !hasUnsafeByte();
      case "accept-language", "content-language" -> LANGUAGES.matcher(value).matches();
      case "content-type" -> !hasUnsafeByte() && SAFELISTED_TYPES.contains(essence());
      case "range" -> isSimpleRange();
      default -> false;
    };
  }

  /**
   * Tells whether pages can set it on a {@code no-cors} request (<a
   * href="https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header">no-CORS-safelisted
   * request-header</a>).
   */
  boolean isNoCorsSafelisted() {
    return isSafelisted() && !lowerCaseName().equals("range");
  }

  /**
   * Tells whether Chromium, unlike the standard, sends it without a preflight: client hints, of
   * which it also looks at the values (services/network/public/cpp/cors/cors.cc), and User-Agent,
   * which it takes for its own; measured in 2026.
   */
  boolean isSafeToChromium() {
    String name = lowerCaseName();
    return name.equals("user-agent")
        || (value.length() <= MAX_SAFELISTED_LENGTH && isClientHint(name));
  }

  private boolean isClientHint(String name) {
    return switch (name) {
      case "intervention" -> true;
      case "device-memory", "downlink", "dpr" -> value.matches("[0-9]+(\\.[0-9]+)?");
      case "rtt", "viewport-width", "width" -> value.matches("[0-9]+");
      case "ect" -> value.matches("slow-2g|[234]g");
      case "save-data" -> value.equalsIgnoreCase("on");
      default -> false;
    };
  }

  /**
   * <a href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte">Fetch standard</a>.
   */
  private boolean hasUnsafeByte() {
    return value
        .chars()
        .anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f || "\"():<>?@[\\]{}".indexOf(c) >= 0);
  }

  /** Returns the essence of a MIME type (MIME Sniffing standard, section 4.4). */
  private String essence() {
    int parameters = value.indexOf(';');
    String essence = parameters < 0 ? value : value.substring(0, parameters);
    return Response.trim(essence, " \t\r\n").toLowerCase(Locale.ROOT);
  }

  /** <a href="https://fetch.spec.whatwg.org/#simple-range-header-value">Fetch standard</a>. */
  private boolean isSimpleRange() {
    Matcher range = RANGE.matcher(value);
    if (!range.matches()) {
      return false;
    }
    BigInteger start = new BigInteger(range.group(1));
    BigInteger end = range.group(2).isEmpty() ? MAX_POSITION : new BigInteger(range.group(2));
    return start.compareTo(end) <= 0 && end.compareTo(MAX_POSITION) <= 0;
  }
}
