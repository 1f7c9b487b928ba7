package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.corsage.lambda.EventRequest;
import dev.corsage.lambda.EventResponse;
import dev.corsage.lambda.EventShape;
import dev.corsage.lambda.EventType;

final class WebSocketApi
    implements EventType<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
  @Override
  public EventRequest request(APIGatewayV2WebSocketEvent event) {
    RequestContext named = event.getRequestContext();
    RequestContext context = named == null ? new RequestContext() : named;
    return new EventRequest(
        EventShape.WEBSOCKET,
        // The handshake is a GET (RFC 6455, section 4.1); the event need not say so.
        context.getConnectionId() == null ? null : "GET",
        event.getHeaders(),
        event.getMultiValueHeaders(),
        event.getPath(),
        null,
        null,
        null,
        context.getStage(),
        context.getApiId(),
        context.getDomainName(),
        context.getRequestId(),
        "CONNECT".equals(context.getEventType()));
  }

  /** {@inheritDoc} Lists are never needed: responses of a WebSocket are left as they are. */
  @Override
  public EventResponse read(APIGatewayV2WebSocketResponse response) {
    return new EventResponse(response.getStatusCode(), response.getHeaders(), null, null);
  }

  @Override
  public APIGatewayV2WebSocketResponse response(EventResponse parts, String body) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(parts.status());
    response.setHeaders(parts.headers());
    response.setBody(body);
    return response;
  }

  @Override
  public APIGatewayV2WebSocketResponse copy(
      APIGatewayV2WebSocketResponse response, EventResponse parts) {
    return response(parts, response.getBody());
  }
}
