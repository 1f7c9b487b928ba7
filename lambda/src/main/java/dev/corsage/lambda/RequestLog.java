package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import dev.corsage.Decision;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.store.Secrets;
import dev.corsage.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes what happened to requests: one line of JSON for a request in the log, and metrics.
 *
 * <p>The environment variable {@code CORSAGE_LOG} is {@code refused}, which is the default, or
 * {@code allowed}: then allowed CORS requests have a line, too. Requests that a store's last known
 * response allowed always have one. {@code CORSAGE_METRICS} is {@code true} or the namespace of the
 * metrics.
 *
 * <p>Immutable.
 */
record RequestLog(boolean allowedToo, String namespace, boolean jsonFormat, boolean isMuted) {
  /** The names of the variables that are read. */
  static final List<String> VARIABLES = List.of("CORSAGE_LOG", "CORSAGE_METRICS");

  /** Keeps a line far below the limit of a log event, 256 KB. */
  private static final int MAX_TRACE_LINES = 100;

  private static final int MAX_DROPPED = 20;

  /** More than any method in use has; no standard bounds them. */
  private static final int MAX_METHOD_LENGTH = 128;

  private static final String DEFAULT_NAMESPACE = "Corsage";

  /**
   * Returns the log that the environment asks for.
   *
   * @throws InvalidPolicyException if a variable has an unknown value, or a name that is nearly one
   *     of {@link #VARIABLES}
   */
  static RequestLog of(Map<String, String> environment) {
    List<Problem> problems = problems(environment);
    if (!problems.isEmpty()) {
      throw new InvalidPolicyException(problems);
    }
    String metrics = value(environment, "CORSAGE_METRICS");
    return new RequestLog(
        value(environment, "CORSAGE_LOG").equals("allowed"),
        metrics.isEmpty() || metrics.equals("false")
            ? null
            : metrics.equals("true") ? DEFAULT_NAMESPACE : metrics,
        value(environment, "AWS_LAMBDA_LOG_FORMAT").equalsIgnoreCase("JSON"),
        false);
  }

  /** Returns what is wrong with the variables of the log; empty if nothing is. */
  static List<Problem> problems(Map<String, String> environment) {
    List<Problem> problems = new ArrayList<>(Misspellings.find(environment, VARIABLES, null));
    String log = value(environment, "CORSAGE_LOG");
    if (!log.isEmpty() && !log.equals("refused") && !log.equals("allowed")) {
      problems.add(
          problem(
              "CORSAGE_LOG",
              log,
              "The value is neither refused nor allowed.",
              "Write refused or allowed."));
    }
    String metrics = value(environment, "CORSAGE_METRICS");
    if (!metrics.isEmpty() && !isNamespace(metrics)) {
      problems.add(
          problem(
              "CORSAGE_METRICS",
              metrics,
              "It is not the name of a CloudWatch namespace.",
              "Write true, false, or a name of letters, digits and . - _ / # : that begins neither"
                  + " with a colon nor with AWS/."));
    }
    return problems;
  }

  private static Problem problem(String variable, String value, String message, String fix) {
    return Problem.misplaced(variable, value)
        .or(() -> VariableSyntax.check(ConfigurationCode.FIELD_TYPE, variable, value))
        .orElseGet(() -> Problem.of(ConfigurationCode.FIELD_TYPE, variable, value, message, fix));
  }

  private static String value(Map<String, String> environment, String variable) {
    return environment.getOrDefault(variable, "").strip();
  }

  private static boolean isNamespace(String name) {
    return name.matches("[A-Za-z0-9._/#-][A-Za-z0-9._/#:-]{0,254}")
        && !name.startsWith("AWS/")
        && Problem.misplaced("CORSAGE_METRICS", name).isEmpty();
  }

  /** Returns the same log with lines for allowed requests. */
  RequestLog withAllowed() {
    return new RequestLog(true, namespace, jsonFormat, isMuted);
  }

  /**
   * Returns a log that makes the same lines and prints none of them: before a snapshot, requests
   * are only practice.
   */
  RequestLog muted() {
    return new RequestLog(allowedToo, namespace, jsonFormat, true);
  }

  /**
   * Returns the same log with metrics.
   *
   * @throws IllegalArgumentException if the name is not one of a CloudWatch namespace
   */
  RequestLog withMetrics(String name) {
    if (!isNamespace(name)) {
      throw new IllegalArgumentException(
          "This is not a namespace of CloudWatch: " + Secrets.masked(name));
    }
    return new RequestLog(allowedToo, name, jsonFormat, isMuted);
  }

  /** Tells whether {@link #decided} needs to know how long a decision took. */
  boolean takesTime() {
    return namespace != null;
  }

  /**
   * Writes down a decision, if there is anything to say about it.
   *
   * @param nanos how long it took; of no meaning unless {@link #takesTime}
   */
  void decided(ProxyRequest request, Decision decision, long nanos, Context context) {
    boolean cors = decision.kind() != Decision.Kind.NON_CORS;
    boolean allowed = decision.isAllowed();
    if (namespace != null && (cors || !allowed)) {
      // CloudWatch reads metrics from the standard output; a logger may wrap its lines.
      print(MetricLine.write(namespace, decision, nanos, System.currentTimeMillis()));
    }
    if (!allowed) {
      write(context, line("refused", decision, request, context));
    } else if (decision.storeFailure().isPresent() || (allowedToo && cors)) {
      write(context, line("allowed", decision, request, context));
    }
  }

  private static LogLine line(
      String verdict, Decision decision, ProxyRequest request, Context context) {
    boolean preflight = decision.kind() == Decision.Kind.PREFLIGHT;
    boolean header = decision.reason() == Decision.Reason.HEADER_NOT_ALLOWED;
    LogLine line = new LogLine(verdict);
    line.add(
        "kind", request.shape() == EventShape.WEBSOCKET ? "websocket" : decision.kind().toString());
    line.add("reason", decision.reason().toString());
    line.add("origin", joined(request.header("origin")));
    line.add(
        "method",
        preflight ? joined(request.header("access-control-request-method")) : request.method(),
        MAX_METHOD_LENGTH);
    line.add("header", header ? decision.value() : null);
    StoreException failure = decision.storeFailure().orElse(null);
    if (failure != null) {
      line.add("storeFailure", failure.kind().toString()).add("store", failure.getMessage());
    }
    return withIds(line, request, context);
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? null : lines.size() == 1 ? lines.get(0) : String.join(", ", lines);
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
    List<String> shown = new ArrayList<>(names.stream().limit(MAX_DROPPED).toList());
    if (names.size() > MAX_DROPPED) {
      shown.add("and " + (names.size() - MAX_DROPPED) + " more");
    }
    String message =
        "headers of the function's response were dropped, because a name is not a token or a value"
            + " has CR, LF or NUL";
    write(
        context,
        withIds(
            new LogLine("dropped").add("message", message).add("headers", shown),
            request,
            context));
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

  /** Counts, where there are metrics, that a newer policy could not be taken into force. */
  void countPolicyFailure() {
    if (namespace != null) {
      print(MetricLine.count(namespace, "PolicyFailures", System.currentTimeMillis()));
    }
  }

  /** Writes a line; the context is null if it is not about an event. */
  void write(Context context, LogLine line) {
    String text = line.toString();
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
