package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.corsage.lambda.EventShape;
import dev.corsage.lambda.EventType;
import java.util.List;
import java.util.Map;

final class HttpApi implements EventType<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  @Override
  public EventShape shape(APIGatewayV2HTTPEvent event) {
    return EventShape.API_GATEWAY_V2;
  }

  @Override
  public String method(APIGatewayV2HTTPEvent event) {
    RequestContext.Http http = context(event).getHttp();
    return http == null ? null : http.getMethod();
  }

  @Override
  public Map<String, String> headers(APIGatewayV2HTTPEvent event) {
    return event.getHeaders();
  }

  @Override
  public String path(APIGatewayV2HTTPEvent event) {
    return event.getRawPath();
  }

  @Override
  public String stage(APIGatewayV2HTTPEvent event) {
    return context(event).getStage();
  }

  @Override
  public String apiId(APIGatewayV2HTTPEvent event) {
    return context(event).getApiId();
  }

  @Override
  public String domain(APIGatewayV2HTTPEvent event) {
    return context(event).getDomainName();
  }

  @Override
  public String requestId(APIGatewayV2HTTPEvent event) {
    return context(event).getRequestId();
  }

  private static RequestContext context(APIGatewayV2HTTPEvent event) {
    RequestContext context = event.getRequestContext();
    return context == null ? new RequestContext() : context;
  }

  @Override
  public int status(APIGatewayV2HTTPResponse response) {
    return response.getStatusCode();
  }

  @Override
  public Map<String, String> responseHeaders(APIGatewayV2HTTPResponse response) {
    return response.getHeaders();
  }

  @Override
  public Map<String, List<String>> responseMultiValueHeaders(APIGatewayV2HTTPResponse response) {
    return response.getMultiValueHeaders();
  }

  @Override
  public List<String> responseCookies(APIGatewayV2HTTPResponse response) {
    return response.getCookies();
  }

  @Override
  public APIGatewayV2HTTPResponse withCookies(
      APIGatewayV2HTTPResponse response, List<String> cookies) {
    response.setCookies(cookies);
    return response;
  }

  @Override
  public APIGatewayV2HTTPResponse response(
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders,
      String body) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(headers)
        .withMultiValueHeaders(multiValueHeaders)
        .withBody(body)
        .build();
  }

  @Override
  public APIGatewayV2HTTPResponse copy(
      APIGatewayV2HTTPResponse response,
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders) {
    APIGatewayV2HTTPResponse copy =
        response(status, headers, multiValueHeaders, response.getBody());
    copy.setCookies(response.getCookies());
    copy.setIsBase64Encoded(response.getIsBase64Encoded());
    return copy;
  }
}
