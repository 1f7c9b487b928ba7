package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.corsage.lambda.EventShape;
import dev.corsage.lambda.EventType;
import java.util.List;
import java.util.Map;

final class RestApi
    implements EventType<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  @Override
  public EventShape shape(APIGatewayProxyRequestEvent event) {
    return event.getHeaders() == null && event.getMultiValueHeaders() != null
        ? EventShape.API_GATEWAY_V1_MULTI_VALUE
        : EventShape.API_GATEWAY_V1;
  }

  @Override
  public String method(APIGatewayProxyRequestEvent event) {
    return event.getHttpMethod();
  }

  @Override
  public Map<String, String> headers(APIGatewayProxyRequestEvent event) {
    return event.getHeaders();
  }

  @Override
  public Map<String, List<String>> multiValueHeaders(APIGatewayProxyRequestEvent event) {
    return event.getMultiValueHeaders();
  }

  @Override
  public String path(APIGatewayProxyRequestEvent event) {
    return event.getPath();
  }

  @Override
  public String resourcePath(APIGatewayProxyRequestEvent event) {
    return context(event).getResourcePath();
  }

  @Override
  public Map<String, String> pathParameters(APIGatewayProxyRequestEvent event) {
    return event.getPathParameters();
  }

  @Override
  public String version(APIGatewayProxyRequestEvent event) {
    return event.getVersion();
  }

  @Override
  public String stage(APIGatewayProxyRequestEvent event) {
    return context(event).getStage();
  }

  @Override
  public String apiId(APIGatewayProxyRequestEvent event) {
    return context(event).getApiId();
  }

  @Override
  public String domain(APIGatewayProxyRequestEvent event) {
    return context(event).getDomainName();
  }

  @Override
  public String requestId(APIGatewayProxyRequestEvent event) {
    return context(event).getRequestId();
  }

  private static ProxyRequestContext context(APIGatewayProxyRequestEvent event) {
    ProxyRequestContext context = event.getRequestContext();
    return context == null ? new ProxyRequestContext() : context;
  }

  @Override
  public int status(APIGatewayProxyResponseEvent response) {
    return response.getStatusCode() == null ? 0 : response.getStatusCode();
  }

  @Override
  public Map<String, String> responseHeaders(APIGatewayProxyResponseEvent response) {
    return response.getHeaders();
  }

  @Override
  public Map<String, List<String>> responseMultiValueHeaders(
      APIGatewayProxyResponseEvent response) {
    return response.getMultiValueHeaders();
  }

  @Override
  public APIGatewayProxyResponseEvent response(
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders,
      String body) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(headers)
        .withMultiValueHeaders(multiValueHeaders)
        .withBody(body)
        .withIsBase64Encoded(false);
  }

  @Override
  public APIGatewayProxyResponseEvent copy(
      APIGatewayProxyResponseEvent response,
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders) {
    return response(status, headers, multiValueHeaders, response.getBody())
        .withIsBase64Encoded(response.getIsBase64Encoded());
  }
}
