package dev.corsage.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Events, and what handlers return for them. */
final class LambdaExchanges {
  /** Where an invoker has a header: one value, or a list of them. */
  private enum Lines {
    ONE,
    LIST,
    BOTH
  }

  /**
   * An invoker.
   *
   * @param event an event, with METHOD in the place of the method
   */
  private record Invoker(Lines lines, String event) {
    String event(String method, Map<String, String> headers) throws IOException {
      ObjectNode json = (ObjectNode) Cases.JSON.readTree(event.replace("METHOD", method));
      headers.forEach(
          (name, value) -> {
            if (lines != Lines.LIST) {
              json.withObject("/headers").put(name, value);
            }
            if (lines != Lines.ONE) {
              json.withObject("/multiValueHeaders").putArray(name).add(value);
            }
          });
      return json.toString();
    }
  }

  private static final List<Invoker> INVOKERS =
      List.of(
          // A REST API; HTTP APIs with payload format 1.0 have a version.
          new Invoker(
              Lines.BOTH,
              """
              {"resource":"/a","path":"/a","httpMethod":"METHOD",
               "headers":{"Host":"api.test"},"multiValueHeaders":{"Host":["api.test"]},
               "requestContext":{"stage":"prod","domainName":"api.test","elb":null}}
              """),
          new Invoker(
              Lines.LIST,
              """
              {"path":"/a","httpMethod":"METHOD","headers":null,"multiValueHeaders":{},
               "requestContext":{"domainName":"api.test"}}
              """),
          new Invoker(
              Lines.BOTH,
              """
              {"version":"1.0","path":"/a","httpMethod":"METHOD","headers":{},
               "requestContext":{"stage":"$default","domainName":"api.test"}}
              """),
          new Invoker(
              Lines.ONE,
              """
              {"version":"2.0","routeKey":"$default","rawPath":"/a","headers":{},
               "requestContext":{"domainName":"api.test","http":{"method":"METHOD","path":"/a"}}}
              """),
          // A function URL.
          new Invoker(
              Lines.ONE,
              """
              {"version":"2.0","rawPath":"/a","headers":{"host":"abc.lambda-url.test:443"},
               "requestContext":{"domainName":"api.test","http":{"method":"METHOD","path":"/a"}}}
              """),
          new Invoker(
              Lines.ONE,
              """
              {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:x"}},
               "httpMethod":"METHOD","path":"/a","headers":{"host":"api.test",
               "x-forwarded-proto":"http"},"body":""}
              """),
          new Invoker(
              Lines.LIST,
              """
              {"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:x"}},
               "httpMethod":"METHOD","path":"/a","multiValueHeaders":{"host":["api.test"],
               "x-forwarded-proto":["https"]},"body":""}
              """),
          new Invoker(Lines.ONE, "{\"raw_path\":\"/a?b=c\",\"method\":\"METHOD\",\"headers\":{}}"),
          new Invoker(
              Lines.ONE,
              "{\"version\":\"2.0\",\"path\":\"/a\",\"method\":\"METHOD\",\"headers\":{\"x\":[]}}"),
          new Invoker(
              Lines.ONE,
              """
              {"requestContext":{"connectionId":"a=","eventType":"CONNECT","domainName":"api.test",
               "routeKey":"$connect"},"headers":{"x":"METHOD"}}
              """),
          new Invoker(
              Lines.ONE,
              """
              {"requestContext":{"connectionId":"a=","eventType":"MESSAGE","domainName":"api.test"},
               "headers":{"x":"METHOD"}}
              """));

