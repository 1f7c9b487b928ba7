package dev.corsage.gateway;

import dev.corsage.gateway.ApiRequest.Field;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Requests as a table writes them, and the events that are made of them. */
final class Events {
  private Events() {}

  /** Returns the request {@code GET TARGET} with the headers of a row. */
  static ApiRequest get(String target, String headers) {
    String[] pathAndQuery = target.split("\\?", 2);
    return new ApiRequest(
        "GET",
        pathAndQuery[0],
        pathAndQuery.length < 2 ? null : pathAndQuery[1],
        fields(headers),
        "HTTP/1.1",
        "127.0.0.1",
        8080);
  }

  /** Returns the lines of {@code A: 1 // B: 2}; null has none. */
  static List<Field> fields(String headers) {
    return headers == null
        ? List.of()
        : Arrays.stream(headers.split(" // ", -1))
            .map(line -> line.split(":", 2))
            .map(line -> new Field(line[0], line[1].strip()))
            .toList();
  }

  /** Returns the event of a request without a body. */
  static byte[] event(ApiType type, ApiRequest request) throws IOException {
    return event(type, request, new byte[0]);
  }

  /** Returns the event of a request that takes the route of all requests. */
  static byte[] event(ApiType type, ApiRequest request, byte[] body) throws IOException {
    return EventWriter.write(type, request, EventRoute.proxy(request), body);
  }
}
