package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.function.RuntimeApi.Invocation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A function that fails: it says so, or it is gone. */
@Timeout(60)
class RuntimeApiErrorTest {
  private static final String REPORTS =
      """
      {"errorMessage":"wilted","errorType":"E"}                   | wilted
      {"errorType":"E","stackTrace":["a",{}],"errorMessage":"wilted"} | wilted
      {"cause":{"errorMessage":"inner"},"errorMessage":"wilted"}  | wilted
      {"errorMessage":"über \\"rose\\""}                          | über "rose"
      {"errorMessage":""}                                         | ''
      {"errorMessage":null,"errorType":"E"}                       | {"errorMessage":null,"errorType":"E"}
      {"errorType":"E"}                                           | {"errorType":"E"}
      {"cause":{"errorMessage":"inner"}}                          | {"cause":{"errorMessage":"inner"}}
      wilted                                                      | wilted
      {"errorMessage":                                            | {"errorMessage":
      ["wilted"]                                                  | ["wilted"]
      "wilted"                                                    | "wilted"
      ''                                                          | ''
      """;

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

  private Invocation offer() {
    Invocation invocation = new Invocation("1", "{}".getBytes(UTF_8), 0, new CompletableFuture<>());
    api.offer(invocation);
    return invocation;
  }

  private static void assertFailed(
      CompletableFuture<?> future, FunctionException.Cause reason, String message) {
    assertThat(future)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            FunctionException.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
        .withMessage(message);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(delimiter = '|', textBlock = REPORTS)
  void anErrorFailsItsEvent(String report, String message) throws Exception {
    Invocation invocation = offer();
    function.next().get();

    assertThat(function.post("invocation/1/error", report)).isEqualTo(202);
    assertFailed(invocation.response(), FunctionException.Cause.ERROR, message);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(delimiter = '|', textBlock = REPORTS)
  void anErrorOfTheInitFailsTheStart(String report, String message) throws Exception {
    assertThat(function.post("init/error", report)).isEqualTo(202);
    assertFailed(api.ready(), FunctionException.Cause.INIT, message);
  }

  /** A client that cannot connect says where to. */
  @Test
  void anErrorDoesNotTellTheSecret() throws Exception {
    String secret = api.address().replaceFirst(".*/", "");
    Invocation invocation = offer();
    function.next().get();

    function.post("invocation/1/error", "no response from http://" + api.address());

    assertThat(invocation.response())
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("no response from")
        .withMessageNotContaining(secret);
  }

  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // The test asks for no event.
  void anInitEndsOnce() throws Exception {
    CompletableFuture<?> next = function.next();
    api.ready().get();

    assertThat(function.post("init/error", "{}")).isEqualTo(403);
    assertThat(next).isNotDone();
    assertThat(api.ready()).isCompletedWithValue(null);
  }

  @Test
  void aResponseThatFailsWhileItIsSentIsAnError() throws Exception {
    Invocation invocation = offer();
    function.next().get();

    int status =
        function.post(
            "invocation/1/response", "{", "Lambda-Runtime-Function-Error-Type", "Runtime.Cut");

    assertThat(status).isEqualTo(202);
    assertFailed(invocation.response(), FunctionException.Cause.ERROR, "Runtime.Cut");
  }

  @Test
  void afterAnErrorTheNextEventIsServed() throws Exception {
    offer();
    function.next().get();
    function.post("invocation/1/error", "{\"errorMessage\":\"wilted\"}");
    Invocation second = new Invocation("2", "{}".getBytes(UTF_8), 0, new CompletableFuture<>());
    api.offer(second);
    function.next().get();

    assertThat(function.post("invocation/2/response", "rose")).isEqualTo(202);
    assertThat(second.response().get().bytes()).asString().isEqualTo("rose");
  }

  @Test
  void aProcessThatEndsFailsTheEventItHas() throws Exception {
    Invocation invocation = offer();
    function.next().get();

    api.processEnded(137);

    assertFailed(
        invocation.response(), FunctionException.Cause.DIED, "The process ended with status 137.");
  }

  @Test
  void aProcessThatEndsFailsTheEventThatWaits() {
    Invocation invocation = offer();

    api.processEnded(1);

    assertFailed(
        invocation.response(), FunctionException.Cause.DIED, "The process ended with status 1.");
  }

  @Test
  void aProcessThatHasEndedFailsEveryEvent() throws Exception {
    CompletableFuture<?> next = function.next();
    api.ready().get();
    api.processEnded(0);
    assertThat(next).isNotDone();

    assertFailed(
        offer().response(), FunctionException.Cause.DIED, "The process ended with status 0.");
  }

  @Test
  void aProcessThatEndsBeforeItIsReadyFailsTheStart() {
    api.processEnded(1);

    assertFailed(api.ready(), FunctionException.Cause.INIT, "The process ended with status 1.");
  }

  @Test
  void aProcessThatEndsKeepsWhatItReported() throws Exception {
    function.post("init/error", "{\"errorMessage\":\"wilted\"}");
    api.processEnded(1);

    assertFailed(api.ready(), FunctionException.Cause.INIT, "wilted");
  }

  @Test
  void aProcessThatEndsKeepsItsResponse() throws Exception {
    Invocation invocation = offer();
    function.next().get();
    function.post("invocation/1/response", "rose");

    api.processEnded(1);

    assertThat(invocation.response().get().bytes()).asString().isEqualTo("rose");
    assertThat(api.ready()).isCompleted();
  }
}
