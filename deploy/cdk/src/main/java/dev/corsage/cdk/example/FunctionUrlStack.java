package dev.corsage.cdk.example;

import dev.corsage.cdk.FunctionSettings;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.FunctionUrl;

/**
 * A function that is wrapped, behind a function URL. A URL belongs to one function, so there is no
 * preflight function: the wrapper responds to them.
 */
final class FunctionUrlStack extends Stack {
  FunctionUrlStack(App app, Parameters parameters) {
    super(app, "CorsageFunctionUrl");
    FunctionSettings settings =
        parameters.settings(this).withReservedConcurrency(parameters.reservedConcurrency());
    FunctionUrl url = parameters.demo(this, settings).addUrl();
    Parameters.output(
        this, "ApiUrl", "What pages call; the demo responds to GET /items.", url.getUrl());
  }
}
