package dev.corsage.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegrationProps;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.CfnStage.MethodSettingProperty;
import software.amazon.awscdk.services.apigateway.GatewayResponseOptions;
import software.amazon.awscdk.services.apigateway.IResource;
import software.amazon.awscdk.services.apigateway.Integration;
import software.amazon.awscdk.services.apigateway.IntegrationProps;
import software.amazon.awscdk.services.apigateway.IntegrationType;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.ResponseType;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpNoneAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.HttpRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.HttpRouteKey;
import software.amazon.awscdk.services.apigatewayv2.IHttpApi;
import software.amazon.awscdk.services.apigatewayv2.IStage;
import software.amazon.awscdk.services.apigatewayv2.PayloadFormatVersion;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Permission;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The preflight function, to be added to APIs that are there already. It responds to preflights
 * only: the responses to all other requests get their headers from the {@linkplain CorsageFunction
 * wrapper} or from your own server.
 */
public class CorsagePreflight extends CorsageFunction {
  private static final String HANDLER = "dev.corsage.lambda.PreflightHandler";

  private final FunctionSettings settings;

  /**
   * Creates the function.
   *
   * @param archive what {@code ./corsage package} has written: {@code dist/corsage-lambda.zip}
   */
  public CorsagePreflight(Construct scope, String id, String archive, FunctionSettings settings) {
    super(scope, id, archive, HANDLER, Duration.seconds(10), settings);
    this.settings = settings;
  }

  /**
   * Adds {@code OPTIONS /{proxy+}} and {@code OPTIONS /} to an HTTP API, without an authorizer,
   * whatever the API's default is, because a preflight carries no credentials. A route with a path
   * of its own and the method {@code ANY} takes the preflights of this path; it needs an {@code
   * OPTIONS} beside it.
   *
   * @throws IllegalArgumentException if the API's built-in CORS is on; of an API of another stack
   *     that is not known
   */
  public void addTo(IHttpApi api) {
    if (api.getNode().getDefaultChild() instanceof CfnApi definition
        && definition.getCorsConfiguration() != null) {
      throw new IllegalArgumentException(
          "corsPreflight of "
              + api.getNode().getPath()
              + ": with it the API responds to preflights itself and drops the functions' headers."
              + " Remove it.");
    }
    HttpLambdaIntegration integration =
        new HttpLambdaIntegration(
            "Integration",
            function(),
            HttpLambdaIntegrationProps.builder()
                .payloadFormatVersion(PayloadFormatVersion.VERSION_1_0)
                .build());
    Construct routes = routes(api);
    // The former does not match the latter.
    addRoute(routes, "Proxy", HttpRouteKey.with("/{proxy+}", HttpMethod.OPTIONS), api, integration);
    addRoute(routes, "Root", HttpRouteKey.with("/", HttpMethod.OPTIONS), api, integration);
  }

  /**
   * Limits how many preflights the default stage of an HTTP API takes, so that nobody can use up
   * the account's concurrency with them; after {@link #addTo(IHttpApi)}. The API responds to others
   * with 429, which a page sees as a CORS error.
   *
   * @param perSecond over a longer time
   * @param burst at once
   * @throws IllegalArgumentException if the API has no default stage
   */
  public void limitRate(HttpApi api, int perSecond, int burst) {
    IStage stage = api.getDefaultStage();
    if (stage == null || !(stage.getNode().getDefaultChild() instanceof CfnStage definition)) {
      throw new IllegalArgumentException(
          api.getNode().getPath()
              + " has no default stage. Set the RouteSettings of its stage for the OPTIONS routes.");
    }
    for (IConstruct part : routes(api).getNode().findAll()) {
      if (part instanceof CfnRoute route) {
        String settings = "RouteSettings." + route.getRouteKey();
        definition.addPropertyOverride(settings + ".ThrottlingRateLimit", perSecond);
        definition.addPropertyOverride(settings + ".ThrottlingBurstLimit", burst);
        // A key is only text, and API Gateway refuses that of a route that is not there yet.
        definition.addResourceDependency(route);
      }
    }
  }

  private Construct routes(IHttpApi api) {
    String id = "Routes of " + api.getNode().getId();
    return getNode().tryFindChild(id) instanceof Construct routes
        ? routes
        : new Construct(this, id);
  }

