package dev.corsage.cdk.example;

import dev.corsage.cdk.CorsagePreflight;
import dev.corsage.cdk.FunctionSettings;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;

/** Corsage in front of an HTTP API. */
final class HttpApiStack extends Stack {
  HttpApiStack(App app, Parameters parameters) {
    super(app, "CorsageHttpApi");
    FunctionSettings settings = parameters.settings(this);
    HttpApi api = new HttpApi(this, "Api");
    HttpLambdaIntegration demo =
        new HttpLambdaIntegration("Demo", parameters.demo(this, settings).function());
    for (String path : List.of("/{proxy+}", "/")) {
      api.addRoutes(
          AddRoutesOptions.builder()
              .path(path)
              .methods(List.of(HttpMethod.ANY))
              .integration(demo)
              .build());
    }
    CorsagePreflight preflight = parameters.preflight(this, settings);
    preflight.addTo(api);
    preflight.limitRate(api, parameters.preflights().perSecond(), parameters.preflights().burst());
    Parameters.output(
        this, "ApiUrl", "What pages call; the demo responds to GET /items.", api.getApiEndpoint());
  }
}
