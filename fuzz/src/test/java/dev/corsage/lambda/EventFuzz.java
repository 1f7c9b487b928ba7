package dev.corsage.lambda;

import static dev.corsage.fuzz.Input.check;

import com.fasterxml.jackson.core.JsonParser;
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
    Event event;
    try (JsonParser parser = Json.FACTORY.createParser(input)) {
      event = Event.read(parser);
    } catch (IllegalArgumentException none) {
      check(none.getMessage().matches("[ -~]+"), none);
      return;
    } catch (IOException unreadable) {
      // Bytes that are none of the encodings they seem to be in.
      return;
    }
    check(event.payload() != null);
    check(POLICY.decide(event).headers().containsKey("Vary"), Input.text(input));
    Object tree;
    try {
      tree = JsonTree.read(input);
    } catch (IOException ambiguous) {
      return;
    }
    boolean second =
        JsonTree.object(tree, "requestContext", "http").get("method") instanceof String;
    Object method =
        second
            ? JsonTree.object(tree, "requestContext", "http").get("method")
            : JsonTree.object(tree).get("httpMethod");
    check(event.payload() == (second ? Payload.V2 : Payload.V1), tree);
    check(event.method().equals(method), tree);
    for (String name : List.of("origin", "access-control-request-method", "host")) {
      List<String> all = lines(JsonTree.object(tree, "multiValueHeaders"), name);
      List<String> expected = all.isEmpty() ? lines(JsonTree.object(tree, "headers"), name) : all;
      check(event.header(name).equals(expected), name, tree);
    }
    check(text(JsonTree.object(tree, "requestContext").get("stage")).equals(text(event.stage())));
    check(event.path() == null || !event.path().isEmpty() || hasEmptyPath(tree), tree);
  }

  private static boolean hasEmptyPath(Object tree) {
    return "".equals(JsonTree.object(tree).get("path"))
        || "".equals(JsonTree.object(tree).get("rawPath"));
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
