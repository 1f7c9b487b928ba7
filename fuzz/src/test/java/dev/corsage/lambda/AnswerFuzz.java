package dev.corsage.lambda;

import static dev.corsage.fuzz.Input.check;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An answer keeps what it has, but for CORS, which is the policy's; or the gateway takes it not.
 */
public final class AnswerFuzz {
  private static final String ORIGIN = "https://a.test";
  private static final Map<String, String> DECIDED =
      Map.of("Access-Control-Allow-Origin", ORIGIN, "Vary", "Origin");

  private AnswerFuzz() {}

  /** The first byte of the input is the payload format, 1 or another; the rest is the answer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Payload payload = input[0] == '1' ? Payload.V1 : Payload.V2;
    byte[] answer = Arrays.copyOfRange(input, 1, input.length);
    Object before;
    try {
      before = JsonTree.read(answer);
    } catch (IOException malformed) {
      before = malformed;
    }
    Object after;
    try {
      after = JsonTree.read(AnswerRewriter.rewrite(answer, payload, DECIDED));
    } catch (IOException refused) {
      boolean complete = JsonTree.object(before).get("statusCode") != null;
      check(!complete || !isUtf8(answer), before, refused);
      return;
    }
    checkHeaders(JsonTree.object(after, "headers"), JsonTree.object(after, "multiValueHeaders"));
    if (before instanceof IOException) {
      // Malformed, or with a name twice; in that case it is still to be an answer.
      return;
    }
    if (JsonTree.object(before).get("statusCode") != null) {
      check(others(before).equals(others(after)), before, after);
    } else {
      check(payload == Payload.V2, before);
      check(JsonTree.object(after).get("body") instanceof String, after);
    }
  }

  private static void checkHeaders(Map<?, ?> headers, Map<?, ?> multiValueHeaders) {
    check(ORIGIN.equals(headers.get("Access-Control-Allow-Origin")), headers);
    String vary = (String) headers.get("Vary");
    check(
        vary.equals("*") || (", " + vary + ",").toLowerCase(Locale.ROOT).contains(", origin,"),
        headers);
    long cors = headers.keySet().stream().filter(AnswerFuzz::isCors).count();
    check(cors == 2 && multiValueHeaders.keySet().stream().noneMatch(AnswerFuzz::isCors), headers);
  }

  private static boolean isCors(Object name) {
    String lowerCase = name.toString().toLowerCase(Locale.ROOT);
    return lowerCase.startsWith("access-control-") || lowerCase.equals("vary");
  }

  private static Map<Object, Object> others(Object answer) {
    Map<Object, Object> others = new LinkedHashMap<>(JsonTree.object(answer));
    others.remove("headers");
    others.remove("multiValueHeaders");
    return others;
  }

  /** JSON in UTF-16 or UTF-32 is read as such; in these encodings most bytes are zero. */
  private static boolean isUtf8(byte[] answer) {
    for (byte b : answer) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }
}
