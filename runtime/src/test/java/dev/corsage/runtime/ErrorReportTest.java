package dev.corsage.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorReportTest {
  private static final StackTraceElement[] FRAMES = {
    new StackTraceElement("com.example.Orders", "load", "Orders.java", 12),
    new StackTraceElement("com.example.Orders", "handleRequest", null, -2),
    new StackTraceElement("dev.corsage.runtime.InvocationLoop", "run", "InvocationLoop.java", 1),
  };

  private static Throwable failure(String message, Throwable cause) {
    Throwable failure = new IllegalStateException(message, cause);
    failure.setStackTrace(FRAMES);
    return failure;
  }

  @Test
  void theBodyIsThatOfJavaFunctions() {
    ErrorReport report = ErrorReport.of(failure("no \"rose\"\n", null), "x");
    assertThat(new String(report.body(), UTF_8))
        .isEqualTo(
            "{\"errorMessage\":\"no \\\"rose\\\"\\u000a\","
                + "\"errorType\":\"java.lang.IllegalStateException\","
                + "\"stackTrace\":[\"com.example.Orders.load(Orders.java:12)\","
                + "\"com.example.Orders.handleRequest(Native Method)\"]}");
  }

  @Test
  void theHeadersNameTypeAndCause() {
    Throwable failure = failure("no", failure("whý", null));
    assertThat(ErrorReport.of(failure, "Runtime.BadFunctionCode").headers().lines())
        .satisfiesExactly(
            type ->
                assertThat(type)
                    .isEqualTo("Lambda-Runtime-Function-Error-Type: Runtime.BadFunctionCode"),
            cause ->
                assertThat(cause)
                    .startsWith("Lambda-Runtime-Function-XRay-Error-Cause: {\"working_directory\":")
                    .contains(
                        "{\"message\":\"wh\\u00fd\",\"type\":\"java.lang.IllegalStateException\","
                            + "\"stack\":[{\"label\":\"load\",\"path\":\"Orders.java\",\"line\":12},")
                    .endsWith("\"paths\":[\"Orders.java\",\"com.example.Orders\"]}"));
  }

  @Test
  void aCauseTooLongForAHeaderIsLeftOut() {
    Throwable failure = failure("x".repeat(1024 * 1024), null);
    assertThat(ErrorReport.of(failure, "t").headers())
        .isEqualTo("Lambda-Runtime-Function-Error-Type: t\r\n");
  }

  @Test
  void aRingOfCausesEnds() {
    Throwable inner = new IllegalStateException("inner");
    Throwable outer = failure("outer", inner);
    inner.initCause(outer);
    assertThat(ErrorReport.of(outer, "t").headers()).contains("inner");
  }

  @Test
  void withoutAMessageTheTypeIsTold() {
    assertThat(new String(ErrorReport.of(failure(null, null), "t").body(), UTF_8))
        .startsWith("{\"errorMessage\":\"java.lang.IllegalStateException\",");
  }
}
