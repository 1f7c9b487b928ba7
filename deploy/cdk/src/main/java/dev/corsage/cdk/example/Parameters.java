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

/** What the stacks have in common. */
record Parameters(
    CorsagePolicy policy, String architecture, int logRetentionDays, boolean dynamoDb, Path dist) {

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
    return new CorsagePreflight(stack, "Preflight", archive("corsage-lambda.zip"), settings);
  }

  /** Yours in its place: a function that is wrapped, or that has its own CORS. */
  CorsageFunction demo(Stack stack, FunctionSettings settings) {
    return new CorsageFunction(
        stack,
        "Demo",
        archive("corsage-demo.zip"),
        "dev.corsage.gateway.demo.DemoFunction",
        Duration.seconds(28),
        settings);
  }

  private String archive(String name) {
    return dist.resolve(name).toString();
  }

  static void output(Stack stack, String name, String description, String value) {
    CfnOutput.Builder.create(stack, name).description(description).value(value).build();
  }
}
