package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.conformance.EventTree.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A function's response, read as its invoker would and no other: whatever is not in its shape fails
 * the test.
 *
 * @param headers by their names as they are written, in alphabetical order
 * @param body decoded where the response says that it is encoded
 */
record Response(int status, Map<String, String> headers, String body) {
  static final String VARY_OF_PREFLIGHTS =
      "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

  /** Names that a response may have beside those that all responses have. */
  private static final Set<String> FIELDS =
      Set.of("statusCode", "headers", "body", "isBase64Encoded");

  static Response of(Kind kind, String json) {
    Map<String, Object> response = Json.object(json);
    int status = (int) (long) (Long) response.get("statusCode");
    boolean multi = kind == Kind.V1_MULTI || kind == Kind.ALB_MULTI;
    Set<String> fields = new TreeSet<>(FIELDS);
    if (multi) {
      fields.remove("headers");
      fields.add("multiValueHeaders");
    }
    if (response.containsKey("cookies")) {
      // The handler's own.
      assertThat(response).containsEntry("cookies", List.of("a=1", "b=2"));
      fields.add("cookies");
    } else if (kind == Kind.ALB || kind == Kind.ALB_MULTI || kind == Kind.LATTICE) {
      fields.add("statusDescription");
      assertThat((String) response.get("statusDescription")).matches(status + " [A-Z][A-Za-z ]+");
    }
    assertThat(response.keySet()).as(json).containsExactlyInAnyOrderElementsOf(fields);
    byte[] body = ((String) response.get("body")).getBytes(StandardCharsets.UTF_8);
    byte[] decoded =
        (Boolean) response.get("isBase64Encoded") ? Base64.getDecoder().decode(body) : body;
    Object headers = response.get(multi ? "multiValueHeaders" : "headers");
    return new Response(
        status, headers((Map<?, ?>) headers, multi), new String(decoded, StandardCharsets.UTF_8));
  }

  private static Map<String, String> headers(Map<?, ?> headers, boolean multi) {
    Map<String, String> lines = new TreeMap<>();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, value) -> {
          assertThat(names.add((String) name)).as("%s is there once: %s", name, headers).isTrue();
          if (multi) {
            assertThat((List<?>) value).as("lines of %s", name).hasSize(1);
          }
          lines.put((String) name, (String) (multi ? ((List<?>) value).get(0) : value));
        });
    return lines;
  }
}
