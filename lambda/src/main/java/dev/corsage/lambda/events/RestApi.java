package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.corsage.lambda.EventRequest;
import dev.corsage.lambda.EventResponse;
import dev.corsage.lambda.EventShape;
import dev.corsage.lambda.EventType;

final class RestApi
    implements EventType<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  @Override
  public EventRequest request(APIGatewayProxyRequestEvent event) {
    ProxyRequestContext named = event.getRequestContext();
    ProxyRequestContext context = named == null ? new ProxyRequestContext() : named;
    return new EventRequest(
        event.getHeaders() == null && event.getMultiValueHeaders() != null
            ? EventShape.API_GATEWAY_V1_MULTI_VALUE
            : EventShape.API_GATEWAY_V1,
        event.getHttpMethod(),
        event.getHeaders(),
        event.getMultiValueHeaders(),
        event.getPath(),
        event.getVersion(),
        context.getResourcePath(),
        event.getPathParameters(),
        context.getStage(),
        context.getApiId(),
        context.getDomainName(),
        context.getRequestId(),
        false);
  }

  @Override
  public EventResponse read(APIGatewayProxyResponseEvent response) {
    return new EventResponse(
        response.getStatusCode() == null ? 0 : response.getStatusCode(),
        response.getHeaders(),
        response.getMultiValueHeaders(),
        null);
  }

  @Override
  public APIGatewayProxyResponseEvent response(EventResponse parts, String body) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(parts.status())
        .withHeaders(parts.headers())
        .withMultiValueHeaders(parts.multiValueHeaders())
        .withBody(body)
        .withIsBase64Encoded(false);
  }

  @Override
  public APIGatewayProxyResponseEvent copy(
      APIGatewayProxyResponseEvent response, EventResponse parts) {
    return response(parts, response.getBody()).withIsBase64Encoded(response.getIsBase64Encoded());
  }
}
