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

  private static ErrorReport report(String message) {
    Throwable failure = new IllegalStateException(message);
    failure.setStackTrace(FRAMES);
    return new ErrorReport(failure, "Runtime.BadFunctionCode");
  }

  @Test
  void theBodyIsThatOfJavaFunctions() {
    assertThat(new String(report("no \"röse\"\n").body(), UTF_8))
        .isEqualTo(
            "{\"errorMessage\":\"no \\\"r\\u00f6se\\\"\\u000a\","
                + "\"errorType\":\"java.lang.IllegalStateException\","
                + "\"stackTrace\":[\"com.example.Orders.load(Orders.java:12)\","
                + "\"com.example.Orders.handleRequest(Native Method)\"]}");
  }

  @Test
  void theHeaderHasTheType() {
    assertThat(report("no").header())
        .isEqualTo("Lambda-Runtime-Function-Error-Type: Runtime.BadFunctionCode\r\n");
  }

  @Test
  void withoutAMessageItIsTheType() {
    assertThat(new String(report(null).body(), UTF_8))
        .startsWith("{\"errorMessage\":\"java.lang.IllegalStateException\",");
  }
}
