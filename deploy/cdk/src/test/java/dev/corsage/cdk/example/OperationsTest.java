package dev.corsage.cdk.example;

import static dev.corsage.cdk.example.Tree.list;
import static dev.corsage.cdk.example.Tree.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alarms and the dashboard of {@code deploy/operations.yaml}, and the page about them. */
@Tag("once")
class OperationsTest {
  /** The page's name of the function's own namespace. */
  private static final String OWN = "Corsage/corsage";

  /**
   * Those that are used here of <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">Lambda's
   * metrics</a>.
   */
  private static final Set<String> LAMBDA =
      Set.of("Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions");

  private static final Map<String, Object> TEMPLATE =
      Stacks.sam(Stacks.DEPLOY.resolve("operations.yaml"));
  private static final String PAGE = Stacks.read(Stacks.DEPLOY.resolve("../docs/operations.md"));

  private static CloudFormation template(Map<String, String> more) {
    Map<String, String> parameters =
        new HashMap<>(
            Map.of(
                "FunctionName", "corsage",
                "LogGroup", "/aws/lambda/corsage",
                "AlarmTopic", "",
                "RefusedLimit", "100",
                "DurationLimit", "5000",
                "ReservedConcurrency", "-1"));
    parameters.putAll(more);
    return new CloudFormation(TEMPLATE, parameters);
  }

  /** Namespaces and names, of the filters. */
  private static Set<String> counted(CloudFormation template) {
    Set<String> metrics = new TreeSet<>();
    for (Map<String, Object> filter : template.resources("AWS::Logs::MetricFilter").values()) {
      assertThat(filter).containsEntry("LogGroupName", "/aws/lambda/corsage");
      Object made = list(filter.get("MetricTransformations")).get(0);
      metrics.add(text(made, "MetricNamespace") + " " + text(made, "MetricName"));
    }
    LAMBDA.forEach(name -> metrics.add("AWS/Lambda " + name));
    return metrics;
  }

  private static List<String> names(CloudFormation template) {
    return template.resources("AWS::CloudWatch::Alarm").values().stream()
        .map(alarm -> text(alarm, "AlarmName").replace("corsage ", ""))
        .sorted()
        .toList();
  }

  @Test
  void everyAlarmIsOnAMetricThatThereIs() {
    CloudFormation template = template(Map.of("ReservedConcurrency", "25"));
    Map<String, Map<String, Object>> alarms = template.resources("AWS::CloudWatch::Alarm");
    assertThat(alarms).hasSize(9);
    alarms
        .values()
        .forEach(
            alarm -> {
              Object metric =
                  alarm.containsKey("Metrics")
                      ? Tree.at(list(alarm.get("Metrics")).get(1), "MetricStat", "Metric")
                      : alarm;
              assertThat(text(metric, "Namespace") + " " + text(metric, "MetricName"))
                  .isIn(counted(template));
              // Metrics of a filter without dimensions have none; Lambda's are the function's.
              assertThat(String.valueOf(Tree.at(metric, "Dimensions")))
                  .isEqualTo(
                      text(metric, "Namespace").equals(OWN)
                          ? "null"
                          : "[{Name=FunctionName, Value=corsage}]");
              assertThat(alarm).containsEntry("TreatMissingData", "notBreaching");
            });
  }

  @ParameterizedTest
  @CsvSource({"-1, 8", "0, 8", "25, 9"})
  void onlyAReservedConcurrencyHasAnAlarm(String reserved, int alarms) {
    CloudFormation template = template(Map.of("ReservedConcurrency", reserved));
    assertThat(names(template)).hasSize(alarms);
    assertThat(names(template).contains("concurrency")).isEqualTo(alarms == 9);
  }

  @ParameterizedTest
  @CsvSource({"'', null", "arn:aws:sns:x, [arn:aws:sns:x]"})
  void theTopicIsToldOfEveryAlarm(String topic, String actions) {
    assertThat(template(Map.of("AlarmTopic", topic)).resources("AWS::CloudWatch::Alarm").values())
        .allMatch(alarm -> String.valueOf(alarm.get("AlarmActions")).equals(actions));
  }

  @Test
  void theDashboardShowsMetricsThatThereAre() {
    CloudFormation template = template(Map.of());
    Map<String, Object> body =
        Tree.parse(
            text(
                template.resources("AWS::CloudWatch::Dashboard").values().iterator().next(),
                "DashboardBody"));
    Set<String> shown = new TreeSet<>();
    List<String> searches = new ArrayList<>();
    for (Object widget : list(body.get("widgets"))) {
      for (Object metric : list(Tree.at(widget, "properties", "metrics"))) {
        List<Object> parts = list(metric);
        if (parts.size() == 1) {
          searches.add(text(parts.get(0), "expression"));
        } else {
          shown.add(parts.get(0) + " " + parts.get(1));
        }
      }
    }
    assertThat(shown).hasSize(8).isSubsetOf(counted(template));
    assertThat(searches)
        .containsExactly(
            "SEARCH('{\"Corsage/corsage\",Reason} MetricName=\"RefusedByReason\"', 'Sum', 300)",
            "SEARCH('{\"Corsage/corsage\",Kind} MetricName=\"StoreFailuresByKind\"', 'Sum', 300)");
    assertThat(counted(template)).contains(OWN + " RefusedByReason", OWN + " StoreFailuresByKind");
  }

  @Test
  void everyAlarmIsOnThePageAndNoOther() {
    List<String> onThePage =
        java.util.regex.Pattern.compile("(?m)^\\| `([a-z ]+)` \\| [^|]+\\| [^|]+\\| [^|]+\\|$")
            .matcher(PAGE)
            .results()
            .map(row -> row.group(1))
            .sorted()
            .toList();
    assertThat(onThePage).isEqualTo(names(template(Map.of("ReservedConcurrency", "25"))));
  }

  @Test
  void everyParameterIsOnThePageWithItsDefault() {
    Tree.object(TEMPLATE.get("Parameters"))
        .forEach(
            (name, parameter) -> {
              String value = text(parameter, "Default");
              String shown =
                  value == null ? "required" : value.isEmpty() ? "none" : "`" + value + "`";
              if (!name.startsWith("Bootstrap")) {
                assertThat(PAGE).contains("| `" + name + "` | " + shown + " |");
              }
            });
  }
}
