package dev.corsage.lambda;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A response that Corsage makes itself, in no shape yet.
 *
 * @param body text; empty for none
 */
record OwnResponse(int status, Map<String, String> headers, String body) {

  /** Returns the headers, each with a list of its one value. */
  Map<String, List<String>> multiValueHeaders() {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return lists;
  }

  /** Returns a response without a body. */
  static OwnResponse empty(int status, Map<String, String> headers) {
    return new OwnResponse(status, headers, "");
  }

  /**
   * Returns a response with JSON.
   *
   * @param headers those besides {@code Content-Type}
   */
  static OwnResponse json(int status, Map<String, String> headers, String json) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json");
    return new OwnResponse(status, all, json);
  }
}
