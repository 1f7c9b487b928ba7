package dev.corsage.gateway.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;

/**
 * {@code $util}, see <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference">the
 * reference</a>.
 */
final class UtilVariable {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * Returns a text as it stands in a JavaScript string: with single quotes escaped, as the
   * reference warns.
   */
  String escapeJavaScript(Object value) {
    String text = Methods.printed(value);
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\'', '"', '\\', '/' -> escaped.append('\\').append(c);
        case '\b' -> escaped.append("\\b");
        case '\t' -> escaped.append("\\t");
        case '\n' -> escaped.append("\\n");
        case '\f' -> escaped.append("\\f");
        case '\r' -> escaped.append("\\r");
        default -> {
          if (c < ' ' || c > '~') {
            Budget.step();
            escaped.append("\\u").append(HEX.toHexDigits(c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  Object parseJson(String json) {
    return Json.read(json);
  }

  String urlEncode(String text) {
    // Refuses what becomes too long before time is spent on it: a character outside ASCII becomes
    // two bytes or more, each with three characters.
    Budget.text(text.chars().mapToLong(c -> c < 0x80 ? 1 : 6).sum());
    return URLEncoder.encode(text, UTF_8);
  }

  String urlDecode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new TemplateFault("A percent-encoding is malformed");
    }
  }

  String base64Encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  String base64Decode(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new TemplateFault("A base64 text is malformed");
    }
  }
}
