package dev.corsage.gateway.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Requests as a table writes them. */
public final class Requests {
  private Requests() {}

  /** Returns the request {@code GET TARGET} with the headers of a row. */
  public static ApiRequest get(String target, String headers) {
    String[] pathAndQuery = target.split("\\?", 2);
    return new ApiRequest(
        "GET",
        pathAndQuery[0],
        pathAndQuery.length < 2 ? null : pathAndQuery[1],
        fields(headers),
        "HTTP/1.1",
        "127.0.0.1",
        8080,
        Api.DEFAULT_STAGE,
        Map.of(),
        false);
  }

  /** Returns the lines of {@code A: 1 // B: 2}; null has none. */
  public static List<Field> fields(String headers) {
    return headers == null
        ? List.of()
        : Arrays.stream(headers.split(" // ", -1))
            .map(line -> line.split(":", 2))
            .map(line -> new Field(line[0], line[1].strip()))
            .toList();
  }
}
