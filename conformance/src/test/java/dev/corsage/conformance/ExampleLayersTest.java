package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corsage.conformance.ExampleTest.Run;
import dev.corsage.conformance.ExampleTest.Running;
import dev.corsage.probe.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example, with one layer in front of it that does something else: what a probe finds. */
@Tag("once")
@Timeout(300)
class ExampleLayersTest {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final Set<String> OF_A_CONNECTION =
      Set.of("connection", "content-length", "date", "host", "transfer-encoding", "upgrade");

  /** What a layer makes of a response. */
  interface Change {
    Reply of(HttpExchange request, Reply reply);
  }

  record Reply(int status, Headers headers, String body) {
    static Reply ofRestApi(int status, String type, String message) {
      Headers headers = new Headers();
      headers.add("x-amzn-requestid", "8bc13b58-7f9e-4d21-8a39-3f1b3b0a7f53");
      headers.add("x-amz-apigw-id", "VbGbnFcAjoEEVfw=");
      headers.add("x-amzn-errortype", type);
      headers.add("Content-Type", "application/json");
      String body = "{\"message\":\"" + message + "\"}";
      return new Reply(status, headers, body);
    }

    Reply without(String name) {
      headers.remove(name);
      return this;
    }

    Reply with(String name, String value) {
      headers.set(name, value);
      return this;
    }

    boolean has(String name) {
      return headers.containsKey(name);
    }
  }

  /** A layer that does something else, and the codes that a probe then has. */
  private record Layer(String name, List<String> codes, Change change) {
    static Layer of(String name, String code, Change change) {
      return new Layer(name, List.of(code), change);
    }
  }

  private static final List<Layer> LAYERS =
      List.of(
          new Layer("a layer that changes nothing", List.of(), (request, reply) -> reply),
          Layer.of(
              "a REST API without a method OPTIONS",
              "PREFLIGHT_NO_ROUTE",
              (request, reply) ->
                  isOptions(request)
                      ? Reply.ofRestApi(
                          403,
                          "MissingAuthenticationTokenException",
                          "Missing Authentication Token")
                      : reply),
          Layer.of(
              "an authorizer on OPTIONS",
              "PREFLIGHT_UNAUTHORIZED",
              (request, reply) ->
                  isOptions(request)
                      ? Reply.ofRestApi(401, "UnauthorizedException", "Unauthorized")
                      : reply),
          Layer.of(
              "a redirect of preflights",
              "PREFLIGHT_REDIRECT",
              (request, reply) ->
                  isOptions(request)
                      ? new Reply(301, new Headers(), "")
                          .with("Location", request.getRequestURI() + "/")
                      : reply),
          Layer.of(
              "preflights with an error's status",
              "PREFLIGHT_STATUS",
              (request, reply) ->
                  isOptions(request) && reply.has("Access-Control-Allow-Methods")
                      ? new Reply(400, reply.headers, reply.body)
                      : reply),
          Layer.of(
              "a second layer that adds CORS headers",
              "ALLOW_ORIGIN_TWICE",
              (request, reply) -> {
                if (reply.has(ALLOW_ORIGIN)) {
                  reply.headers.add(ALLOW_ORIGIN, reply.headers.getFirst(ALLOW_ORIGIN));
                }
                return reply;
              }),
          Layer.of(
              "an origin with a slash",
              "ALLOW_ORIGIN_INVALID",
              (request, reply) ->
                  reply.has(ALLOW_ORIGIN)
                      ? reply.with(ALLOW_ORIGIN, reply.headers.getFirst(ALLOW_ORIGIN) + "/")
                      : reply),
          Layer.of(
              "a layer that drops Vary", "VARY_MISSING", (request, reply) -> reply.without("Vary")),
          Layer.of(
              "a layer that reflects every origin",
              "ANY_ORIGIN_REFLECTED",
              (request, reply) -> allowing(request, reply, true)),
          Layer.of(
              "a layer that allows null",
              "NULL_TRUSTED",
              (request, reply) -> allowing(request, reply, "null".equals(origin(request)))),
          Layer.of(
              "methods that are not allowed any more",
              "METHOD_NOT_ALLOWED",
              (request, reply) -> reply.without("Access-Control-Allow-Methods")),
          Layer.of(
              "headers that are not allowed any more",
              "HEADER_NOT_ALLOWED",
              (request, reply) -> reply.without("Access-Control-Allow-Headers")),
          Layer.of(
              "errors of a gateway without CORS headers",
              "ERROR_WITHOUT_CORS",
              (request, reply) ->
                  !isOptions(request) && isElsewhere(request)
                      ? Reply.ofRestApi(404, "NotFoundException", "Not Found")
                      : reply),
          Layer.of(
              "a layer that exposes another header",
              "POLICY_DIFFERS",
              (request, reply) ->
                  !isOptions(request) && reply.has(ALLOW_ORIGIN)
                      ? reply.with("Access-Control-Expose-Headers", "x-added")
                      : reply));

  private static Reply allowing(HttpExchange request, Reply reply, boolean allowed) {
    if (!allowed || origin(request) == null || reply.has(ALLOW_ORIGIN)) {
      return reply;
    }
    reply.with(ALLOW_ORIGIN, origin(request));
    if (!isOptions(request)) {
      return reply;
    }
    reply.with("Access-Control-Allow-Methods", "PUT");
    reply.with("Access-Control-Allow-Headers", "content-type");
    return new Reply(204, reply.headers, "");
  }

  private static boolean isOptions(HttpExchange request) {
    return request.getRequestMethod().equals("OPTIONS");
  }

  private static boolean isElsewhere(HttpExchange request) {
    return !request.getRequestURI().getPath().matches("/items(/1)?");
  }

  private static String origin(HttpExchange request) {
    return request.getRequestHeaders().getFirst("Origin");
  }

  static List<Run> runs() throws IOException {
    return ExampleTest.runs();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void aProbeFindsTheLayerThatChanged(Run run) throws IOException {
    try (Running example = new Running(run)) {
      List<String> expected = new ArrayList<>();
      List<String> found = new ArrayList<>();
      for (Layer layer : LAYERS) {
        try (InFront front = new InFront(example.port, layer.change)) {
          Set<String> codes = new TreeSet<>();
          for (Finding finding : example.probe(run, front.port()).run().findings()) {
            codes.add(finding.code().name());
          }
          expected.add(layer.name + " " + layer.codes);
          found.add(layer.name + " " + codes);
        }
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  /** Hands requests on to a port of this machine, and changes what comes back. */
  private static final class InFront implements AutoCloseable {
    private static final HttpClient CLIENT =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int behind;
    private final Change change;
    private final HttpServer server;

    InFront(int behind, Change change) throws IOException {
      this.behind = behind;
      this.change = change;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::handOn);
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    private void handOn(HttpExchange exchange) throws IOException {
      try (exchange) {
        Reply reply = change.of(exchange, ask(exchange));
        exchange.getResponseHeaders().putAll(reply.headers);
        byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
        boolean empty = reply.body.isEmpty() || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status, empty ? -1 : body.length);
        if (!empty) {
          exchange.getResponseBody().write(body);
        }
      }
    }

    private Reply ask(HttpExchange exchange) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + behind + exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(value -> request.header(name, value));
                }
              });
      HttpResponse<String> response;
      try {
        response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      } catch (InterruptedException interrupted) {
        throw new UncheckedIOException(new IOException(interrupted));
      }
      Headers headers = new Headers();
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                  headers.put(name, new ArrayList<>(values));
                }
              });
      return new Reply(response.statusCode(), headers, response.body());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
