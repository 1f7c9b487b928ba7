package dev.corsage.lambda;

import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.store.Secrets;
import dev.corsage.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Says what the log has of decisions: one line of JSON for a request, and metrics.
 *
 * <p>The environment variable {@code CORSAGE_LOG} is {@code refused}, which is the default, or
 * {@code allowed}: then allowed CORS requests have a line, too. Requests that a store's last known
 * response allowed always have one. {@code CORSAGE_METRICS} is {@code true} or the namespace of the
 * metrics.
 *
 * <p>It writes nothing itself, and needs no class of AWS: the function and servers other than
 * Lambda write the same lines, each to its own log. Immutable.
 */
public final class DecisionLog {
  /** The names of the variables that are read. */
  static final List<String> VARIABLES = List.of("CORSAGE_LOG", "CORSAGE_METRICS");

  /** More than any method in use has; no standard bounds them. */
  private static final int MAX_METHOD_LENGTH = 128;

  private static final int MAX_DROPPED = 20;

  private static final String DEFAULT_NAMESPACE = "Corsage";

  private final boolean allowedToo;

  /** Of the metrics; null if there are none. */
  private final String namespace;

  private DecisionLog(boolean allowedToo, String namespace) {
    this.allowedToo = allowedToo;
    this.namespace = namespace;
  }

  /**
   * Returns the log that the environment asks for.
   *
   * @param environment variables by name; not null
   * @throws InvalidPolicyException if a variable has an unknown value, or a name that is nearly one
   *     of those above
   */
  public static DecisionLog of(Map<String, String> environment) {
    List<Problem> problems = problems(environment);
    if (!problems.isEmpty()) {
      throw new InvalidPolicyException(problems);
    }
    return read(environment);
  }

  private static DecisionLog read(Map<String, String> environment) {
    String metrics = value(environment, "CORSAGE_METRICS");
    return new DecisionLog(
        value(environment, "CORSAGE_LOG").equals("allowed"),
        metrics.isEmpty() || metrics.equals("false")
            ? null
            : metrics.equals("true") ? DEFAULT_NAMESPACE : metrics);
  }

  /**
   * Returns the log that the environment asks for, or the default if it is wrong: that is reported
   * with the policy.
   */
  static DecisionLog orDefault(Map<String, String> environment) {
    return read(problems(environment).isEmpty() ? environment : Map.of());
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
  DecisionLog withAllowed() {
    return new DecisionLog(true, namespace);
  }

  /**
   * Returns the same log with metrics.
   *
   * @throws IllegalArgumentException if the name is not one of a CloudWatch namespace
   */
  DecisionLog withMetrics(String name) {
    if (!isNamespace(name)) {
      throw new IllegalArgumentException(
          "This is not a namespace of CloudWatch: " + Secrets.masked(name));
    }
    return new DecisionLog(allowedToo, name);
  }

  /** Tells whether there are metrics, for which it has to be known how long a decision took. */
  public boolean takesTime() {
    return namespace != null;
  }

  /** Returns the namespace of the metrics, or null if there are none. */
  String namespace() {
    return namespace;
  }

  /**
   * Returns the line with the metrics of a decision, in CloudWatch's embedded metric format and
   * with its end; null if there is none. CloudWatch reads such lines from the standard output.
   *
   * @param nanos how long the decision took; of no meaning unless {@link #takesTime}
   */
  public String metrics(Decision decision, long nanos) {
    boolean counts = decision.kind() != Decision.Kind.NON_CORS || !decision.isAllowed();
    return namespace != null && counts
        ? MetricLine.write(namespace, decision, nanos, System.currentTimeMillis())
        : null;
  }

  /**
   * Returns the line about a decision: a JSON object of printable ASCII without a line end; null if
   * there is nothing to say.
   */
  public String line(HttpRequest request, Decision decision) {
    LogLine line = line(request, decision, decision.kind().toString());
    return line == null ? null : line.json();
  }

  /**
   * Returns the line about a decision, to which more can be added; null if there is nothing to say.
   *
   * @param kind of the request, as the line has it
   */
  LogLine line(HttpRequest request, Decision decision, String kind) {
    if (!decision.isAllowed()) {
      return line("refused", kind, request, decision);
    }
    boolean cors = decision.kind() != Decision.Kind.NON_CORS;
    return decision.storeFailure().isPresent() || (allowedToo && cors)
        ? line("allowed", kind, request, decision)
        : null;
  }

  private static LogLine line(String verdict, String kind, HttpRequest request, Decision decision) {
    boolean preflight = decision.kind() == Decision.Kind.PREFLIGHT;
    boolean header = decision.reason() == Decision.Reason.HEADER_NOT_ALLOWED;
    LogLine line = new LogLine(verdict);
    line.add("kind", kind);
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
    return line;
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? null : lines.size() == 1 ? lines.get(0) : String.join(", ", lines);
  }

  /**
   * Returns the line about headers of an application's response that were not sent: a JSON object
   * of printable ASCII without a line end.
   *
   * @param names of the headers, as the application wrote them; not null
   */
  public static String droppedHeaders(Collection<String> names) {
    return dropped(names).json();
  }

  static LogLine dropped(Collection<String> names) {
    List<String> shown = new ArrayList<>(names.stream().limit(MAX_DROPPED).toList());
    if (names.size() > MAX_DROPPED) {
      shown.add("and " + (names.size() - MAX_DROPPED) + " more");
    }
    String message =
        "headers of the response were dropped, because a name is not a token or a value has CR, LF"
            + " or NUL";
    return new LogLine("dropped").add("message", message).add("headers", shown);
  }
}
