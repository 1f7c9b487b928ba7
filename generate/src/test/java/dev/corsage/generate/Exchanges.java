package dev.corsage.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Events of every shape, and what handlers respond to them: for wrappers of handlers. */
final class Exchanges {
  private static final String APP = "https://example.com";

  /** Responses of handlers, among them such as no invoker accepts. */
  private static final List<String> RESPONSES =
      """
      {"statusCode":200}
      {"statusCode":200,"body":"done","isBase64Encoded":false,"x":[1,{"y":null}]}
      {"statusCode":404,"headers":{"Content-Type":"text/plain","x-a":"b"},"body":"none"}
      {"statusCode":"201","headers":{"x-a":1,"x-b":true,"x-c":1.5,"x-d":null}}
      {"statusCode":200.0}
      {"statusCode":200,"headers":{"Access-Control-Allow-Origin":"*","ACCESS-control-x":"y","x":"y"}}
      {"statusCode":200,"multiValueHeaders":{"access-control-allow-origin":["*","z"],"x":["y","z"]}}
      {"statusCode":200,"headers":{"Vary":"Accept"}}
      {"statusCode":200,"headers":{"vary":"Accept,  Cookie","VARY":"accept, origin"}}
      {"statusCode":200,"multiValueHeaders":{"Vary":["A, B","b,C"]},"headers":{"vary":"D"}}
      {"statusCode":200,"headers":{"Vary":"Accept, *"}}
      {"statusCode":200,"headers":{"Vary":" , ,"},"multiValueHeaders":{"Vary":[]}}
      {"statusCode":200,"headers":{"Vary":null},"multiValueHeaders":{"Vary":null}}
      {"statusCode":200,"headers":null,"multiValueHeaders":null,"cookies":null}
      {"statusCode":200,"headers":[],"multiValueHeaders":[],"cookies":[]}
      {"statusCode":200,"headers":{" Access-Control-Allow-Origin":"*","x\\r\\ny":"z","x":"y"}}
      {"statusCode":200,"headers":{"x":"a\\r\\nAccess-Control-Allow-Origin: *","y":["g","b\\n"]}}
      {"statusCode":200,"multiValueHeaders":{"x":["good","a\\u0000b"],"":["x"],"y":[]}}
      {"statusCode":200,"headers":{"acce\\u017f\\u017f-control-allow-origin":"*"}}
      {"statusCode":200,"cookies":["a=1","b=2\\r\\nx: y"]}
      {"statusCode":200,"cookies":"c"}
      {"statusCode":200,"headers":{"set-cookie":"a"}}
      {"statusCode":200,"headers":{"set-cookie":["a"]}}
      {"statusCode":200,"headers":{"Set-Cookie":["a=1; Expires=Wed, 09 Jun","b=2"]},"cookies":["c"]}
      {"statusCode":200,"headers":{"set-cookie":["a","b"],"Set-Cookie":"c"}}
      {"statusCode":200,"headers":{"set-cookie":["a","b"]},"multiValueHeaders":{"set-cookie":["c"]}}
      {"statusCode":200,"headers":{"set-cookie":"a","Set-Cookie":"c","x":["1","2"]}}
      {"statusCode":200,"headers":{"a":"b"},"multiValueHeaders":{"a":["c","d"],"e":["f"]}}
      {"statusCode":200,"headers":{"!#$%&'*+-.^_`|~09":"x"}}
      {"statusCode":204,"statusDescription":"204 Mine","headers":{}}
      {"statusCode":null,"body":"x"}
      {"body":"x","headers":{"x-a":"b"}}
      {"headers":"x"}
      {"body":{"a":1}}
      {}
      {"message":"ö ✓"}
      [1, 2]
      "text"
      5
      true
      null
      {"statusCode":0}
      {"statusCode":"0","body":"a"}
      {"statusCode":0.0}
      {"statusCode":-200}
      {"statusCode":""}
      {"statusCode":"200 OK"}
      {"statusCode":true}
      {"statusCode":[200]}
      {"statusCode":{"code":200}}
      {"statusCode":200,"body":{"a":1}}
      {"statusCode":200,"body":{}}
      {"statusCode":200,"body":[1,2]}
      {"statusCode":200,"body":5}
      {"statusCode":200,"body":null}
      {"statusCode":200,"headers":"Content-Type: text/html"}
      {"statusCode":200,"headers":["Content-Type: text/html"]}
      {"statusCode":200,"headers":5}
      {"headers":true,"statusCode":200}
      {"statusCode":200,"headers":{"a":{"b":"c"}}}
      {"statusCode":200,"headers":{"a":[["b"]]}}
      {"statusCode":200,"headers":{"a":[{}]}}
      {"statusCode":200,"multiValueHeaders":"a: b"}
      {"statusCode":200,"multiValueHeaders":{"Vary":{}}}
      {"statusCode":200,"cookies":[{"name":"a"}]}
      """
          .lines()
          .toList();

  private Exchanges() {}

