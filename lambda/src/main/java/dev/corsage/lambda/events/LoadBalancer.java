package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import dev.corsage.lambda.EventRequest;
import dev.corsage.lambda.EventResponse;
import dev.corsage.lambda.EventShape;
import dev.corsage.lambda.EventType;

final class LoadBalancer
    implements EventType<
        ApplicationLoadBalancerRequestEvent, ApplicationLoadBalancerResponseEvent> {
  @Override
  public EventRequest request(ApplicationLoadBalancerRequestEvent event) {
    return new EventRequest(
        event.getMultiValueHeaders() == null ? EventShape.ALB : EventShape.ALB_MULTI_VALUE,
        event.getHttpMethod(),
        event.getHeaders(),
        event.getMultiValueHeaders(),
        event.getPath());
  }

  @Override
  public EventResponse read(ApplicationLoadBalancerResponseEvent response) {
    return new EventResponse(
        response.getStatusCode(), response.getHeaders(), response.getMultiValueHeaders(), null);
  }

  @Override
  public ApplicationLoadBalancerResponseEvent response(EventResponse parts, String body) {
    ApplicationLoadBalancerResponseEvent response = new ApplicationLoadBalancerResponseEvent();
    response.setStatusCode(parts.status());
    response.setStatusDescription(EventShape.statusDescription(parts.status()));
    response.setHeaders(parts.headers());
    response.setMultiValueHeaders(parts.multiValueHeaders());
    response.setBody(body);
    return response;
  }

  @Override
  public ApplicationLoadBalancerResponseEvent copy(
      ApplicationLoadBalancerResponseEvent response, EventResponse parts) {
    ApplicationLoadBalancerResponseEvent copy = response(parts, response.getBody());
    copy.setStatusDescription(response.getStatusDescription());
    copy.setIsBase64Encoded(response.getIsBase64Encoded());
    return copy;
  }
}
