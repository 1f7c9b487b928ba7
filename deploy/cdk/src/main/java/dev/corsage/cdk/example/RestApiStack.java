package dev.corsage.cdk.example;

import dev.corsage.cdk.CorsagePreflight;
import dev.corsage.cdk.FunctionSettings;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.RestApi;

/** Corsage in front of a REST API. */
final class RestApiStack extends Stack {
  RestApiStack(App app, Parameters parameters, String errorOrigin) {
    super(app, "CorsageRestApi");
    FunctionSettings settings = parameters.settings(this);
    // The role would be one of the whole account, for its logs.
    RestApi api =
        RestApi.Builder.create(this, "Api")
            .endpointTypes(List.of(EndpointType.REGIONAL))
            .cloudWatchRole(false)
            .build();
    LambdaIntegration demo =
        LambdaIntegration.Builder.create(parameters.demo(this, settings).function())
            .allowTestInvoke(false)
            .build();
    api.getRoot().addMethod("ANY", demo);
    api.getRoot().addResource("{proxy+}").addMethod("ANY", demo);
    CorsagePreflight preflight = parameters.preflight(this, settings);
    preflight.addTo(api, errorOrigin);
    preflight.limitRate(api, parameters.preflights().perSecond(), parameters.preflights().burst());
  }
}
