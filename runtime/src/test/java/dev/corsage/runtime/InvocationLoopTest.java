package dev.corsage.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler's responses and failures become. */
@Timeout(60)
class InvocationLoopTest {
  private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}";

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private static String event(String id) {
    return "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: "
        + id
        + "\r\nContent-Length: 2\r\n\r\n{}";
  }

  /** Runs until the Runtime API is gone. */
  private void run(FakeRuntimeApi api, RequestStreamHandler handler) {
    FunctionLog functionLog = FunctionLog.of(Map.of(), new PrintStream(log, true, UTF_8));
    InvocationLoop loop =
        new InvocationLoop(new RuntimeClient(api.address()), handler, functionLog, Map.of());
    assertThatIOException().isThrownBy(loop::run);
  }

  @Test
  void anInterruptEndsWithItsEvent() throws Exception {
    List<Boolean> interrupted = new ArrayList<>();
    try (FakeRuntimeApi api = new FakeRuntimeApi(event("1"), ACCEPTED, event("2"), ACCEPTED)) {
      run(
          api,
          (input, output, context) -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
          });
    }
    assertThat(interrupted).containsExactly(false, false);
  }

  @Test
  void aFailureIsReportedAndTheNextEventTaken() throws Exception {
    try (FakeRuntimeApi api = new FakeRuntimeApi(event("1"), ACCEPTED, event("2"), ACCEPTED)) {
      run(
          api,
          (input, output, context) -> {
            if (context.getAwsRequestId().equals("1")) {
              throw new IllegalStateException("no roses");
            }
            output.write("{\"roses\":1}".getBytes(UTF_8));
          });

      api.takeRequest();
      FakeRuntimeApi.Request error = api.takeRequest();
      assertThat(error.head())
          .startsWith("POST /2018-06-01/runtime/invocation/1/error ")
          .contains("Lambda-Runtime-Function-Error-Type: Runtime.UserException\n");
      assertThat(error.body())
          .startsWith(
              "{\"errorMessage\":\"no roses\","
                  + "\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[");
      api.takeRequest();
      FakeRuntimeApi.Request response = api.takeRequest();
      assertThat(response.head()).startsWith("POST /2018-06-01/runtime/invocation/2/response ");
      assertThat(response.body()).isEqualTo("{\"roses\":1}");
    }
    assertThat(log.toString(UTF_8)).startsWith("[ERROR] java.lang.IllegalStateException: no roses");
  }
}
