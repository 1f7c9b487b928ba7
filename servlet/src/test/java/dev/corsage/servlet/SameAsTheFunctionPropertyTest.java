package dev.corsage.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.servlet.ScriptedServer.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * The filter beside the function's wrapper: for the same policy, request and response of the
 * application, both send the same CORS headers.
 */
class SameAsTheFunctionPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<ScriptedServer> SERVERS = new ArrayList<>();

  /** Headers that a policy decides on, beside {@code Access-Control-*}. */
  private static final Set<String> DECIDED =
      Set.of("vary", "timing-allow-origin", "cross-origin-resource-policy");

  /** Has time enough, and drops what is written to the log. */
  private static final Context SILENT =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class, LambdaLogger.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getLogger" -> proxy;
                    case "getRemainingTimeInMillis" -> 60_000;
                    default -> null;
                  });

  @BeforeContainer
  static void start() throws Exception {
    SERVERS.addAll(ScriptedServer.all());
  }

  @AfterContainer
  static void stop() throws Exception {
    for (ScriptedServer server : SERVERS) {
      server.close();
    }
  }

  record Request(String method, List<Map.Entry<String, String>> headers) {}

  /** A response as CORS sees it; lists in {@code Vary} as sets. */
  record Seen(int status, boolean applicationCalled, Map<String, Object> headers) {
    static Seen of(int status, boolean called, List<Map.Entry<String, String>> lines) {
      Map<String, List<String>> headers = new TreeMap<>();
      for (Map.Entry<String, String> line : lines) {
        String name = line.getKey().toLowerCase(Locale.ROOT);
        if (name.startsWith("access-control-") || DECIDED.contains(name)) {
          headers.computeIfAbsent(name, any -> new ArrayList<>()).add(line.getValue());
        }
      }
      Map<String, Object> compared = new TreeMap<>(headers);
      compared.computeIfPresent(
          "vary",
          (name, any) -> {
            Set<String> names = new TreeSet<>();
            for (String element : String.join(",", headers.get(name)).split(",", -1)) {
              names.add(element.strip().toLowerCase(Locale.ROOT));
            }
            return names;
          });
      return new Seen(status, called, compared);
    }

    Seen without(String header) {
      Map<String, Object> others = new TreeMap<>(headers);
      others.remove(header);
      return new Seen(status, applicationCalled, others);
    }
  }

  @Property(tries = 700)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void sendsTheSameHeaders(
      @ForAll("policies") String document,
      @ForAll("requests") Request request,
      @ForAll("scripts") Script script)
      throws Exception {
    CorsDecider policy = null;
    try {
      policy = PolicyDocument.parse(document);
    } catch (InvalidPolicyException invalid) {
      assumeTrue(false, invalid.getMessage());
    }
    Seen function = byFunction(policy, request, script);
    for (ScriptedServer server : SERVERS) {
      Exchange response = server.send(policy, script, request.method, lines(request));
      Seen expected = function;
      Seen filter = Seen.of(response.status(), server.wasApplicationCalled(), response.headers());
      if (server.name().equals("jetty") && script.status() == Script.THROWS) {
        // On its own error pages Jetty drops Vary, but then no cache may store the response.
        filter = filter.without("vary");
        expected = function.without("vary");
      }
      assertThat(filter).as("%s: %s", server.name(), document).isEqualTo(expected);
    }
    Statistics.collect(
        function.headers.containsKey("access-control-allow-origin"), function.applicationCalled);
    for (boolean allowed : new boolean[] {true, false}) {
      for (boolean called : new boolean[] {true, false}) {
        Statistics.coverage(all -> all.check(allowed, called).percentage(share -> share > 1));
      }
    }
  }

  private static List<String> lines(Request request) {
    return request.headers.stream().map(line -> line.getKey() + ": " + line.getValue()).toList();
  }

  /** Sends the request as an event of a REST API, which has every line of a header. */
  private static Seen byFunction(CorsDecider policy, Request request, Script script)
      throws IOException {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("resource", "/{proxy+}");
    event.put("path", "/");
    event.put("httpMethod", request.method);
    event.put("multiValueHeaders", byName(request.headers));
    event.put("requestContext", Map.of("httpMethod", request.method, "path", "/"));
    boolean[] called = new boolean[1];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Cors.wrap(
            policy,
            (input, output, context) -> {
              called[0] = true;
              if (script.status() == Script.THROWS) {
                throw new IllegalStateException("of the application");
              }
              output.write(
                  JSON.writeValueAsBytes(
                      Map.of(
                          "statusCode",
                          script.status(),
                          "multiValueHeaders",
                          byName(script.headers()))));
            })
        .handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), out, SILENT);
    Map<String, Object> response =
        JSON.readValue(out.toByteArray(), new TypeReference<Map<String, Object>>() {});
    return Seen.of((Integer) response.get("statusCode"), called[0], sent(response));
  }

  /** Returns the lines that API Gateway makes of a response: those of both objects, each once. */
  private static List<Map.Entry<String, String>> sent(Map<String, Object> response) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    for (String object : List.of("multiValueHeaders", "headers")) {
      if (response.get(object) instanceof Map<?, ?> headers) {
        headers.forEach(
            (name, value) -> {
              for (Object line : value instanceof List<?> several ? several : List.of(value)) {
                Map.Entry<String, String> entry = Map.entry((String) name, (String) line);
                if (object.equals("multiValueHeaders") || !lines.contains(entry)) {
                  lines.add(entry);
                }
              }
            });
      }
    }
    return lines;
  }

  private static Map<String, List<String>> byName(List<Map.Entry<String, String>> lines) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> line : lines) {
      headers.computeIfAbsent(line.getKey(), any -> new ArrayList<>()).add(line.getValue());
    }
    return headers;
  }

  /** Documents, of which some are not valid. */
  @Provide
  Arbitrary<String> policies() {
    Arbitrary<Map<String, Object>> what =
        Combinators.combine(
                some(
                    "https://app.test",
                    "https://*.app.test",
                    "http://localhost:*",
                    "/https:\\/\\/pr-[0-9]\\.app\\.test/",
                    "*"),
                some("PUT", "DELETE", "patch", "*"),
                some("x-a", "Content-Type", "authorization", "*"),
                some("etag", "X-A", "*"),
                Arbitraries.of(true, false),
                Arbitraries.of(-1, 0, 600).injectNull(0.3))
            .as(
                (origins, methods, headers, exposed, credentials, maxAge) -> {
                  Map<String, Object> document = new LinkedHashMap<>();
                  document.put("origins", origins);
                  document.put("methods", methods);
                  document.put("requestHeaders", headers);
                  document.put("exposedHeaders", exposed);
                  document.put("credentials", credentials);
                  document.put("maxAgeSeconds", maxAge);
                  return document;
                });
    return Combinators.combine(
            what,
            Arbitraries.of(true, false),
            Arbitraries.of(200, 204).injectNull(0.5),
            Arbitraries.of(
                Map.of(),
                Map.of("status", 400),
                Map.of("status", 200),
                Map.of("origin", "https://app.test")),
            Arbitraries.of(true, false),
            Arbitraries.of("same-site", "cross-origin").injectNull(0.5))
        .as(
            (document, blocks, status, refused, timing, resources) -> {
              document.put("blockRefusedOrigins", blocks);
              document.put("preflightStatus", status);
              document.put("refused", refused);
              document.put("timingAllowOrigin", timing);
              document.put("resourcePolicy", resources);
              return json(document);
            });
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Arbitrary<List<String>> some(String... values) {
    return Arbitraries.of(values).list().uniqueElements().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<Request> requests() {
    Arbitrary<List<Map.Entry<String, String>>> origins =
        lines(
            "Origin",
            1,
            "https://app.test",
            "https://a.app.test",
            "https://pr-1.app.test",
            "http://localhost:3000",
            "https://evil.test",
            "https://evilapp.test",
            "https://api.test",
            "http://api.test",
            "null",
            "");
    Arbitrary<List<Map.Entry<String, String>>> asked =
        lines("Access-Control-Request-Method", 1, "PUT", "GET", "patch", "PATCH", "");
    Arbitrary<List<Map.Entry<String, String>>> names =
        lines(
            "access-control-request-headers",
            2,
            "x-a",
            "X-A,content-type",
            "x-b",
            "authorization, x-a",
            "",
            " , ");
    Arbitrary<List<Map.Entry<String, String>>> extra = origins.filter(line -> !line.isEmpty());
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just("OPTIONS")),
                Tuple.of(3, Arbitraries.of("GET", "PUT", "POST", "DELETE"))),
            origins,
            Arbitraries.of(true, false, false, false, false, false, false, false)
                .flatMap(twice -> twice ? extra : Arbitraries.just(List.of())),
            asked,
            names)
        .as(
            (method, origin, second, method2, headers) -> {
              List<Map.Entry<String, String>> all = new ArrayList<>();
              all.add(Map.entry("Host", "api.test"));
              // API Gateway speaks nothing else; the server is told by a proxy.
              all.add(Map.entry("X-Forwarded-Proto", "https"));
              all.addAll(origin);
              all.addAll(second);
              all.addAll(method2);
              all.addAll(headers);
              return new Request(method, all);
            });
  }

  private static Arbitrary<List<Map.Entry<String, String>>> lines(
      String name, int most, String... values) {
    return Arbitraries.of(values)
        .map(value -> Map.entry(name, value))
        .list()
        .ofMaxSize(most)
        .edgeCases(edges -> edges.none());
  }

  @Provide
  Arbitrary<Script> scripts() {
    Arbitrary<Map.Entry<String, String>> header =
        Combinators.combine(
                Arbitraries.of(
                    "Access-Control-Allow-Origin",
                    "access-control-allow-origin",
                    "Access-Control-Allow-Credentials",
                    "Access-Control-Max-Age",
                    "Access-Control-Of-Tomorrow",
                    "Access-Control-Allow-Origin ",
                    "Timing-Allow-Origin",
                    "Cross-Origin-Resource-Policy",
                    "Vary",
                    "vary",
                    "X-Own"),
                Arbitraries.of(
                    "*",
                    "true",
                    "https://evil.test",
                    "https://app.test",
                    "same-origin",
                    "Origin",
                    "Accept, ORIGIN",
                    "Accept-Language",
                    "a\r\nAccess-Control-Allow-Origin: *",
                    "a\nb"))
            .as(Map::entry);
    return Combinators.combine(
            Arbitraries.of(200, 201, 302, 401, 404, 503, Script.THROWS), header.list().ofMaxSize(4))
        .as(Script::new)
        .filter(SameAsTheFunctionPropertyTest::isComparable);
  }

  /**
   * Tells whether each value that is not valid HTTP is the only one of its header. Of several, the
   * function drops all, as they are one member of its response; the filter drops the one that is
   * added.
   */
  private static boolean isComparable(Script script) {
    Map<String, Integer> counts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    script.headers().forEach(line -> counts.merge(line.getKey(), 1, Integer::sum));
    return script.headers().stream()
        .allMatch(line -> counts.get(line.getKey()) == 1 || line.getValue().indexOf('\n') < 0);
  }
}
