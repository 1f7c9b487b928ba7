package dev.corsage.probe;

/**
 * What to do about a finding, with the lines for SAM, CDK and Terraform where the layer is known.
 */
final class Fixes {
  private Fixes() {}

  static String of(ProbeCode code, Layer layer, String origin) {
    String special =
        switch (code) {
          case PREFLIGHT_NO_ROUTE -> route(layer);
          case PREFLIGHT_UNAUTHORIZED -> authorization(layer);
          case ERROR_WITHOUT_CORS ->
              errors(layer, origin.isEmpty() ? "https://app.example" : origin);
          default -> "";
        };
    return special.isEmpty() ? code.remedy() : special;
  }

  /** Returns where a list is set, as the end of a sentence. */
  static String place(Layer layer, String what) {
    return layer == Layer.API_GATEWAY_HTTP
        ? ". SAM: CorsConfiguration: Allow"
            + capitalized(what)
            + " of the AWS::Serverless::HttpApi."
        : ".";
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /**
   * <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html">CORS
   * for REST APIs</a>, <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">for HTTP
   * APIs</a>.
   */
  private static String route(Layer layer) {
    return switch (layer) {
      case API_GATEWAY_REST ->
          "Add a method OPTIONS to the path, without authorization. SAM: an event {Type: Api,"
              + " Properties: {Path: /{proxy+}, Method: options, Auth: {Authorizer: NONE}}} of the"
              + " preflight function. CDK: resource.addMethod('OPTIONS', new"
              + " LambdaIntegration(preflight), {authorizationType: AuthorizationType.NONE})."
              + " Terraform: an aws_api_gateway_method with http_method = \"OPTIONS\" and"
              + " authorization = \"NONE\". Then deploy the stage.";
      case API_GATEWAY_HTTP ->
          "Add the route OPTIONS /{proxy+} without an authorizer, or let the API respond to"
              + " preflights itself. SAM: an event {Type: HttpApi, Properties: {Path: /{proxy+},"
              + " Method: OPTIONS, Auth: {Authorizer: NONE}}} of the preflight function. CDK:"
              + " httpApi.addRoutes({path: '/{proxy+}', methods: [HttpMethod.OPTIONS], integration,"
              + " authorizer: new HttpNoneAuthorizer()}). Terraform: an aws_apigatewayv2_route with"
              + " route_key = \"OPTIONS /{proxy+}\" and authorization_type = \"NONE\".";
      case CLOUDFRONT ->
          "Let the behavior of the path take OPTIONS. CloudFormation and SAM: AllowedMethods: [GET,"
              + " HEAD, OPTIONS, PUT, POST, PATCH, DELETE]. CDK: allowedMethods:"
              + " AllowedMethods.ALLOW_ALL. Terraform: allowed_methods with \"OPTIONS\".";
      case LOAD_BALANCER ->
          "Add OPTIONS to the rule of the listener, and forward it to what responds to preflights.";
      case FUNCTION, SERVER ->
          "Respond to OPTIONS in the code before its routes, or send OPTIONS to the preflight"
              + " function.";
      default -> "";
    };
  }

  /**
   * <a
   * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html">SAM's
   * Auth</a>: without {@code AddDefaultAuthorizerToCorsPreflight: false} the default authorizer is
   * put on OPTIONS too.
   */
  private static String authorization(Layer layer) {
    return switch (layer) {
      case API_GATEWAY_REST ->
          "Take the authorizer, IAM and the API key from the method OPTIONS. SAM: Auth:"
              + " {AddDefaultAuthorizerToCorsPreflight: false}, or Auth: {Authorizer: NONE,"
              + " ApiKeyRequired: false} on the event of OPTIONS. CDK: {authorizationType:"
              + " AuthorizationType.NONE, apiKeyRequired: false} on the method. Terraform:"
              + " authorization = \"NONE\" on the aws_api_gateway_method. Then deploy the stage.";
      case API_GATEWAY_HTTP ->
          "Add the route OPTIONS /{proxy+} without an authorizer; it goes before $default and ANY."
              + " SAM: Auth: {Authorizer: NONE} on its event. CDK: authorizer: new"
              + " HttpNoneAuthorizer(). Terraform: authorization_type = \"NONE\".";
      case FUNCTION_URL ->
          "Preflights cannot be signed. SAM: FunctionUrlConfig: {AuthType: NONE} with Cors, and"
              + " check callers in the function. CDK: addFunctionUrl({authType:"
              + " FunctionUrlAuthType.NONE}). Terraform: authorization_type = \"NONE\".";
      case LOAD_BALANCER ->
          "Put a rule for OPTIONS before the one that authenticates, and forward it to what responds"
              + " to preflights.";
      default -> "";
    };
  }

  /**
   * <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">Gateway
   * responses</a>.
   */
  private static String errors(Layer layer, String origin) {
    return switch (layer) {
      case API_GATEWAY_REST ->
          "Set the header on the gateway responses DEFAULT_4XX and DEFAULT_5XX. SAM:"
              + " GatewayResponses: {DEFAULT_4XX: {ResponseParameters: {Headers:"
              + " {Access-Control-Allow-Origin: \"'"
              + origin
              + "'\"}}}}. CDK: api.addGatewayResponse('cors4xx', {type: ResponseType.DEFAULT_4XX,"
              + " responseHeaders: {'Access-Control-Allow-Origin': \"'"
              + origin
              + "'\"}}). Terraform: aws_api_gateway_gateway_response with response_type ="
              + " \"DEFAULT_4XX\". A gateway response cannot compare the origin with a list: with"
              + " several origins use *, without credentials.";
      case API_GATEWAY_HTTP ->
          "An HTTP API has no gateway responses: only with CORS of its own (CorsConfiguration) do its"
              + " errors have the headers. Or send every path to the function: a route $default.";
      case LOAD_BALANCER, WAF ->
          "The layer cannot add CORS headers to its own errors; put CloudFront with a response"
              + " headers policy in front of it.";
      case CLOUDFRONT ->
          "Attach a response headers policy with CORS to the behavior (CloudFormation:"
              + " ResponseHeadersPolicyId).";
      default -> "";
    };
  }
}
