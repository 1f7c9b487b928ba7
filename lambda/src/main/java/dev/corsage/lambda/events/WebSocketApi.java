package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import dev.corsage.lambda.EventShape;
import dev.corsage.lambda.EventType;
import java.util.List;
import java.util.Map;

final class WebSocketApi
    implements EventType<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
  @Override
  public EventShape shape(APIGatewayV2WebSocketEvent event) {
    return EventShape.WEBSOCKET;
  }

  /** {@inheritDoc} The handshake is a GET (RFC 6455, section 4.1); the event need not say so. */
  @Override
  public String method(APIGatewayV2WebSocketEvent event) {
    return context(event).getConnectionId() == null ? null : "GET";
  }

  @Override
  public boolean opensWebSocket(APIGatewayV2WebSocketEvent event) {
    return "CONNECT".equals(context(event).getEventType());
  }

  @Override
  public Map<String, String> headers(APIGatewayV2WebSocketEvent event) {
    return event.getHeaders();
  }

  @Override
  public Map<String, List<String>> multiValueHeaders(APIGatewayV2WebSocketEvent event) {
    return event.getMultiValueHeaders();
  }

  @Override
  public String path(APIGatewayV2WebSocketEvent event) {
    return event.getPath();
  }

  @Override
  public String stage(APIGatewayV2WebSocketEvent event) {
    return context(event).getStage();
  }

  @Override
  public String apiId(APIGatewayV2WebSocketEvent event) {
    return context(event).getApiId();
  }

  @Override
  public String domain(APIGatewayV2WebSocketEvent event) {
    return context(event).getDomainName();
  }

  @Override
  public String requestId(APIGatewayV2WebSocketEvent event) {
    return context(event).getRequestId();
  }

  private static RequestContext context(APIGatewayV2WebSocketEvent event) {
    RequestContext context = event.getRequestContext();
    return context == null ? new RequestContext() : context;
  }

  @Override
  public int status(APIGatewayV2WebSocketResponse response) {
    return response.getStatusCode();
  }

  @Override
  public Map<String, String> responseHeaders(APIGatewayV2WebSocketResponse response) {
    return response.getHeaders();
  }

  /** {@inheritDoc} They are never needed: responses of a WebSocket are left as they are. */
  @Override
  public Map<String, List<String>> responseMultiValueHeaders(
      APIGatewayV2WebSocketResponse response) {
    return null;
  }

  @Override
  public APIGatewayV2WebSocketResponse response(
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders,
      String body) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(status);
    response.setHeaders(headers);
    response.setBody(body);
    return response;
  }

  @Override
  public APIGatewayV2WebSocketResponse copy(
      APIGatewayV2WebSocketResponse response,
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders) {
    return response(status, headers, multiValueHeaders, response.getBody());
  }
}
