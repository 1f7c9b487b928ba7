package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import dev.corsage.Decision;
import dev.corsage.InvalidPolicyException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;

/**
 * Writes what happened to requests, as {@link DecisionLog} says it, to the log of Lambda.
 *
 * <p>Immutable.
 */
record RequestLog(DecisionLog decisions, boolean jsonFormat, boolean isMuted) {
  /** Keeps a line far below the limit of a log event, 256 KB. */
  private static final int MAX_TRACE_LINES = 100;

  /**
   * Returns the log that the environment asks for.
   *
   * @throws InvalidPolicyException as {@link DecisionLog#of} does
   */
  static RequestLog of(Map<String, String> environment) {
    return of(DecisionLog.of(environment), environment);
  }

  /** Returns the log that the environment asks for, or the default if it is wrong. */
  static RequestLog orDefault(Map<String, String> environment) {
    return of(DecisionLog.orDefault(environment), environment);
  }

  private static RequestLog of(DecisionLog decisions, Map<String, String> environment) {
    String format = environment.getOrDefault("AWS_LAMBDA_LOG_FORMAT", "").strip();
    return new RequestLog(decisions, format.equalsIgnoreCase("JSON"), false);
  }

  /** Returns the same log with lines for allowed requests. */
  RequestLog withAllowed() {
    return new RequestLog(decisions.withAllowed(), jsonFormat, isMuted);
  }

  /**
   * Returns a log that makes the same lines and prints none of them: before a snapshot, requests
   * are only practice.
   */
  RequestLog muted() {
    return new RequestLog(decisions, jsonFormat, true);
  }

  /**
   * Returns the same log with metrics.
   *
   * @throws IllegalArgumentException if the name is not one of a CloudWatch namespace
   */
  RequestLog withMetrics(String name) {
    return new RequestLog(decisions.withMetrics(name), jsonFormat, isMuted);
  }

  /** Tells whether {@link #decided} needs to know how long a decision took. */
  boolean takesTime() {
    return decisions.takesTime();
  }

  /**
   * Writes down a decision, if there is anything to say about it.
   *
   * @param nanos how long it took; of no meaning unless {@link #takesTime}
   */
  void decided(ProxyRequest request, Decision decision, long nanos, Context context) {
    String metrics = decisions.metrics(decision, nanos);
    if (metrics != null) {
      // CloudWatch reads metrics from the standard output; a logger may wrap its lines.
      print(metrics);
    }
    boolean webSocket = request.shape() == EventShape.WEBSOCKET;
    String kind = webSocket ? "websocket" : decision.kind().toString();
    LogLine line = decisions.line(request, decision, kind);
    if (line != null) {
      write(context, withIds(line, request, context));
    }
  }

  private static LogLine withIds(LogLine line, ProxyRequest request, Context context) {
    line.add("requestId", request.requestId());
    return line.add("awsRequestId", context == null ? null : context.getAwsRequestId());
  }

  /** Writes down that CORS is left to the platform. */
  void off() {
    String message =
        "CORS is left to the platform: Corsage responds to no preflight and adds no header";
    write(null, new LogLine("off").add("message", message));
  }

  /** Writes down that headers of the wrapped function's response were not sent. */
  void dropped(ProxyRequest request, Context context, Collection<String> names) {
    write(context, withIds(DecisionLog.dropped(names), request, context));
  }

  /** Writes down that the wrapped function did not respond. */
  void failed(ProxyRequest request, Context context, String what) {
    write(context, withIds(new LogLine("failed").add("message", what), request, context));
  }

  /** Writes down that the wrapped function failed; the trace may quote the request. */
  void failed(ProxyRequest request, Context context, String what, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    LogLine line = withIds(new LogLine("failed").add("message", what), request, context);
    line.add(
        "stackTrace", trace.toString().lines().map(String::strip).limit(MAX_TRACE_LINES).toList());
    write(context, line);
  }

  /** Writes a line; the context is null if it is not about an event. */
  private void write(Context context, LogLine line) {
    write(context, line.toString());
  }

  /** Writes a line that is not about an event, with its end. */
  void write(String line) {
    write(null, line);
  }

  private void write(Context context, String text) {
    LambdaLogger logger = context == null ? null : context.getLogger();
    if (jsonFormat || isMuted) {
      // The logger would make it a string in an object of its own.
      print(text);
    } else if (logger == null) {
      LambdaRuntime.getLogger().log(text);
    } else {
      logger.log(text);
    }
  }

  private void print(String line) {
    if (!isMuted) {
      System.out.print(line);
    }
  }
}
