package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.corsage.lambda.EventRequest;
import dev.corsage.lambda.EventResponse;
import dev.corsage.lambda.EventShape;
import dev.corsage.lambda.EventType;

final class HttpApi implements EventType<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  @Override
  public EventRequest request(APIGatewayV2HTTPEvent event) {
    RequestContext named = event.getRequestContext();
    RequestContext context = named == null ? new RequestContext() : named;
    return new EventRequest(
        EventShape.API_GATEWAY_V2,
        context.getHttp() == null ? null : context.getHttp().getMethod(),
        event.getHeaders(),
        null,
        event.getRawPath(),
        null,
        null,
        null,
        context.getStage(),
        context.getApiId(),
        context.getDomainName(),
        context.getRequestId(),
        false);
  }

  @Override
  public EventResponse read(APIGatewayV2HTTPResponse response) {
    return new EventResponse(
        response.getStatusCode(),
        response.getHeaders(),
        response.getMultiValueHeaders(),
        response.getCookies());
  }

  @Override
  public APIGatewayV2HTTPResponse response(EventResponse parts, String body) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(parts.status())
        .withHeaders(parts.headers())
        .withMultiValueHeaders(parts.multiValueHeaders())
        .withCookies(parts.cookies())
        .withBody(body)
        .build();
  }

  @Override
  public APIGatewayV2HTTPResponse copy(APIGatewayV2HTTPResponse response, EventResponse parts) {
    APIGatewayV2HTTPResponse copy = response(parts, response.getBody());
    copy.setIsBase64Encoded(response.getIsBase64Encoded());
    return copy;
  }
}