  /** Events that are no request, or look like one of another kind. */
  private static final List<String> OTHERS =
      List.of(
          "null",
          "[]",
          "\"warm\"",
          "{}",
          "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\"{}\"}]}",
          "{\"type\":\"REQUEST\",\"methodArn\":\"arn:x\",\"httpMethod\":\"GET\",\"headers\":{}}",
          "{\"type\":\"REQUEST\",\"routeArn\":\"arn:x\",\"requestContext\":"
              + "{\"http\":{\"method\":\"GET\"}}}",
          "{\"type\":\"TOKEN\",\"methodArn\":\"arn:x\",\"httpMethod\":\"GET\"}",
          "{\"type\":\"REQUEST\",\"httpMethod\":\"GET\",\"headers\":{}}",
          "{\"httpMethod\":7,\"headers\":{}}",
          "{\"httpMethod\":\"GET\",\"headers\":[]}",
          "{\"httpMethod\":\"GET\",\"requestContext\":[]}",
          "{\"httpMethod\":\"GET\",\"headers\":{\"Origin\":null,\"ORIGIN\":[[\"https://app.test\"]]}}",
          "{\"httpMethod\":\"GET\",\"headers\":{\"origin\":\"https://app.test\"},"
              + "\"multiValueHeaders\":{\"Origin\":[\"https://a.test\",\"https://b.test\"]}}",
          "{\"httpMethod\":\"GET\",\"headers\":{\"origin\":7},\"multiValueHeaders\":{\"Origin\":7}}",
          "{\"method\":\"GET\"}",
          "{\"method\":\"GET\",\"path\":7}",
          "{\"requestContext\":{\"http\":\"GET\"},\"httpMethod\":\"GET\"}");

