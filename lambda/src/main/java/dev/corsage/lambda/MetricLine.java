package dev.corsage.lambda;

import dev.corsage.Decision;
import dev.corsage.store.StoreException;

/**
 * One line of the log that CloudWatch turns into metrics (<a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>). It contains nothing of the request.
 */
final class MetricLine {
  private static final String COUNTS =
      "{\"Name\":\"Preflights\",\"Unit\":\"Count\"},"
          + "{\"Name\":\"Allowed\",\"Unit\":\"Count\"},"
          + "{\"Name\":\"Refused\",\"Unit\":\"Count\"},"
          + "{\"Name\":\"DecisionTime\",\"Unit\":\"Microseconds\"}";

  private MetricLine() {}

  /**
   * Returns the line that counts one occurrence.
   *
   * @param namespace of letters, digits and {@code ._/#:-}
   * @param name of the metric, of letters
   * @param now in milliseconds since 1970
   */
  static String count(String namespace, String name, long now) {
    return "{\"_aws\":{\"Timestamp\":"
        + now
        + ",\"CloudWatchMetrics\":[{\"Namespace\":\""
        + namespace
        + "\",\"Dimensions\":[[]],\"Metrics\":[{\"Name\":\""
        + name
        + "\",\"Unit\":\"Count\"}]}]},\""
        + name
        + "\":1}\n";
  }

  /**
   * Returns the line of one decision. A count is 1 or 0, so that an average is a rate.
   *
   * @param namespace of letters, digits and {@code ._/#:-}
   * @param nanos how long the decision took
   * @param now in milliseconds since 1970
   */
  static String write(String namespace, Decision decision, long nanos, long now) {
    boolean refused = !decision.isAllowed();
    StringBuilder json = new StringBuilder(512);
    json.append("{\"_aws\":{\"Timestamp\":").append(now);
    json.append(",\"CloudWatchMetrics\":[{\"Namespace\":\"").append(namespace);
    json.append("\",\"Dimensions\":[[]],\"Metrics\":[").append(COUNTS).append("]}");
    if (refused) {
      json.append(",{\"Namespace\":\"").append(namespace);
      json.append("\",\"Dimensions\":[[\"Reason\"]],\"Metrics\":[");
      json.append("{\"Name\":\"Refused\",\"Unit\":\"Count\"}]}");
    }
    StoreException failure = decision.storeFailure().orElse(null);
    if (failure != null) {
      json.append(",{\"Namespace\":\"").append(namespace);
      json.append("\",\"Dimensions\":[[],[\"StoreFailure\"]],\"Metrics\":[");
      json.append("{\"Name\":\"StoreFailures\",\"Unit\":\"Count\"}]}");
    }
    json.append("]},\"Preflights\":").append(decision.kind() == Decision.Kind.PREFLIGHT ? 1 : 0);
    json.append(",\"Allowed\":").append(refused ? 0 : 1);
    json.append(",\"Refused\":").append(refused ? 1 : 0);
    json.append(",\"DecisionTime\":").append(nanos / 1000).append('.');
    json.append(nanos / 100 % 10).append(nanos / 10 % 10).append(nanos % 10);
    if (refused) {
      json.append(",\"Reason\":\"").append(decision.reason()).append('"');
    }
    if (failure != null) {
      json.append(",\"StoreFailures\":1,\"StoreFailure\":\"").append(failure.kind()).append('"');
    }
    return json.append("}\n").toString();
  }
}
