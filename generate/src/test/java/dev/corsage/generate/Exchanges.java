package dev.corsage.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Events of every shape, and what handlers return for them, as JSON. */
final class Exchanges {
  /** What an invoker puts into {@code headers}; each may have multi-value headers beside it. */
  private enum Headers {
    NONE,
    LAST_LINE,
    JOINED_LINES,
    LINES
  }

  /**
   * An invoker.
   *
   * @param event an event, with METHOD in the place of the method
   */
  private record Invoker(Headers headers, boolean multiValue, String event) {
    String event(Case.Request request) throws IOException {
      ObjectNode json =
          (ObjectNode)
              Cases.JSON.readTree(
                  event.replace("\"METHOD\"", Cases.JSON.writeValueAsString(request.method())));
      request
          .headers()
          .forEach(
              (name, lines) -> {
                switch (headers) {
                  case NONE -> {}
                  case LAST_LINE ->
                      json.withObject("/headers").put(name, lines.get(lines.size() - 1));
                  case JOINED_LINES ->
                      json.withObject("/headers").put(name, String.join(",", lines));
                  case LINES ->
                      json.withObject("/headers").set(name, Cases.JSON.valueToTree(lines));
                }
                if (multiValue) {
                  json.withObject("/multiValueHeaders").set(name, Cases.JSON.valueToTree(lines));
                }
              });
      return json.toString();
    }
  }

  private static final List<Invoker> INVOKERS =
      List.of(
          // A REST API; HTTP APIs with payload format 1.0 have a version.
          new Invoker(
              Headers.LAST_LINE,
              true,
              """
              {"resource":"/a","path":"/a","httpMethod":"METHOD",
               "headers":{"Host":"api.test"},"multiValueHeaders":{"Host":["api.test"]},
               "requestContext":{"stage":"prod","domainName":"api.test","elb":null}}
              """),
          new Invoker(
              Headers.NONE,
              true,
              """
              {"path":"/a","httpMethod":"METHOD","headers":null,"multiValueHeaders":{},
               "requestContext":{"domainName":"api.test"}}
              """),
          new Invoker(
              Headers.JOINED_LINES,
              true,
              """
              {"version":"1.0","path":"/a","httpMethod":"METHOD","headers":{},
               "requestContext":{"stage":"$default","domainName":"api.test"}}
              """),
          new Invoker(
              Headers.JOINED_LINES,
              false,
              """
              {"version":"2.0","routeKey":"$default","rawPath":"/a","headers":{},
               "requestContext":{"domainName":"api.test","http":{"method":"METHOD","path":"/a"}}}
              """),
          // A function URL.
          new Invoker(
              Headers.JOINED_LINES,
              false,
              """
              {"version":"2.0","rawPath":"/a","headers":{"host":"abc.lambda-url.test:443"},
               "requestContext":{"domainName":"api.test","http":{"method":"METHOD","path":"/a"}}}
              """),
          // A load balancer.
          new Invoker(
              Headers.JOINED_LINES,
              false,
              """
              {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:x"}},
               "httpMethod":"METHOD","path":"/a","headers":{"host":"api.test",
               "x-forwarded-proto":"http"},"body":""}
              """),
          new Invoker(
              Headers.NONE,
              true,
              """
              {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:x"}},
               "httpMethod":"METHOD","path":"/a","multiValueHeaders":{"host":["api.test"],
               "x-forwarded-proto":["https"]},"body":""}
              """),
          // VPC Lattice.
          new Invoker(
              Headers.JOINED_LINES,
              false,
              """
              {"raw_path":"/a?b=c","method":"METHOD","headers":{}}
              """),
          new Invoker(
              Headers.JOINED_LINES,
              false,
              """
              {"version":"2.0","path":"/a","method":"METHOD","headers":{"x":[]}}
              """),
          new Invoker(
              Headers.LINES,
              false,
              """
              {"version":"2.0","path":"/a","method":"METHOD","headers":{"x":[]}}
              """),
          // A WebSocket API.
          new Invoker(
              Headers.LAST_LINE,
              false,
              """
              {"requestContext":{"connectionId":"a=","eventType":"CONNECT","domainName":"api.test",
               "routeKey":"$connect"},"headers":{"x":"METHOD"}}
              """),
          new Invoker(
              Headers.LAST_LINE,
              false,
              """
              {"requestContext":{"connectionId":"a=","eventType":"MESSAGE","domainName":"api.test"},
               "headers":{"x":"METHOD"}}
              """));

  private Exchanges() {}

  /** Returns what handlers return; null stands for one that throws. */
  static List<String> responses() throws IOException {
    List<String> responses = new ArrayList<>(lines("responses.ndjson"));
    responses.add(null);
    return responses;
  }

  /**
   * Returns events that are no requests, or look like those of another kind; those of every invoker
   * for some requests; and those of the corpus.
   */
  static List<String> events() throws IOException {
    List<String> events = new ArrayList<>(lines("events.ndjson"));
    for (Case.Request request : requests()) {
      events.addAll(events(request));
    }
    events.addAll(corpus());
    return events;
  }

  /** Returns the event of each invoker for a request. */
  static List<String> events(Case.Request request) throws IOException {
    List<String> events = new ArrayList<>();
    for (Invoker invoker : INVOKERS) {
      events.add(invoker.event(request));
    }
    return events;
  }

  /** Most invokers write the names of headers in lower case. */
  static Case.Request inLowerCase(Case.Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request.headers().forEach((name, lines) -> headers.put(name.toLowerCase(Locale.ROOT), lines));
    return new Case.Request(request.method(), headers);
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = Exchanges.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static List<Case.Request> requests() {
    List<Case.Request> requests = new ArrayList<>();
    for (String origin :
        List.of("https://app.test", "https://evil.test", "null", "https://api.test", "", "x\ny")) {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      headers.put("Origin", List.of(origin));
      requests.add(request("GET", headers));
      headers.put("origin", List.of("https://app.test"));
      requests.add(request("POST", headers));
      headers.remove("origin");
      headers.put("Access-Control-Request-Method", List.of("PUT"));
      requests.add(request("OPTIONS", headers));
      headers.put("access-control-request-headers", List.of("X-A, x-b"));
      requests.add(request("OPTIONS", headers));
      headers.put("Sec-Fetch-Site", List.of("same-origin"));
      requests.add(request("GET", headers));
    }
    requests.add(request("GET", Map.of()));
    return requests;
  }

  private static Case.Request request(String method, Map<String, List<String>> headers) {
    return new Case.Request(method, new LinkedHashMap<>(headers));
  }

  /**
   * Returns the events beside the project, as they are and with an origin; none where it is not.
   */
  private static List<String> corpus() throws IOException {
    Path folder = Cases.shared().resolve("data").resolve("events");
    List<String> events = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return events;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode event = Cases.JSON.readTree(file.toFile());
        events.add(event.toString());
        if (event.get("headers") instanceof ObjectNode headers) {
          headers.put("origin", "https://app.test");
        }
        if (event.get("multiValueHeaders") instanceof ObjectNode headers) {
          headers.putArray("origin").add("https://app.test");
        }
        events.add(event.toString());
      }
    }
    return events;
  }
}
