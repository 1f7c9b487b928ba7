package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.DecisionOf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The response shortly before the function's deadline. The time is what the context says. */
@Timeout(60) // A latch that nobody opens should fail, not hang.
class CorsTimeoutTest {
  private static final int MARGIN = 500;
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().origins(APP).credentials(true).build();
  private static final Cors CORS =
      Cors.of(POLICY, Map.of()).respondBeforeTimeout(Duration.ofMillis(MARGIN));
  private static final String GET = Events.v2("GET", "Origin: " + APP);
  private static final String TIMEOUT =
      "{\"statusCode\":504,\"headers\":{\"Access-Control-Allow-Origin\":\"https://app.example.com\","
          + "\"Access-Control-Allow-Credentials\":\"true\",\"Vary\":\"Origin\","
          + "\"Content-Type\":\"application/json\"},"
          + "\"body\":\"{\\\"message\\\":\\\"Gateway Timeout\\\"}\",\"isBase64Encoded\":false}";

  /**
   * A context whose time is over soon. Whether the handler has begun by then is left open: nothing
   * that is asserted depends on it.
   */
  private static FakeContext almostOver() {
    return new FakeContext(MARGIN + 50);
  }

  /** Blocks until it is interrupted. */
  private static void block(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write('{');
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      output.write(bytes("late"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MARGIN, MARGIN - 1, 0, -1})
  void withoutTimeTheHandlerIsNotEvenBegun(int remaining) {
    HandlerResponse responded =
        HandlerResponse.by(
            CORS.wrap(
                (input, output, context) -> {
                  throw new AssertionError("it ran");
                }),
            GET,
            new FakeContext(remaining));

    assertThat(responded.json()).isEqualTo(TIMEOUT);
    assertThat(responded.log())
        .isEqualTo(
            "{\"corsage\":\"failed\",\"message\":\"the function took too long\",\"awsRequestId\":\""
                + FakeContext.REQUEST_ID
                + "\"}\n");
  }

  @Test
  void aLateHandlerWritesToNobody() {
    assertThat(HandlerResponse.by(CORS.wrap(CorsTimeoutTest::block), GET, almostOver()).json())
        .isEqualTo(TIMEOUT);
  }

  @Test
  void aLateHandlerIsInterrupted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    HandlerExchange<Void> handler =
        new TestCall(
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException expected) {
                interrupted.countDown();
              }
            },
            () -> {
              awaitWithoutHearing(begun);
              return true;
            });

    assertThatThrownBy(() -> TimeLimit.run(handler, almostOver(), MARGIN))
        .isInstanceOf(TimeLimit.TooLateException.class);
    interrupted.await();
  }

  /** Work that can be interrupted. */
  private interface Work {
    void run() throws InterruptedException;
  }

  private record TestCall(Work work, BooleanSupplier mayGiveUp) implements HandlerExchange<Void> {
    @Override
    public void call(Context context) throws IOException {
      try {
        work.run();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
    }

    @Override
    public boolean giveUp() {
      return mayGiveUp.getAsBoolean();
    }

    @Override
    public ProxyRequest request() {
      throw notPart();
    }

    @Override
    public Void pass(Context context) {
      throw notPart();
    }

    @Override
    public Void send(OwnResponse response) {
      throw notPart();
    }

    @Override
    public void begin(Decision decision, Consumer<Collection<String>> dropped) {
      throw notPart();
    }

    @Override
    public Void finish() {
      throw notPart();
    }

    private static AssertionError notPart() {
      return new AssertionError("not part of the time limit");
    }
  }

  /** What is late of one request must not come into the response of the next. */
  @Test
  void theNextRequestGetsItsResponseWhileTheLateHandlerStillRuns() throws InterruptedException {
    CountDownLatch deaf = new CountDownLatch(1);
    AtomicReference<Thread> late = new AtomicReference<>();
    RequestStreamHandler handler =
        (input, output, context) -> {
          String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
          if (event.contains("slow")) {
            late.set(Thread.currentThread());
            awaitWithoutHearing(deaf);
            output.write(bytes("{\"statusCode\":418}"));
          }
          output.write(bytes("{\"statusCode\":200}"));
        };
    RequestStreamHandler wrapped = CORS.wrap(handler);

    assertThat(HandlerResponse.by(wrapped, Events.v2("GET", "X-A: slow"), almostOver()).status())
        .isEqualTo(504);
    String fast = HandlerResponse.by(wrapped, GET).json();
    deaf.countDown();
    if (late.get() != null) {
      late.get().join();
    }

    assertThat(fast)
        .isEqualTo(
            "{\"statusCode\":200,\"headers\":{\"Access-Control-Allow-Origin\":\""
                + APP
                + "\",\"Access-Control-Allow-Credentials\":\"true\",\"Vary\":\"Origin\"}}");
    assertThat(HandlerResponse.by(wrapped, GET).json()).isEqualTo(fast);
  }

  private static void awaitWithoutHearing(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException ignored) {
        // Handlers do this.
      }
    }
  }

  static List<RequestStreamHandler> responses() {
    return List.of(
        HandlerResponse.with("{\"statusCode\":200,\"headers\":{\"a\":\"b\"}}"),
        HandlerResponse.with("{\"statusCode\":404}"),
        HandlerResponse.with("{\"any\":1}"),
        HandlerResponse.with("no JSON"),
        HandlerResponse.with("{\"statusCode\":200}\0\0\0\0\0\0\0\0body"),
        (input, output, context) -> {
          throw new IOException("secret");
        },
        (input, output, context) -> {
          throw new AssertionError("secret");
        });
  }

  @ParameterizedTest
  @MethodSource("responses")
  void inTimeEverythingIsAsWithoutALimit(RequestStreamHandler handler) {
    assertThat(HandlerResponse.by(CORS.wrap(handler), GET).json())
        .isEqualTo(HandlerResponse.by(Cors.of(POLICY, Map.of()).wrap(handler), GET).json());
  }

  @Test
  void outOfMemoryIsNotHidden() {
    RequestStreamHandler handler =
        (input, output, context) -> {
          throw new OutOfMemoryError("test");
        };

    assertThatThrownBy(() -> HandlerResponse.by(CORS.wrap(handler), GET))
        .isInstanceOf(OutOfMemoryError.class);
  }

  /** What has begun cannot be taken back; it may still be whole before the deadline. */
  @Test
  void whatMayNotBeGivenUpGoesOn() throws Throwable {
    CountDownLatch asked = new CountDownLatch(1);
    AtomicBoolean whole = new AtomicBoolean();
    TimeLimit.run(
        new TestCall(
            () -> {
              asked.await();
              whole.set(true);
            },
            () -> {
              asked.countDown();
              return false;
            }),
        almostOver(),
        MARGIN);

    assertThat(whole).isTrue();
  }

  @Test
  void aResponseMayBeGivenUpUntilItsStreamHasBegun() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ResponseStream kept =
        new ResponseStream(
            output, EventShape.API_GATEWAY_V2, DecisionOf.headers(Map.of()), names -> {});
    kept.write(bytes("{\"statusCode\":200}"));

    assertThat(kept.giveUp()).isTrue();
    assertThatIOException().isThrownBy(() -> kept.write(0));
    assertThat(output.size()).isZero();

    ResponseStream begun =
        new ResponseStream(
            output, EventShape.API_GATEWAY_V2, DecisionOf.headers(Map.of()), names -> {});
    begun.write(bytes("{\"statusCode\":200}\0"));

    assertThat(begun.giveUp()).isFalse();
    begun.write(bytes("a"));
    assertThat(output).hasToString("{\"statusCode\":200,\"headers\":{}}\0a");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theHandlerFindsTheClassLoaderOfTheCaller() {
    ClassLoader own = new ClassLoader(getClass().getClassLoader()) {};
    AtomicReference<ClassLoader> found = new AtomicReference<>();
    RequestStreamHandler handler =
        CORS.wrap(
            (input, output, context) -> {
              found.set(Thread.currentThread().getContextClassLoader());
              output.write(bytes("{\"statusCode\":200}"));
            });
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(own);
    try {
      HandlerResponse.by(handler, GET);
      assertThat(thread.getContextClassLoader()).isSameAs(own);
    } finally {
      thread.setContextClassLoader(before);
    }

    assertThat(found.get()).isSameAs(own);
  }

  @Test
  void preflightsNeedNoTime() {
    RequestStreamHandler wrapped = CORS.wrap(CorsTimeoutTest::block);

    assertThat(
            HandlerResponse.by(
                    wrapped, Events.v2("OPTIONS", Events.preflight(APP, "GET")), new FakeContext(0))
                .status())
        .isEqualTo(204);
    assertThat(
            HandlerResponse.by(
                    wrapped,
                    Events.v2("OPTIONS", Events.preflight(EVIL, "GET")),
                    new FakeContext(0))
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0001S"})
  void aDurationBelowOneMillisecondIsRefused(String duration) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cors.of(POLICY, Map.of()).respondBeforeTimeout(Duration.parse(duration)));
  }
}
