package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.function.RuntimeApi.Invocation;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function that works: it asks for events and responds to them. */
@Timeout(60)
class RuntimeApiTest {
  private final RuntimeApi api = new RuntimeApi();
  private RuntimeClient function;

  @BeforeEach
  void open() throws IOException {
    api.open();
    function = new RuntimeClient(api);
  }

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private Invocation offer(String id, String event) {
    Invocation invocation =
        new Invocation(id, event.getBytes(UTF_8), 1_700_000_000_000L, new CompletableFuture<>());
    api.offer(invocation);
    return invocation;
  }

  @Test
  void nextWaitsForAnEvent() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> next = function.next();
    api.ready().get();
    assertThat(next).isNotDone();

    offer("1", "{\"rose\":1}");

    assertThat(next.get().body()).asString().isEqualTo("{\"rose\":1}");
  }

  @Test
  void anEventWaitsForNext() throws Exception {
    Invocation invocation = offer("1", "{\"rose\":1}");

    assertThat(api.ready()).isNotDone();
    assertThat(function.next().get().body()).asString().isEqualTo("{\"rose\":1}");
    assertThat(api.ready()).isCompleted();
    assertThat(invocation.response()).isNotDone();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type, application/json",
    "Lambda-Runtime-Aws-Request-Id, abc-1",
    "Lambda-Runtime-Deadline-Ms, 1700000000000",
    "Lambda-Runtime-Invoked-Function-Arn,"
        + " arn:aws:lambda:us-east-1:123456789012:function:corsage-local",
    "Lambda-Runtime-Trace-Id, Root=1-00000000-000000000000000000000000;Sampled=0"
  })
  void anEventComesWithHeaders(String name, String value) throws Exception {
    offer("abc-1", "{}");

    HttpResponse<byte[]> next = function.next().get();

    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(next.headers().allValues(name)).containsExactly(value);
  }

  @ParameterizedTest
  @CsvSource({"{\"statusCode\":200}", "no JSON", "''"})
  void aResponseArrivesAsItWasPosted(String response) throws Exception {
    Invocation invocation = offer("1", "{}");
    function.next().get();

    assertThat(function.post("invocation/1/response", response)).isEqualTo(202);
    assertThat(invocation.response().get().bytes()).asString().isEqualTo(response);
  }

  @Test
  void sixMegabytesGoBothWays() throws Exception {
    byte[] large = new byte[6 * 1024 * 1024];
    Arrays.fill(large, (byte) 0xfc);
    Invocation invocation = new Invocation("1", large, 0, new CompletableFuture<>());
    api.offer(invocation);

    assertThat(function.next().get().body()).isEqualTo(large);
    assertThat(function.post("invocation/1/response", large)).isEqualTo(202);
    assertThat(invocation.response().get().bytes()).isEqualTo(large);
  }

  /** Lambda takes 6 MB, or 200 MB of a streamed response. */
  @ParameterizedTest
  @CsvSource({
    "6291556, buffered,  202",
    "6291557, buffered,  413",
    "6291557, streaming, 202",
  })
  void largeResponsesAreRefused(int size, String mode, int status) throws Exception {
    Invocation invocation = offer("1", "{}");
    function.next().get();

    assertThat(
            function.post(
                "invocation/1/response",
                new byte[size],
                "Lambda-Runtime-Function-Response-Mode",
                mode))
        .isEqualTo(status);
    if (status == 202) {
      assertThat(invocation.response().get().bytes()).hasSize(size);
    } else {
      assertThat(invocation.response())
          .failsWithin(Duration.ZERO)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("exceeded maximum allowed payload size (6291556 bytes)");
    }
  }

  @Test
  void oneRoundFollowsTheOther() throws Exception {
    for (int round = 1; round <= 50; round++) {
      String id = "round-" + round;
      // A function asks for the next event before there is one, or after: both by turns.
      boolean early = round % 2 == 0;
      CompletableFuture<HttpResponse<byte[]>> next = early ? function.next() : null;
      Invocation invocation = offer(id, "event " + round);
      HttpResponse<byte[]> event = early ? next.get() : function.next().get();

      assertThat(event.headers().allValues("Lambda-Runtime-Aws-Request-Id")).containsExactly(id);
      assertThat(event.body()).asString().isEqualTo("event " + round);
      assertThat(function.post("invocation/" + id + "/response", "answer " + round)).isEqualTo(202);
      assertThat(invocation.response().get().bytes()).asString().isEqualTo("answer " + round);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          invocation/2/response,   400
          invocation/11/response,  400
          invocation//response,    400
          invocation/2/error,      400
          response,                400
          invocation/1/respond,    404
          invocation/1/,           404
          ../../2015-03-31/x,      400
          ../x,                    400
          """)
  void whatIsNoReportOfThisEventChangesNothing(String operation, int status) throws Exception {
    Invocation invocation = offer("1", "{}");
    function.next().get();

    assertThat(function.post(operation, "no answer")).isEqualTo(status);
    assertThat(invocation.response()).isNotDone();
    assertThat(function.post("invocation/1/response", "answer")).isEqualTo(202);
    assertThat(invocation.response().get().bytes()).asString().isEqualTo("answer");
  }

  @Test
  void onlyOneRequestWaitsForAnEvent() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> first = function.next();
    api.ready().get();

    assertThat(function.next().get().statusCode()).isEqualTo(403);
    assertThat(first).isNotDone();
    offer("1", "rose");
    assertThat(first.get().body()).asString().isEqualTo("rose");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whoWaitedAndLeftIsReplaced(boolean eventFirst) throws Exception {
    String[] address = api.address().split("[:/]", -1);
    try (Socket left = new Socket(address[0], Integer.parseInt(address[1]))) {
      String next = "GET /" + address[2] + "/2018-06-01/runtime/invocation/next HTTP/1.1";
      left.getOutputStream()
          .write(
              (next + "\r\nHost: " + address[0] + ":" + address[1] + "\r\n\r\n").getBytes(UTF_8));
      api.ready().get();
    }
    Invocation early = eventFirst ? offer("1", "rose") : null;
    CompletableFuture<HttpResponse<byte[]>> next = function.next();
    if (early == null) {
      offer("1", "rose");
    }
    assertThat(next.get().body()).asString().isEqualTo("rose");
    assertThat(function.post("invocation/1/response", "thorn")).isEqualTo(202);
  }

  @Test
  void anEventIsDeliveredOnce() throws Exception {
    Invocation invocation = offer("1", "{}");
    function.next().get();

    assertThat(function.next().get().statusCode()).isEqualTo(403);
    assertThat(function.post("invocation/1/response", "rose")).isEqualTo(202);
    assertThat(invocation.response().get().bytes()).asString().isEqualTo("rose");
  }

  @Test
  void anEventThatIsNotDeliveredHasNoResponse() throws Exception {
    Invocation invocation = offer("1", "{}");

    assertThat(function.post("invocation/1/response", "rose")).isEqualTo(400);
    assertThat(invocation.response()).isNotDone();
  }

  @ParameterizedTest
  @CsvSource({"response", "error"})
  void anEventHasOneResponse(String second) throws Exception {
    Invocation invocation = offer("1", "{}");
    function.next().get();

    assertThat(function.post("invocation/1/response", "rose")).isEqualTo(202);
    assertThat(function.post("invocation/1/" + second, "{}")).isEqualTo(403);
    assertThat(invocation.response().get().bytes()).asString().isEqualTo("rose");
  }

  @ParameterizedTest
  @CsvSource({"invocation/next", "invocation/next?a=b"})
  void nextIsAGet(String operation) throws Exception {
    int status = function.post(operation, "");

    assertThat(status).isEqualTo(405);
    assertThat(api.ready()).isNotDone();
  }

  @Test
  void theAddressIsAsHardToGuessAsAKey() throws Exception {
    try (RuntimeApi other = new RuntimeApi()) {
      other.open();
      String secret = api.address().replaceFirst("127\\.0\\.0\\.1:[0-9]+/", "");

      assertThat(secret).matches("[0-9a-f]{32}");
      assertThat(other.address()).doesNotEndWith(secret);
      assertThat(api.withoutSecret("at http://" + api.address() + "/x"))
          .matches("at http://127\\.0\\.0\\.1:[0-9]+/\\*\\*\\*/x");
    }
  }

  @Test
  void closedItServesNobody() throws Exception {
    api.close();

    assertThat(function.next())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(ConnectException.class);
  }

  @Test
  void aResponseToNothingIsRefused() throws Exception {
    assertThat(function.post("invocation/1/response", "answer")).isEqualTo(400);
  }

  @Test
  void theResponseToAnEarlierEventIsRefused() throws Exception {
    offer("1", "{}");
    function.next().get();
    function.post("invocation/1/response", "answer");
    Invocation second = offer("2", "{}");

    assertThat(function.post("invocation/1/response", "late")).isEqualTo(400);
    assertThat(second.response()).isNotDone();
  }
}
