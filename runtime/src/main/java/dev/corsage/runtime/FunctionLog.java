package dev.corsage.runtime;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * The function's log, in the <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">format</a>
 * that the function is configured with: text as it is, or one JSON object a line.
 */
final class FunctionLog implements LambdaLogger {
  /** A chain of causes may be a ring. */
  private static final int MAX_CAUSES = 50;

  private final PrintStream out;
  private final boolean json;

  /** Null in the init. Volatile: the handler's other threads log, too. */
  private volatile String requestId;

  private FunctionLog(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  static FunctionLog of(Map<String, String> environment, PrintStream out) {
    return new FunctionLog(out, "JSON".equalsIgnoreCase(environment.get("AWS_LAMBDA_LOG_FORMAT")));
  }

  /**
   * Makes this the logger that handlers get without a context. The library offers no other way than
   * the private field that AWS's own client sets; its own logger writes text as it is.
   */
  void install() throws ReflectiveOperationException {
    if (json) {
      Field logger = LambdaRuntime.class.getDeclaredField("logger");
      logger.setAccessible(true);
      logger.set(null, this);
    }
  }

  /** Begins an event: the lines from now on belong to it. */
  void begin(String newRequestId) {
    requestId = newRequestId;
  }

  @Override
  public void log(String message) {
    write(json ? object(message, null) : String.valueOf(message));
  }

  @Override
  public void log(byte[] message) {
    out.write(message, 0, message.length);
    out.flush();
  }

  /** Logs what the function threw, with its causes. */
  void logFailure(Throwable failure) {
    StringBuilder text = new StringBuilder(1024);
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      text.append(i == 0 ? "" : "Caused by: ").append(cause).append('\n');
      for (StackTraceElement frame : ErrorReport.functionFrames(cause)) {
        text.append("\tat ").append(frame).append('\n');
      }
    }
    write(json ? object(text.toString(), "ERROR") : "[ERROR] " + text);
  }

  private void write(String line) {
    log(line.getBytes(StandardCharsets.UTF_8));
  }

  private String object(String message, String level) {
    StringBuilder line = new StringBuilder("{\"timestamp\":\"");
    line.append(Instant.ofEpochMilli(System.currentTimeMillis())).append('"');
    append(line, "message", message);
    append(line, "level", level);
    append(line, "AWSRequestId", requestId);
    return line.append("}\n").toString();
  }

  private static void append(StringBuilder line, String key, String value) {
    if (value != null) {
      line.append(",\"").append(key).append("\":");
      JsonText.append(line, value);
    }
  }
}
