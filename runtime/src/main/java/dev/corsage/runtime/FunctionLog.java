package dev.corsage.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * The function's log, in the <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html">format
 * and level</a> that the function is configured with: text as it comes, or one JSON object a line.
 */
final class FunctionLog implements LambdaLogger {
  private final PrintStream out;
  private final boolean json;
  private final LogLevel level;

  /** Volatile: the handler's other threads log, too. */
  private volatile Context context;

  private FunctionLog(PrintStream out, boolean json, LogLevel level) {
    this.out = out;
    this.json = json;
    this.level = level;
  }

  static FunctionLog of(Map<String, String> environment, PrintStream out) {
    return new FunctionLog(
        out,
        "JSON".equalsIgnoreCase(environment.get("AWS_LAMBDA_LOG_FORMAT")),
        level(environment.get("AWS_LAMBDA_LOG_LEVEL")));
  }

  private static LogLevel level(String name) {
    for (LogLevel level : LogLevel.values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return level;
      }
    }
    return LogLevel.UNDEFINED;
  }

  /**
   * Makes this the logger that handlers find without a context. The library has no other way to say
   * so than the private field that AWS's own client sets; text without levels is what its logger
   * writes anyway.
   */
  void install() throws ReflectiveOperationException {
    if (json || level != LogLevel.UNDEFINED) {
      Field logger = LambdaRuntime.class.getDeclaredField("logger");
      logger.setAccessible(true);
      logger.set(null, this);
    }
  }

  /** Says which event the lines from now on belong to. */
  void begin(Context current) {
    context = current;
  }

  /** Logs what the function threw. */
  void logFailure(Throwable failure) {
    log(FailureText.of(failure), LogLevel.ERROR);
  }

  @Override
  public void log(String message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(String message, LogLevel lineLevel) {
    if (isEnabled(lineLevel)) {
      write(
          (json ? object(message, lineLevel) : text(message, lineLevel))
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void log(byte[] message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(byte[] message, LogLevel lineLevel) {
    if (isEnabled(lineLevel)) {
      write(message == null ? "null".getBytes(StandardCharsets.UTF_8) : message);
    }
  }

  private boolean isEnabled(LogLevel lineLevel) {
    return lineLevel == LogLevel.UNDEFINED || lineLevel.compareTo(level) >= 0;
  }

  private void write(byte[] line) {
    out.write(line, 0, line.length);
    out.flush();
  }

  private static String text(String message, LogLevel lineLevel) {
    return lineLevel == LogLevel.UNDEFINED
        ? String.valueOf(message)
        : "[" + lineLevel + "] " + message;
  }

  private String object(String message, LogLevel lineLevel) {
    StringBuilder line = new StringBuilder("{\"timestamp\":\"");
    line.append(Instant.ofEpochMilli(System.currentTimeMillis())).append('"');
    append(line, "message", message);
    if (lineLevel != LogLevel.UNDEFINED) {
      append(line, "level", lineLevel.name());
    }
    Context current = context;
    if (current != null) {
      append(line, "AWSRequestId", current.getAwsRequestId());
      if (current.getTenantId() != null) {
        append(line, "tenantId", current.getTenantId());
      }
    }
    return line.append("}\n").toString();
  }

  private static void append(StringBuilder line, String key, String value) {
    line.append(",\"").append(key).append("\":");
    JsonText.append(line, value);
  }
}
