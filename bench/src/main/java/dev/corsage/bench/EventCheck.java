package dev.corsage.bench;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Checks that all subjects respond to an event alike: a wrong response is easily fast. */
final class EventCheck {
  @SuppressWarnings("rawtypes")
  private static final PojoSerializer<Map> JSON =
      JacksonFactory.getInstance().getSerializer(Map.class);

  private EventCheck() {}

  /**
   * Compares the responses of both.
   *
   * @throws IllegalStateException if they differ
   */
  static void check(Invoker invoker, EventKind kind, String origin) throws IOException {
    byte[] event = new SampleEvent(invoker, kind).from(origin);
    String corsage = said(EventSubject.Name.CORSAGE, invoker, kind, event);
    String classes = said(EventSubject.Name.EVENT_CLASSES, invoker, kind, event);
    if (!corsage.equals(classes)) {
      throw new IllegalStateException(
          invoker.title + ", " + kind.title + ": " + corsage + " is not " + classes);
    }
  }

  /** Returns a response's content, however it is written. */
  static String said(EventSubject.Name name, Invoker invoker, EventKind kind, byte[] event)
      throws IOException {
    byte[] response = EventSubject.of(name, invoker, kind).response(event);
    Map<?, ?> json = JSON.fromJson(new ByteArrayInputStream(response));
    Map<String, String> headers = new TreeMap<>();
    for (String field : List.of("headers", "multiValueHeaders")) {
      if (json.get(field) instanceof Map<?, ?> map) {
        map.forEach((header, value) -> headers.put(lower(header), value(value)));
      }
    }
    return json.get("statusCode")
        + " "
        + json.get("statusDescription")
        + " "
        + headers
        + " "
        + (json.get("body") == null ? "" : json.get("body"));
  }

  private static String lower(Object name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }

  private static String value(Object value) {
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    String joined = String.join(",", values.stream().map(Object::toString).toList());
    return joined.replace(", ", ",").toLowerCase(Locale.ROOT);
  }
}