  /** Returns the responses, and one more that stands for an exception. */
  static List<Map<String, Object>> responses() throws JsonProcessingException {
    List<Map<String, Object>> responses = new ArrayList<>();
    for (String response : RESPONSES) {
      Map<String, Object> exchange = new LinkedHashMap<>();
      exchange.put("response", Cases.JSON.readValue(response, Object.class));
      responses.add(exchange);
    }
    responses.add(Map.of("raises", "secret"));
    return responses;
  }

  /** Returns events that are no requests, and events that are nearly one. */
  static List<Object> others() throws JsonProcessingException {
    List<Object> events = new ArrayList<>();
    for (String event :
        """
        {"source":"aws.events","detail":{}}
        {"Records":[{"eventSource":"aws:sqs","body":"{\\"httpMethod\\":\\"GET\\"}"}]}
        {"type":"TOKEN","methodArn":"arn:x","authorizationToken":"t"}
        {"type":"REQUEST","methodArn":"arn:x","httpMethod":"OPTIONS","headers":{"origin":"ORIGIN"}}
        {"type":"REQUEST","routeArn":"arn:x","requestContext":{"http":{"method":"GET"}}}
        {"type":"REQUEST","methodArn":null,"httpMethod":"GET","headers":{"origin":"ORIGIN"}}
        {"order":7,"path":"/a"}
        {"method":"GET"}
        {"method":"GET","path":"","headers":{"origin":"ORIGIN"}}
        {"httpMethod":5}
        {"httpMethod":"GET","requestContext":null,"headers":null,"multiValueHeaders":null}
        {"httpMethod":"GET","requestContext":{"elb":null},"headers":{"ORIGIN":"ORIGIN"}}
        {"httpMethod":"GET","requestContext":{"http":{}},"headers":[],"multiValueHeaders":{}}
        {"httpMethod":"GET","headers":{"origin":["ORIGIN",["x"],5,null]}}
        {"httpMethod":"GET","headers":{"origin":"ORIGIN","Origin":"ORIGIN"}}
        {"httpMethod":"GET","headers":{"origin":"ORIGIN"},"multiValueHeaders":{"origin":[]}}
        {"httpMethod":"GET","headers":{"origin":5}}
        {"requestContext":{"connectionId":"c","eventType":"MESSAGE"},"body":"ORIGIN"}
        {"requestContext":{"connectionId":"c","eventType":"DISCONNECT"}}
        {"requestContext":{"connectionId":"c","eventType":"CONNECT"},"headers":{"Origin":"ORIGIN"}}
        {"requestContext":{"connectionId":"c","eventType":"CONNECT"},"headers":{"Origin":"null"}}
        {"requestContext":{"connectionId":"c","eventType":"CONNECT"}}
        {}
        null
        [1,2]
        "ping"
        5
        """
            .replace("ORIGIN\"", APP + "\"")
            .replace("\"" + APP + "\":", "\"ORIGIN\":")
            .lines()
            .toList()) {
      events.add(Cases.JSON.readValue(event, Object.class));
    }
    return events;
  }

  /** Returns the events of the corpus beside the project; empty where it is not there. */
  static List<Object> corpus() throws IOException {
    Path folder = Cases.shared().resolve("data").resolve("events");
    List<Object> events = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return events;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        events.add(Cases.JSON.readValue(file.toFile(), Object.class));
      }
    }
    return events;
  }

  /** Returns the event of each invoker for a request. */
  static List<Object> events(Case.Request request) {
    String method = request.method();
    Map<String, List<String>> lines = request.headers();
    Map<String, List<String>> lower = new LinkedHashMap<>();
    lines.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
    Map<String, String> last = new LinkedHashMap<>();
    lines.forEach((name, values) -> last.put(name, values.get(values.size() - 1)));
    Map<String, String> joined = new LinkedHashMap<>();
    lower.forEach((name, values) -> joined.put(name, String.join(",", values)));
    Map<String, Object> gateway = Map.of("domainName", "api.example.com", "stage", "prod");
    Map<String, Object> elb = Map.of("elb", Map.of("targetGroupArn", "arn:x"));
    Map<String, Object> http =
        Map.of("domainName", "api.example.com", "http", Map.of("method", method, "path", "/a"));
    return List.of(
        event("httpMethod", method, "requestContext", gateway, "headers", last)
            .with("multiValueHeaders", lines),
        event("httpMethod", method, "requestContext", gateway, "headers", null)
            .with("multiValueHeaders", lines),
        event("version", "1.0", "httpMethod", method, "requestContext", gateway)
            .with("headers", joined)
            .with("multiValueHeaders", lower),
        event("version", "2.0", "rawPath", "/a", "requestContext", http).with("headers", joined),
        event("httpMethod", method, "requestContext", elb, "headers", joined),
        event("httpMethod", method, "requestContext", elb, "multiValueHeaders", lower),
        event("method", method, "raw_path", "/a?b", "headers", joined),
        event("version", "2.0", "method", method, "path", "/a").with("headers", lower));
  }

  private static Event event(Object... keysAndValues) {
    Event event = new Event();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      event.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return event;
  }

  private static final class Event extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    Event with(String key, Object value) {
      put(key, value);
      return this;
    }
  }
}
