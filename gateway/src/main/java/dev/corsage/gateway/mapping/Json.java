package dev.corsage.gateway.mapping;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import java.util.Set;
import java.util.regex.Pattern;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;

/** JSON as API Gateway reads and writes it, see the package's comment. */
final class Json {
  /** Decimals are doubles: others can have exponents that no memory is large enough for. */
  private static final int MODE = JSONParser.MODE_PERMISSIVE & ~JSONParser.USE_HI_PRECISION_FLOAT;

  private static final Configuration LENIENT =
      new Configuration.ConfigurationBuilder()
          .jsonProvider(new JsonSmartJsonProvider(MODE))
          .mappingProvider(new JsonSmartMappingProvider())
          .options(Set.of())
          .build();

  /** For scans and unions together. */
  private static final int MAX_SCANS = 2;

  /** The start of a union, or of what looks like one; each union has its own match. */
  private static final Pattern UNION = Pattern.compile("\\[[^\\[,]*,");

  private static final int MAX_PATH = 1_000;

  /** Reading a number takes time that grows with the square of its digits. */
  static final int MAX_DIGITS = 10_000;

  private Json() {}

  /** Returns the value of a JSON text; an empty text where there is none. */
  static Object read(String text) {
    if (text.isBlank()) {
      return "";
    }
    Budget.text(text.length());
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits = Character.isDigit(text.charAt(i)) ? digits + 1 : 0;
      if (digits > MAX_DIGITS) {
        throw new TemplateFault("The payload has a number with more than 10,000 digits");
      }
    }
    try {
      return LENIENT.jsonProvider().parse(text);
    } catch (InvalidJsonException malformed) {
      throw new TemplateFault("The payload is not JSON");
    }
  }

  /** Returns what a JSONPath finds in a value; an empty text if it finds nothing. */
  static Object find(Object value, String path) {
    // A filter with an expression would be matched by backtracking, in unbounded time; each deep
    // scan, and each union, can multiply what is found.
    long unions = path.length() > MAX_PATH ? 0 : UNION.matcher(path).results().count();
    if (path.length() > MAX_PATH
        || path.contains("=~")
        || path.split("\\.\\.", -1).length - 1 + unions > MAX_SCANS) {
      throw new TemplateFault("The JSONPath " + path + " is not run here");
    }
    if (value instanceof String && !path.equals("$")) {
      return "";
    }
    if (unions > 0) {
      // What two unions find in each value, at most.
      long commas = path.chars().filter(c -> c == ',').count();
      for (long i = 0; i < commas * commas; i++) {
        Budget.value(value);
      }
    }
    try {
      return value instanceof String ? value : JsonPath.using(LENIENT).parse(value).read(path);
    } catch (PathNotFoundException nothing) {
      return "";
    } catch (InvalidPathException | IllegalArgumentException malformed) {
      throw new TemplateFault("The JSONPath " + path + " is malformed");
    }
  }

  /** Returns a value as a JSON text. */
  static String write(Object value) {
    Budget.value(value);
    return JSONValue.toJSONString(value, JSONStyle.LT_COMPRESS);
  }
}
