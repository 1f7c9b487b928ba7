package dev.corsage.bench;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Events of one length, whatever their shape. */
record SampleEvent(Invoker invoker, EventKind kind) {
  static final int LENGTH = 1_200;

  /** The number of allowed origins; they take turns. */
  static final int ORIGINS = 10;

  static String origin(int index) {
    return "https://shop-" + index + ".example.com";
  }

  /** Returns an event of a page of an origin. */
  byte[] from(String origin) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("accept", "*/*");
    headers.put("host", "api.example.com");
    headers.put("origin", origin);
    if (kind == EventKind.PREFLIGHT) {
      headers.put("access-control-request-method", "PUT");
      headers.put("access-control-request-headers", "authorization,content-type");
    }
    headers.put("x-forwarded-proto", "https");
    fill(headers, "x-forwarded-for", "192.0.2.1");
    fill(headers, "x-forwarded-port", "443");
    fill(headers, "accept-language", "en-GB,en;q=0.9,de;q=0.8");
    fill(headers, "accept-encoding", "gzip, deflate, br, zstd");
    fill(headers, "sec-fetch-mode", "cors");
    fill(headers, "sec-fetch-site", "same-site");
    fill(headers, "sec-fetch-dest", "empty");
    fill(headers, "x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793");
    // One header more makes up the length; where headers are there twice, so is it.
    String name = "user-agent";
    headers.put(name, "");
    int missing = LENGTH - bytes(headers).length;
    int times =
        invoker.template.contains("@headers") && invoker.template.contains("@lists") ? 2 : 1;
    headers.put(name, "Mozilla/5.0 ".repeat(LENGTH / 12).substring(0, missing / times));
    return bytes(headers);
  }

  /** Adds a header if there is room for it. */
  private void fill(Map<String, String> headers, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    more.put("user-agent", "Mozilla/5.0 (X11; Linux x86_64)");
    if (bytes(more).length < LENGTH) {
      headers.put(name, value);
    }
  }

  private byte[] bytes(Map<String, String> headers) {
    return invoker
        .template
        .replace("@method", kind.method)
        .replace("@headers", json(headers, "\"%s\":\"%s\""))
        .replace("@lists", json(headers, "\"%s\":[\"%s\"]"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String json(Map<String, String> headers, String format) {
    return headers.entrySet().stream()
        .map(header -> String.format(format, named(header.getKey()), header.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String named(String name) {
    if (!invoker.capitals) {
      return name;
    }
    StringBuilder capitals = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      if (i == 0 || name.charAt(i - 1) == '-') {
        capitals.setCharAt(i, Character.toUpperCase(name.charAt(i)));
      }
    }
    return capitals.toString();
  }
}
