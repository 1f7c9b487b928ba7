package dev.corsage.lambda;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.CorsPolicy;
import dev.corsage.fuzz.Input;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An event says what is written in it, or it is told that it is none. */
public final class EventFuzz {
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().origins("https://a.test", "https://*.b.test").build();

  private EventFuzz() {}

  /** The input is the event. */
  public static void fuzzerTestOneInput(byte[] input) {
    Object tree = tree(input);
    Event event;
    try {
      event = Event.read(input);
    } catch (IllegalArgumentException none) {
      String message = none.getMessage();
      check(message.matches("[ -~]+"), none);
      boolean malformed = message.startsWith("This is not valid JSON");
      check(tree == null || !malformed || message.contains("too deep"), Input.text(input), none);
      return;
    }
    if (!event.isRequest()) {
      check(event.notARequest().matches("[ -~]+"), event.notARequest());
      check(tree == null || shape(tree) == null, tree);
      return;
    }
    check(POLICY.decide(event).headers().containsKey("Vary"), Input.text(input));
    if (tree == null) {
      return;
    }
    check(event.shape() == shape(tree), tree);
    check(method(event.shape(), tree).equals(event.method()), tree);
    for (String name : List.of("origin", "access-control-request-method", "host")) {
      List<String> all = lines(JsonTree.object(tree, "multiValueHeaders"), name);
      List<String> expected = all.isEmpty() ? lines(JsonTree.object(tree, "headers"), name) : all;
      check(event.header(name).equals(expected), name, tree);
    }
    check(text(JsonTree.object(tree, "requestContext").get("stage")).equals(text(event.stage())));
    String path = event.path();
    check(path == null || !path.isEmpty() || hasEmptyPath(tree), tree);
  }

  /** Returns the event as a tree, or null if it is ambiguous or no JSON in UTF-8. */
  private static Object tree(byte[] input) {
    if (!JsonTree.isUtf8(input)) {
      return null;
    }
    try {
      return JsonTree.read(input);
    } catch (IOException ambiguous) {
      return null;
    }
  }

  private static EventShape shape(Object tree) {
    Map<?, ?> event = JsonTree.object(tree);
    Map<?, ?> context = JsonTree.object(tree, "requestContext");
    boolean arn =
        event.get("methodArn") instanceof String || event.get("routeArn") instanceof String;
    if (arn && List.of("REQUEST", "TOKEN").contains(String.valueOf(event.get("type")))) {
      return null;
    }
    if (JsonTree.object(tree, "requestContext", "http").get("method") instanceof String) {
      return EventShape.API_GATEWAY_V2;
    }
    if (context.get("connectionId") instanceof String) {
      return EventShape.WEBSOCKET;
    }
    if (event.get("httpMethod") instanceof String) {
      boolean multi = event.get("multiValueHeaders") instanceof Map;
      if (context.get("elb") instanceof Map) {
        return multi ? EventShape.ALB_MULTI_VALUE : EventShape.ALB;
      }
      return multi && !(event.get("headers") instanceof Map)
          ? EventShape.API_GATEWAY_V1_MULTI_VALUE
          : EventShape.API_GATEWAY_V1;
    }
    boolean path = event.get("raw_path") instanceof String || event.get("path") instanceof String;
    return event.get("method") instanceof String && path ? EventShape.LATTICE : null;
  }

  private static Object method(EventShape shape, Object tree) {
    return switch (shape) {
      case API_GATEWAY_V2 -> JsonTree.object(tree, "requestContext", "http").get("method");
      case WEBSOCKET -> "GET";
      case LATTICE -> JsonTree.object(tree).get("method");
      case API_GATEWAY_V1, API_GATEWAY_V1_MULTI_VALUE, ALB, ALB_MULTI_VALUE ->
          JsonTree.object(tree).get("httpMethod");
    };
  }

  private static boolean hasEmptyPath(Object tree) {
    Map<?, ?> event = JsonTree.object(tree);
    return "".equals(event.get("path"))
        || "".equals(event.get("rawPath"))
        || (event.get("raw_path") instanceof String raw && (raw.isEmpty() || raw.startsWith("?")))
        || (event.get("path") instanceof String lattice && lattice.startsWith("?"));
  }

  private static String text(Object value) {
    return value instanceof String string ? string : "none";
  }

  private static List<String> lines(Map<?, ?> headers, String name) {
    List<String> lines = new ArrayList<>();
    headers.forEach(
        (key, value) -> {
          if (key.toString().toLowerCase(Locale.ROOT).equals(name)) {
            add(value, lines);
          }
        });
    return lines;
  }

  private static void add(Object value, List<String> lines) {
    if (value instanceof List<?> list) {
      list.forEach(element -> add(element, lines));
    } else if (value instanceof String line) {
      lines.add(line);
    }
  }
}
