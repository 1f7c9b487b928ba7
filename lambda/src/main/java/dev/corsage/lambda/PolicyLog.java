package dev.corsage.lambda;

import dev.corsage.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes to the log what happens to the policy, apart from requests: that it does not build, and
 * the changes of a document that is kept elsewhere.
 *
 * @param namespace of the metrics, or null if there are none
 * @param lines takes lines, each with its end
 */
record PolicyLog(String namespace, Consumer<String> lines) {
  /** With the length of each bounded, all of them stay within the limit of a log event, 256 KB. */
  private static final int MAX_PROBLEMS = 50;

  /** Returns the log that the environment asks for, or the default if it is wrong. */
  static PolicyLog of(Map<String, String> environment, Consumer<String> lines) {
    return new PolicyLog(DecisionLog.orDefault(environment).namespace(), lines);
  }

  /** The configuration does not build, so the function does not start. */
  void invalid(List<Problem> problems) {
    String message = "The CORS policy does not build, and the function does not start.";
    write(new LogLine("invalid").add("message", message).addLong("problems", lines(problems)));
  }

  /** Another policy is in force now. */
  void replaced(PolicyLocation reference, List<Problem> warnings) {
    LogLine line = line(reference, "Another policy document is in force now.");
    write(warnings.isEmpty() ? line : line.add("warnings", lines(warnings)));
  }

  /** A document came that does not build. */
  void refused(PolicyLocation reference, List<Problem> problems) {
    String message = "The policy document does not build; the one before stays in force.";
    failed(line(reference, message).addLong("problems", lines(problems)));
  }

  /** No document came. */
  void unreadable(PolicyLocation reference, String kind, String why) {
    String message = "The policy document cannot be read; the one before stays in force.";
    failed(line(reference, message).add("kind", kind).addLong("why", List.of(why)));
  }

  private void failed(LogLine line) {
    write(line);
    if (namespace != null) {
      // CloudWatch reads metrics from the standard output; a logger may wrap its lines.
      System.out.print(MetricLine.count(namespace, "PolicyFailures", System.currentTimeMillis()));
    }
  }

  private void write(LogLine line) {
    lines.accept(line.toString());
  }

  private static LogLine line(PolicyLocation reference, String message) {
    return new LogLine("policy").add("message", message).add("document", reference.toString());
  }

  private static List<String> lines(List<Problem> problems) {
    List<String> lines = new ArrayList<>();
    for (Problem problem : problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS))) {
      lines.add(problem.toString());
    }
    if (problems.size() > MAX_PROBLEMS) {
      lines.add("and " + (problems.size() - MAX_PROBLEMS) + " more");
    }
    return lines;
  }
}