  /**
   * Limits how many preflights the stage of a REST API takes for each path, as {@link
   * #limitRate(HttpApi, int, int)} does; after {@link #addTo(RestApi, String)}.
   */
  public void limitRate(RestApi api, int perSecond, int burst) {
    if (!(api.getDeploymentStage().getNode().getDefaultChild()
        instanceof software.amazon.awscdk.services.apigateway.CfnStage definition)) {
      throw new IllegalArgumentException(
          api.getNode().getPath()
              + " has a stage of another stack. Set its MethodSettings for the OPTIONS methods.");
    }
    List<Object> settings = new ArrayList<>();
    if (definition.getMethodSettings() instanceof List<?> others) {
      settings.addAll(others);
    }
    for (IConstruct part : api.getNode().findAll()) {
      if (part instanceof IResource resource && part.getNode().tryFindChild("OPTIONS") != null) {
        settings.add(
            MethodSettingProperty.builder()
                .httpMethod("OPTIONS")
                // The slashes of a path are ~1, except for the first.
                .resourcePath(
                    resource.getPath().replaceAll("/(?=.)", "~1").replaceAll("^(?=~)", "/"))
                .throttlingRateLimit(perSecond)
                .throttlingBurstLimit(burst)
                .build());
      }
    }
    definition.setMethodSettings(settings);
  }

  private static void addRoute(
      Construct routes, String id, HttpRouteKey key, IHttpApi api, HttpRouteIntegration target) {
    HttpRoute.Builder.create(routes, id)
        .httpApi(api)
        .routeKey(key)
        .integration(target)
        .authorizer(new HttpNoneAuthorizer())
        .build();
  }

  /**
   * Adds {@code OPTIONS} to every resource that a REST API has now and that has none, without an
   * authorizer and without an API key, whatever the API's defaults are; and headers to the errors
   * that the API makes itself. So add the resources first.
   *
   * @param errorOrigin the one origin whose pages may read these errors; the request's own would
   *     let every page read them
   * @throws IllegalArgumentException if {@code errorOrigin} is no exact origin
   */
  public void addTo(RestApi api, String errorOrigin) {
    // A quotation mark would end the literal that it is written into.
    if (!errorOrigin.matches("https?://[a-z0-9.:\\[\\]-]+")) {
      throw new IllegalArgumentException(
          "errorOrigin \""
              + errorOrigin
              + "\": It is one exact origin. Write it as https://app.example.com.");
    }
    Integration integration =
        new Integration(
            IntegrationProps.builder()
                .type(IntegrationType.AWS_PROXY)
                .integrationHttpMethod("POST")
                .uri(invocations(function()))
                .build());
    MethodOptions open =
        MethodOptions.builder()
            .authorizationType(AuthorizationType.NONE)
            .authorizer(new NoAuthorizer())
            .apiKeyRequired(false)
            .build();
    for (IConstruct part : api.getNode().findAll()) {
      if (part instanceof IResource resource && part.getNode().tryFindChild("OPTIONS") == null) {
        resource.addMethod("OPTIONS", integration, open);
      }
    }
    // One for all methods: one for each would fill the function's policy, which has room for 20 KB.
    function()
        .addPermission(
            "Calls of " + api.getNode().getId(),
            Permission.builder()
                .principal(new ServicePrincipal("apigateway.amazonaws.com"))
                .sourceArn(api.arnForExecuteApi("OPTIONS", "/*", "*"))
                .build());
    addErrorHeaders(api, errorOrigin);
  }

  private void addErrorHeaders(RestApi api, String origin) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Access-Control-Allow-Origin", "'" + origin + "'");
    headers.put("Vary", "'Origin'");
    if (settings.policy().allowsCredentials()) {
      headers.put("Access-Control-Allow-Credentials", "'true'");
    }
    addErrorHeaders(api, "Errors4xx", ResponseType.DEFAULT_4_XX, headers);
    addErrorHeaders(api, "Errors5xx", ResponseType.DEFAULT_5_XX, headers);
  }

  private static void addErrorHeaders(
      RestApi api, String id, ResponseType type, Map<String, String> headers) {
    api.addGatewayResponse(
        id, GatewayResponseOptions.builder().type(type).responseHeaders(headers).build());
  }

  private static String invocations(Function function) {
    return String.join(
        ":",
        "arn",
        Aws.PARTITION,
        "apigateway",
        Aws.REGION,
        "lambda",
        "path/2015-03-31/functions/" + function.getFunctionArn() + "/invocations");
  }
}
