package dev.corsage.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** An event as a tree, and what it takes to make another request of it; all else stays. */
final class EventTree {
  /** What an event is, by what is in it. */
  enum Kind {
    /** REST API, or HTTP API with payload format 1.0. */
    V1,
    /** The same, with headers in {@code multiValueHeaders} alone. */
    V1_MULTI,
    /** HTTP API with payload format 2.0, or function URL. */
    V2,
    ALB,
    ALB_MULTI,
    LATTICE,
    WEBSOCKET,
    NONE
  }

  private static final List<String> MAPS = List.of("headers", "multiValueHeaders");

  private final Map<String, Object> event;

  private EventTree(Map<String, Object> event) {
    this.event = event;
  }

  static EventTree of(String json) {
    return new EventTree(Json.object(json));
  }

  EventTree copy() {
    return of(Json.write(event));
  }

  byte[] bytes() {
    return Json.write(event).getBytes(StandardCharsets.UTF_8);
  }

  Kind kind() {
    Map<String, Object> context = object("requestContext");
    boolean multi = event.get("multiValueHeaders") instanceof Map;
    if (object(context, "http").get("method") != null) {
      return Kind.V2;
    } else if (context.get("connectionId") != null) {
      return Kind.WEBSOCKET;
    } else if (event.get("httpMethod") != null && context.get("elb") != null) {
      return multi ? Kind.ALB_MULTI : Kind.ALB;
    } else if (event.get("httpMethod") != null) {
      return multi && !(event.get("headers") instanceof Map) ? Kind.V1_MULTI : Kind.V1;
    }
    boolean path = event.get("raw_path") != null || event.get("path") != null;
    return event.get("method") != null && path ? Kind.LATTICE : Kind.NONE;
  }

  String method() {
    return (String)
        Stream.of(
                event.get("httpMethod"),
                object(object("requestContext"), "http").get("method"),
                event.get("method"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
  }

  /** Puts a method wherever there is one. */
  EventTree method(String method) {
    Map<String, Object> context = object("requestContext");
    event.computeIfPresent("httpMethod", (name, old) -> method);
    event.computeIfPresent("method", (name, old) -> method);
    context.computeIfPresent("httpMethod", (name, old) -> method);
    object(context, "http").computeIfPresent("method", (name, old) -> method);
    return this;
  }

  /** Puts a header, in the case that the event's own have, into every map of headers there is. */
  EventTree header(String name, String... lines) {
    without(name);
    if (MAPS.stream().noneMatch(map -> event.get(map) instanceof Map)) {
      event.put("headers", new LinkedHashMap<>());
    }
    for (String map : MAPS) {
      if (event.get(map) instanceof Map) {
        String cased = isLowerCase(map) ? name.toLowerCase(Locale.ROOT) : name;
        put(map, cased, lines);
      }
    }
    return this;
  }

  private boolean isLowerCase(String map) {
    return object(map).keySet().stream().allMatch(key -> key.equals(key.toLowerCase(Locale.ROOT)));
  }

  /** Puts a header as it stands into one map, if there is that map. */
  EventTree put(String map, String name, String... lines) {
    if (event.get(map) instanceof Map) {
      boolean lists =
          map.equals("multiValueHeaders")
              || object(map).values().stream().anyMatch(value -> value instanceof List);
      // Single values are the last one, or all of them where there is no other map for them.
      boolean last = kind() == Kind.V1 || kind() == Kind.ALB || kind() == Kind.WEBSOCKET;
      object(map)
          .put(
              name,
              lists
                  ? new ArrayList<>(List.of(lines))
                  : last ? lines[lines.length - 1] : String.join(",", lines));
    }
    return this;
  }

  EventTree without(String name) {
    for (String map : MAPS) {
      object(map).keySet().removeIf(name::equalsIgnoreCase);
    }
    return this;
  }

  /** Removes a field at the top. */
  EventTree remove(String field) {
    event.remove(field);
    return this;
  }

  /** Puts something else in the place of a field at the top, if it is there. */
  EventTree replace(String field, Object value) {
    event.replace(field, value);
    return this;
  }

  Map<String, Object> object(String name) {
    return object(event, name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> parent, String name) {
    return parent.get(name) instanceof Map<?, ?> map
        ? (Map<String, Object>) map
        : new LinkedHashMap<>();
  }
}