  /** Returned for every event. */
  static final List<String> RESPONSES =
      List.of(
          "{\"statusCode\":200}",
          "{\"statusCode\":201,\"body\":\"{}\",\"headers\":{\"Content-Type\":\"application/json\"}}",
          "{\"statusCode\":500,\"body\":\"x\",\"isBase64Encoded\":false,\"statusDescription\":\"no\"}",
          "{\"statusCode\":\"200\",\"headers\":null,\"multiValueHeaders\":null,\"cookies\":null}",
          "{\"statusCode\":\"2x\"}",
          "{\"statusCode\":\"\"}",
          "{\"statusCode\":0}",
          "{\"statusCode\":-1}",
          "{\"statusCode\":200.5}",
          "{\"statusCode\":true}",
          "{\"statusCode\":null,\"body\":\"x\"}",
          "{\"statusCode\":{}}",
          "{\"statusCode\":[200]}",
          "{\"statusCode\":200,\"body\":{\"a\":1}}",
          "{\"statusCode\":200,\"body\":[]}",
          "{\"statusCode\":200,\"body\":null}",
          "{\"statusCode\":200,\"body\":7}",
          "{\"statusCode\":200,\"headers\":[]}",
          "{\"statusCode\":200,\"headers\":[1]}",
          "{\"statusCode\":200,\"headers\":\"x\"}",
          "{\"statusCode\":200,\"multiValueHeaders\":false}",
          "{\"statusCode\":200,\"headers\":{\"a\":{}}}",
          "{\"statusCode\":200,\"headers\":{\"a\":[[]]}}",
          "{\"statusCode\":200,\"headers\":{\"a\":[\"1\",2,true,null],\"b\":null,\"c\":[],\"d\":7}}",
          "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":[\"1\",2,null],\"b\":null,\"c\":\"d\"}}",
          "{\"statusCode\":200,\"headers\":{\"a\":\"1\",\"b\":\"2\"},\"multiValueHeaders\":"
              + "{\"a\":[\"3\"],\"B\":[\"4\"]}}",
          "{\"statusCode\":200,\"headers\":{\"access-control-allow-origin\":\"*\","
              + "\"ACCESS-CONTROL-ALLOW-CREDENTIALS\":\"true\",\"Access-Control-X\":\"y\"}}",
          "{\"statusCode\":200,\"multiValueHeaders\":{\"access-control-allow-origin\":[\"*\"],"
              + "\"Access-Control-Allow-Origin\":[\"https://evil.test\"]}}",
          "{\"statusCode\":200,\"headers\":{\"vary\":\"Accept, origin\"},\"multiValueHeaders\":"
              + "{\"VARY\":[\"Accept-Encoding\",\" ,ORIGIN\"]}}",
          "{\"statusCode\":200,\"headers\":{\"Vary\":\"Accept, *\"}}",
          "{\"statusCode\":200,\"headers\":{\"Vary\":null,\"vary\":\"\"}}",
          "{\"statusCode\":200,\"headers\":{\"a b\":\"c\",\"\":\"d\",\"Access-Control-Allow-Origin \":"
              + "\"*\",\"ok\":\"e\"}}",
          "{\"statusCode\":200,\"headers\":{\"a\":\"b\\r\\nAccess-Control-Allow-Origin: *\","
              + "\"c\":\"\\u0000\",\"d\":[\"e\",\"f\\n\"]}}",
          "{\"statusCode\":200,\"headers\":{\"Set-Cookie\":[\"a=1\",\"b=2\"],\"set-cookie\":\"c=3\"}}",
          "{\"statusCode\":200,\"headers\":{\"Set-Cookie\":\"a=1\"},\"multiValueHeaders\":"
              + "{\"set-cookie\":[\"b=2\"]},\"cookies\":[\"c=3\"]}",
          "{\"statusCode\":200,\"headers\":{\"Set-Cookie\":[\"a=1\"],\"x\":[\"1\",\"2\"]},"
              + "\"multiValueHeaders\":{\"set-cookie\":[\"b=2\"]}}",
          "{\"statusCode\":200,\"cookies\":[\"a=1\",\"b=2\\r\\nX: y\",3,null]}",
          "{\"statusCode\":200,\"cookies\":\"a=1\"}",
          "{\"statusCode\":200,\"cookies\":{}}",
          "{\"statusCode\":200,\"cookies\":[{}]}",
          "{\"statusCode\":200,\"headers\":{\"__proto__\":\"x\",\"constructor\":\"y\"},\"z\":[1]}",
          "{\"headers\":{\"a\":\"b\"},\"body\":\"x\"}",
          "{\"headers\":{\"a\":{}}}",
          "{\"message\":\"hello\"}",
          "\"hello\"",
          "7",
          "null",
          "[1,\"2\"]",
          "{}");

  private LambdaExchanges() {}

  /** Returns all events. */
  static List<String> events() throws IOException {
    List<String> events = new ArrayList<>(OTHERS);
    for (Invoker invoker : INVOKERS) {
      for (String origin :
          List.of(
              "https://app.test", "https://evil.test", "null", "https://api.test", "", "x\ny")) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Origin", origin);
        events.add(invoker.event("GET", headers));
        headers.put("origin", "https://app.test");
        events.add(invoker.event("POST", headers));
        headers.remove("origin");
        headers.put("Access-Control-Request-Method", "PUT");
        events.add(invoker.event("OPTIONS", headers));
        headers.put("access-control-request-headers", "X-A, x-b");
        events.add(invoker.event("OPTIONS", headers));
        headers.put("Sec-Fetch-Site", "same-origin");
        events.add(invoker.event("GET", headers));
      }
      events.add(invoker.event("GET", Map.of()));
    }
    events.addAll(sharedEvents());
    return events;
  }

  /** Returns the events beside the project, as they are and with an origin. */
  private static List<String> sharedEvents() throws IOException {
    Path folder = Cases.shared().resolve("data/events");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .flatMap(file -> withAndWithoutOrigin(file).stream())
          .toList();
    }
  }

  private static List<String> withAndWithoutOrigin(Path file) {
    try {
      JsonNode event = Cases.JSON.readTree(file.toFile());
      String asItIs = event.toString();
      if (event.get("headers") instanceof ObjectNode headers) {
        headers.put("origin", "https://app.test");
      }
      if (event.get("multiValueHeaders") instanceof ObjectNode headers) {
        headers.set("origin", new ArrayNode(Cases.JSON.getNodeFactory()).add("https://app.test"));
      }
      return List.of(asItIs, event.toString());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
