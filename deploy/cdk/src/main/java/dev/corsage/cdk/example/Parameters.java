package dev.corsage.cdk.example;

import dev.corsage.cdk.AllowListTable;
import dev.corsage.cdk.CorsageFunction;
import dev.corsage.cdk.CorsagePolicy;
import dev.corsage.cdk.CorsagePreflight;
import dev.corsage.cdk.FunctionSettings;
import java.nio.file.Path;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;

/**
 * What the stacks have in common.
 *
 * @param operations null for neither alarms nor a dashboard
 */
record Parameters(
    CorsagePolicy policy,
    String architecture,
    int logRetentionDays,
    boolean dynamoDb,
    int reservedConcurrency,
    Rate preflights,
    Operations operations,
    Path dist) {

  /** How many preflights an API takes. */
  record Rate(int perSecond, int burst) {}

  /**
   * Alarms and a dashboard.
   *
   * @param topic the ARN of an SNS topic that is told of alarms; empty for none
   * @param refusedLimit how many refused requests in five minutes are an alarm
   */
  record Operations(String topic, int refusedLimit) {
    void addTo(CorsageFunction function) {
      ITopic told = topic.isEmpty() ? null : Topic.fromTopicArn(function, "AlarmTopic", topic);
      function.addOperations(told, refusedLimit);
    }
  }

  /** Returns the settings of a stack's functions, with a table of the stack's if there is to be. */
  FunctionSettings settings(Stack stack) {
    FunctionSettings settings =
        FunctionSettings.of(policy)
            .withArchitecture(
                architecture.equals("arm64") ? Architecture.ARM_64 : Architecture.X86_64)
            .withLogRetentionDays(logRetentionDays);
    if (!dynamoDb) {
      return settings;
    }
    AllowListTable table = new AllowListTable(stack, "AllowList");
    output(stack, "AllowListName", "The table with more origins.", table.table().getTableName());
    return settings.withAllowList(table);
  }

  CorsagePreflight preflight(Stack stack, FunctionSettings settings) {
    return watched(
        new CorsagePreflight(
            stack,
            "Preflight",
            archive("corsage-lambda.zip"),
            settings.withReservedConcurrency(reservedConcurrency)));
  }

  private <T extends CorsageFunction> T watched(T function) {
    if (operations != null) {
      operations.addTo(function);
    }
    return function;
  }

  /** Yours in its place: a function that is wrapped, or that has its own CORS. */
  CorsageFunction demo(Stack stack, FunctionSettings settings) {
    return watched(
        new CorsageFunction(
            stack,
            "Demo",
            archive("corsage-demo.zip"),
            "dev.corsage.gateway.demo.DemoFunction",
            Duration.seconds(28),
            settings));
  }

  private String archive(String name) {
    return dist.resolve(name).toString();
  }

  static void output(Stack stack, String name, String description, String value) {
    CfnOutput.Builder.create(stack, name).description(description).value(value).build();
  }
}
