package dev.corsage.cdk.example;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stack says, in words that are the same whichever tool says it: the name of a fact and its
 * value. What it does not say is no fact.
 */
final class Facts {
  /** Set to other values than the defaults, so that each is seen to arrive. */
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          entry("AllowedOrigins", "https://app.example.com"),
          entry("AllowedMethods", "PATCH"),
          entry("AllowedHeaders", "x-one"),
          entry("ExposedHeaders", "x-two"),
          entry("AllowCredentials", "true"),
          entry("MaxAge", "60"),
          entry("Architecture", "x86_64"),
          entry("LogRetentionDays", "7"),
          entry("ReservedConcurrency", "25"),
          entry("PreflightRate", "50"),
          entry("PreflightBurst", "70"),
          entry("Operations", "true"),
          entry("AlarmTopic", "arn:aws:sns:eu-west-1:123456789012:alarms"),
          entry("RefusedLimit", "9"),
          entry("ErrorOrigin", "https://errors.example.com"));

  /** The parameters of {@code operations.yaml} that are not of the function itself. */
  static final List<String> ALARM_PARAMETERS =
      List.of("AlarmTopic", "RefusedLimit", "DurationLimit", "ReservedConcurrency");

  private final Map<String, String> facts = new TreeMap<>();

  /** Returns the parameters that every tool's stacks are made with, by their names in SAM. */
  static Map<String, String> parameters(boolean dynamoDb) {
    Map<String, String> parameters = new TreeMap<>(PARAMETERS);
    parameters.put("DynamoDb", Boolean.toString(dynamoDb));
    return parameters;
  }

  void add(String name, Object value) {
    if (value != null) {
      facts.put(name, String.valueOf(value));
    }
  }

  /** Adds to a fact that is a set. */
  void include(String name, String value) {
    facts.merge(name, value, (all, one) -> all.contains(one) ? all : sorted(all, one));
  }

  private static String sorted(String all, String one) {
    return all.compareTo(one) < 0 ? all + "; " + one : one + "; " + all;
  }

  Map<String, String> all() {
    return facts;
  }
}
