package dev.corsage.cdk.example;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a stack says, in words that are the same whichever tool says it: the name of a fact and its
 * value. What it does not say is no fact.
 */
final class Facts {
  /** Set to other values than the defaults, so that each is seen to arrive. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "AllowedOrigins", "https://app.example.com",
          "AllowedMethods", "PATCH",
          "AllowedHeaders", "x-one",
          "ExposedHeaders", "x-two",
          "AllowCredentials", "true",
          "MaxAge", "60",
          "Architecture", "x86_64",
          "LogRetentionDays", "7",
          "ErrorOrigin", "https://errors.example.com");

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
