package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsPolicy;
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

  /** Answers with what it was asked, in one of the ways that there are. */
  private static final RequestStreamHandler HANDLER =
      (input, output, context) -> {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (event.contains("fail")) {
          throw new IllegalStateException("test");
        }
        String answer = "{\"statusCode\":200,\"headers\":{\"X-A\":\"" + event.length() + "\"}}";
        output.write(answer.getBytes(StandardCharsets.UTF_8));
        if (event.contains("stream")) {
          output.write(new byte[8]);
          output.write(event.getBytes(StandardCharsets.UTF_8));
        }
      };

  static List<RequestStreamHandler> wrapped() {
    Cors cors = Cors.of(POLICY, Map.of());
    return List.of(
        cors.wrap(HANDLER), cors.answerBeforeTimeout(Duration.ofSeconds(1)).wrap(HANDLER));
  }

  private static List<String> alone() {
    return EVENTS.stream()
        .map(event -> Answered.by(Cors.of(POLICY, Map.of()).wrap(HANDLER), event).json())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("wrapped")
  void afterAnyRequestAnyOtherIsAnsweredAsIfItWereTheFirst(RequestStreamHandler wrapped) {
    List<String> alone = alone();
    assertThat(alone).doesNotHaveDuplicates();
    for (int first = 0; first < EVENTS.size(); first++) {
      for (int second = 0; second < EVENTS.size(); second++) {
        Answered.by(wrapped, EVENTS.get(first));

        assertThat(Answered.by(wrapped, EVENTS.get(second)).json()).isEqualTo(alone.get(second));
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
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int offset = i;
        answers.add(
            executor.submit(
                () -> {
                  together.await();
                  List<String> wrong = new ArrayList<>();
                  for (int j = 0; j < 300; j++) {
                    int event = (offset + j) % EVENTS.size();
                    String answer = Answered.by(wrapped, EVENTS.get(event)).json();
                    if (!answer.equals(alone.get(event))) {
                      wrong.add(answer);
                    }
                  }
                  return wrong;
                }));
      }
      for (Future<List<String>> wrong : answers) {
        assertThat(wrong.get()).isEmpty();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void whatThePlatformOwnsIsLeftToIt() {
    List<RequestStreamHandler> wrapped = new ArrayList<>();
    String log =
        RequestLogTest.printed(
            () ->
                wrapped.add(
                    Cors.of(POLICY, Map.of())
                        .answerBeforeTimeout(Duration.ofSeconds(1))
                        .platformOwnsCors()
                        .logAllowed()
                        .wrap(
                            Answered.with(
                                "{\"headers\":{\"access-control-allow-origin\":\"*\"}}"))));

    assertThat(log)
        .isEqualTo(
            "{\"corsage\":\"off\",\"message\":\"CORS is left to the platform: no preflight is"
                + " answered, no header is added\"}\n");
    for (String event : EVENTS) {
      Answered answered = Answered.by(wrapped.get(0), event, new FakeContext(0));

      assertThat(answered.json())
          .isEqualTo("{\"headers\":{\"access-control-allow-origin\":\"*\"}}");
      assertThat(answered.log()).isEmpty();
    }
  }
}
