package dev.corsage.lambda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The headers of an event that somebody may ask for, as places in its bytes: their lines become
 * text when they are asked for, which most never are.
 */
final class EventHeaders {
  /** The places of one header; names that differ only in case are lines of one header. */
  private record Place(int key, int value, Place before) {}

  private static final int NEEDED = 7;

  private final byte[] event;
  private final Place[] places = new Place[NEEDED];

  /** The keys of headers with several keys; null if there are none. */
  private Set<String> spellings;

  /**
   * Reads an object of headers.
   *
   * @param json inside the object
   * @throws IllegalArgumentException if a key is there twice: of two fields with one key it cannot
   *     be known which one others read
   */
  EventHeaders(byte[] event, JsonBytes json) {
    this.event = event;
    while (json.nextKey()) {
      int header = needed(json);
      if (header >= 0) {
        add(header, json);
      }
      json.skip();
    }
  }

  private void add(int header, JsonBytes json) {
    Place before = places[header];
    if (before != null) {
      spellings = spellings == null ? new HashSet<>() : spellings;
      if (before.before == null) {
        spellings.add(key(before));
      }
      if (!spellings.add(json.key())) {
        throw Event.twice(json.key());
      }
    }
    places[header] = new Place(json.keyPosition(), json.position(), before);
  }

  private String key(Place place) {
    return new JsonBytes(event, place.key, event.length).stringOrNull();
  }

  /**
   * Returns the number of the header whose name is the key last read, in any case: REST APIs keep
   * names in the client's case, HTTP APIs and load balancers make it lower case. Negative if nobody
   * asks for it.
   */
  private static int needed(JsonBytes json) {
    String name =
        switch (json.keyLength()) {
          case 4 -> "host";
          case 6 -> "origin";
          case 10 -> "user-agent";
          case 14 -> "sec-fetch-site";
          case 17 -> "x-forwarded-proto";
          case 29 -> "access-control-request-method";
          case 30 -> "access-control-request-headers";
          default -> null;
        };
    return name != null && json.keyIsIgnoringCase(name) ? number(name) : -1;
  }

  private static int number(String name) {
    return switch (name) {
      case "origin" -> 0;
      case "host" -> 1;
      case "access-control-request-method" -> 2;
      case "access-control-request-headers" -> 3;
      case "x-forwarded-proto" -> 4;
      case "sec-fetch-site" -> 5;
      case "user-agent" -> 6;
      default -> -1;
    };
  }

  /** Returns the lines of a header; empty if there are none, or if it is not one that is read. */
  List<String> lines(String name) {
    int header = number(name);
    Place place = header < 0 ? null : places[header];
    if (place == null) {
      return List.of();
    }
    JsonBytes json = new JsonBytes(event, place.value, event.length);
    if (place.before == null && json.isString()) {
      return List.of(json.stringOrNull());
    }
    Deque<Place> inOrder = new ArrayDeque<>();
    for (Place any = place; any != null; any = any.before) {
      inOrder.push(any);
    }
    List<String> lines = new ArrayList<>(1);
    for (Place any : inOrder) {
      addLines(new JsonBytes(event, any.value, event.length), lines);
    }
    return lines;
  }

  private static void addLines(JsonBytes json, List<String> lines) {
    if (json.enterArray()) {
      while (json.nextElement()) {
        addLines(json, lines);
      }
    } else {
      String line = json.stringOrNull();
      if (line != null) {
        lines.add(line);
      }
    }
  }
}
