package dev.corsage.lambda;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.DecisionOf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A response keeps what it has, except for CORS, which is the policy's; or it is malformed. */
public final class ResponseFuzz {
  private static final String ORIGIN = "https://a.test";
  private static final Map<String, String> DECIDED =
      Map.of("Access-Control-Allow-Origin", ORIGIN, "Vary", "Origin");

  private ResponseFuzz() {}

  /** The first byte of the input is the shape, 1, v, 2, a, m or l; the rest is the response. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    EventShape shape =
        switch (input[0]) {
          case '1' -> EventShape.API_GATEWAY_V1;
          case 'v' -> EventShape.API_GATEWAY_V1_MULTI_VALUE;
          case 'a' -> EventShape.ALB;
          case 'm' -> EventShape.ALB_MULTI_VALUE;
          case 'l' -> EventShape.LATTICE;
          default -> EventShape.API_GATEWAY_V2;
        };
    byte[] response = Arrays.copyOfRange(input, 1, input.length);
    Object before;
    try {
      before = JsonTree.read(response);
    } catch (IOException malformed) {
      before = malformed;
    }
    Object after;
    try {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      ResponseRewriter.rewrite(
              response, response.length, shape, DecisionOf.headers(DECIDED), names -> {})
          .writeTo(sent);
      after = JsonTree.read(sent.toByteArray());
    } catch (MalformedResponseException refused) {
      boolean complete = isComplete(JsonTree.object(before));
      boolean deep = refused.getMessage().contains("too deep");
      check(!complete || deep || !JsonTree.isUtf8(response), before, refused);
      return;
    } catch (IOException twice) {
      check(before instanceof IOException, before, twice);
      return;
    }
    if (shape.hasOnlyMultiValueHeaders()) {
      checkHeaders(joined(JsonTree.object(after, "multiValueHeaders")), Map.of());
      check(!JsonTree.object(after).containsKey("headers"), after);
    } else {
      checkHeaders(JsonTree.object(after, "headers"), JsonTree.object(after, "multiValueHeaders"));
    }
    if (before instanceof IOException) {
      // Malformed, or with a name twice; in that case it is still to be a response.
      return;
    }
    if (JsonTree.object(before).get("statusCode") != null) {
      check(others(before).equals(others(after)), before, after);
    } else {
      check(shape == EventShape.API_GATEWAY_V2, before);
      check(JsonTree.object(after).get("body") instanceof String, after);
    }
  }

  /** Tells whether every invoker would take a response with these fields. */
  private static boolean isComplete(Map<?, ?> fields) {
    Object status = fields.get("statusCode");
    boolean text = status instanceof String;
    boolean valid =
        (text || status instanceof Number)
            && status.toString().matches(text ? "[1-9][0-9]*" : "[1-9].*");
    Object body = fields.get("body");
    return valid
        && !(body instanceof Map)
        && !(body instanceof List)
        && areHeaders(fields.get("headers"))
        && areHeaders(fields.get("multiValueHeaders"))
        && isValue(fields.get("cookies"));
  }

  private static boolean areHeaders(Object headers) {
    return headers == null
        || headers.equals(List.of())
        || (headers instanceof Map<?, ?> map
            && map.values().stream().allMatch(ResponseFuzz::isValue));
  }

  private static boolean isValue(Object value) {
    return value instanceof List<?> list
        ? list.stream().noneMatch(each -> each instanceof Map || each instanceof List)
        : !(value instanceof Map);
  }

  private static Map<Object, Object> joined(Map<?, ?> multiValueHeaders) {
    Map<Object, Object> joined = new LinkedHashMap<>();
    multiValueHeaders.forEach(
        (name, lines) ->
            joined.put(name, lines.toString().substring(1, lines.toString().length() - 1)));
    return joined;
  }

  private static void checkHeaders(Map<?, ?> headers, Map<?, ?> multiValueHeaders) {
    check(ORIGIN.equals(headers.get("Access-Control-Allow-Origin")), headers);
    String vary = (String) headers.get("Vary");
    check(
        vary.equals("*") || (", " + vary + ",").toLowerCase(Locale.ROOT).contains(", origin,"),
        headers);
    long cors = headers.keySet().stream().filter(ResponseFuzz::isCors).count();
    check(
        cors == 2 && multiValueHeaders.keySet().stream().noneMatch(ResponseFuzz::isCors), headers);
  }

  private static boolean isCors(Object name) {
    String lowerCase = name.toString().toLowerCase(Locale.ROOT);
    return lowerCase.startsWith("access-control-") || lowerCase.equals("vary");
  }

  private static Map<Object, Object> others(Object response) {
    Map<Object, Object> others = new LinkedHashMap<>(JsonTree.object(response));
    others.remove("headers");
    others.remove("multiValueHeaders");
    others.remove("cookies");
    return others;
  }
}
