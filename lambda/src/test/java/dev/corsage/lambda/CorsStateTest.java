package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.corsage.CorsPolicy;
import dev.corsage.lambda.events.EventTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one request leaves for the next: nothing. And CORS that is left to the platform. */
class CorsStateTest {
  private static final String OTHER = "https://other.example.com";
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().origins(APP, OTHER).methods("PUT").build();

  private static final List<String> EVENTS =
      List.of(
          Events.v2("GET", "Origin: " + APP),
          Events.v2("GET", "Origin: " + EVIL),
          Events.rest("GET", "Origin: " + OTHER),
          Events.v1("DELETE"),
          Events.v2("OPTIONS", Events.preflight(APP, "PUT")),
          Events.rest("OPTIONS", Events.preflight(EVIL, "PUT")),
          Events.v1("POST", "Origin: " + APP, "X-A: fail"),
          Events.v2("POST", "Origin: " + OTHER, "X-A: stream"),
          Events.v2("POST", "Origin: " + EVIL, "X-A: stream"));

  /** Responds in each of the ways that there are, by the event. */
  private static final RequestStreamHandler HANDLER =
      (input, output, context) -> {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (event.contains("fail")) {
          throw new IllegalStateException("test");
        }
        String response = "{\"statusCode\":200,\"headers\":{\"X-A\":\"" + event.length() + "\"}}";
        output.write(response.getBytes(StandardCharsets.UTF_8));
        if (event.contains("stream")) {
          output.write(new byte[8]);
          output.write(event.getBytes(StandardCharsets.UTF_8));
        }
      };

  static List<RequestStreamHandler> wrapped() {
    Cors cors = Cors.of(POLICY, Map.of());
    return List.of(
        cors.wrap(HANDLER), cors.respondBeforeTimeout(Duration.ofSeconds(1)).wrap(HANDLER));
  }

  private static List<String> alone() {
    return EVENTS.stream()
        .map(event -> HandlerResponse.by(Cors.of(POLICY, Map.of()).wrap(HANDLER), event).json())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("wrapped")
  void afterAnyRequestAnyOtherGetsTheResponseItWouldGetAlone(RequestStreamHandler wrapped) {
    List<String> alone = alone();
    assertThat(alone).doesNotHaveDuplicates();
    for (int first = 0; first < EVENTS.size(); first++) {
      for (int second = 0; second < EVENTS.size(); second++) {
        HandlerResponse.by(wrapped, EVENTS.get(first));

        assertThat(HandlerResponse.by(wrapped, EVENTS.get(second)).json())
            .isEqualTo(alone.get(second));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("wrapped")
  void threadsShareAHandler(RequestStreamHandler wrapped) throws Exception {
    int threads = 8;
    List<String> alone = alone();
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<String>>> responses = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int offset = i;
        responses.add(
            executor.submit(
                () -> {
                  together.await();
                  List<String> wrong = new ArrayList<>();
                  for (int j = 0; j < 300; j++) {
                    int event = (offset + j) % EVENTS.size();
                    String response = HandlerResponse.by(wrapped, EVENTS.get(event)).json();
                    if (!response.equals(alone.get(event))) {
                      wrong.add(response);
                    }
                  }
                  return wrong;
                }));
      }
      for (Future<List<String>> wrong : responses) {
        assertThat(wrong.get()).isEmpty();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static final String OFF =
      "{\"corsage\":\"off\",\"message\":\"CORS is left to the platform: Corsage responds to no"
          + " preflight and adds no header\"}\n";

  private static Cors owned(Map<String, String> environment) {
    return Cors.of(POLICY, environment)
        .respondBeforeTimeout(Duration.ofSeconds(1))
        .platformOwnsCors()
        .logAllowed()
        .metrics("Corsage");
  }

  /** In Lambda's JSON log format a logger would put the line into an object of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"Text", "JSON"})
  void thatThePlatformDoesItIsSaidOnce(String format) {
    Cors owned = owned(Map.of("AWS_LAMBDA_LOG_FORMAT", format));
    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> typed =
        (event, context) -> null;

    assertThat(RequestLogTest.printed(() -> owned.wrap(HANDLER))).isEqualTo(OFF);
    assertThat(RequestLogTest.printed(() -> owned.wrap(typed, EventTypes.HTTP_API))).isEqualTo(OFF);
  }

  /** Preflights, refused origins, failures, streams: all pass, and nothing is said. */
  @Test
  void whatThePlatformOwnsIsLeftToIt() {
    RequestStreamHandler owned = owned(Map.of()).wrap(HANDLER);
    String log =
        RequestLogTest.printed(
            () -> {
              for (String event : EVENTS) {
                if (event.contains("fail")) {
                  assertThatIllegalStateException()
                      .isThrownBy(() -> HandlerResponse.by(owned, event))
                      .withMessage("test");
                } else {
                  FakeContext late = new FakeContext(0);
                  assertThat(HandlerResponse.by(owned, event, late))
                      .isEqualTo(HandlerResponse.by(HANDLER, event, late))
                      .satisfies(responded -> assertThat(responded.log()).isEmpty());
                }
              }
            });
    assertThat(log).isEmpty();
  }

  @Test
  void aStreamThatThePlatformOwnsIsNotHeldBack() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> seen = new ArrayList<>();
    RequestStreamHandler slow =
        (input, output, context) -> {
          output.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
          seen.add(out.toString(StandardCharsets.UTF_8));
          output.write(new byte[8]);
          output.write('a');
        };
    InputStream event = new ByteArrayInputStream(EVENTS.get(0).getBytes(StandardCharsets.UTF_8));
    owned(Map.of()).wrap(slow).handleRequest(event, out, new FakeContext());

    assertThat(seen).containsExactly("{\"statusCode\":200}");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"statusCode\":200}" + "\0".repeat(8) + "a");
  }

  @Test
  void theResponseOfClassesThatThePlatformOwnsIsTheHandlers() {
    APIGatewayV2HTTPResponse response =
        APIGatewayV2HTTPResponse.builder()
            .withHeaders(Map.of("access-control-allow-origin", "*"))
            .build();
    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> owned =
        owned(Map.of()).wrap((event, context) -> response, EventTypes.HTTP_API);
    FakeContext context = new FakeContext(0);

    assertThat(owned.handleRequest(new APIGatewayV2HTTPEvent(), context)).isSameAs(response);
    assertThat(response.getHeaders()).containsOnly(Map.entry("access-control-allow-origin", "*"));
    assertThat(context.log()).isEmpty();
  }
}
