package dev.corsage.lambda.events;

import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import dev.corsage.lambda.EventShape;
import dev.corsage.lambda.EventType;
import java.util.List;
import java.util.Map;

final class LoadBalancer
    implements EventType<
        ApplicationLoadBalancerRequestEvent, ApplicationLoadBalancerResponseEvent> {
  @Override
  public EventShape shape(ApplicationLoadBalancerRequestEvent event) {
    return event.getMultiValueHeaders() == null ? EventShape.ALB : EventShape.ALB_MULTI_VALUE;
  }

  @Override
  public String method(ApplicationLoadBalancerRequestEvent event) {
    return event.getHttpMethod();
  }

  @Override
  public Map<String, String> headers(ApplicationLoadBalancerRequestEvent event) {
    return event.getHeaders();
  }

  @Override
  public Map<String, List<String>> multiValueHeaders(ApplicationLoadBalancerRequestEvent event) {
    return event.getMultiValueHeaders();
  }

  @Override
  public String path(ApplicationLoadBalancerRequestEvent event) {
    return event.getPath();
  }

  @Override
  public int status(ApplicationLoadBalancerResponseEvent response) {
    return response.getStatusCode();
  }

  @Override
  public Map<String, String> responseHeaders(ApplicationLoadBalancerResponseEvent response) {
    return response.getHeaders();
  }

  @Override
  public Map<String, List<String>> responseMultiValueHeaders(
      ApplicationLoadBalancerResponseEvent response) {
    return response.getMultiValueHeaders();
  }

  @Override
  public ApplicationLoadBalancerResponseEvent response(
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders,
      String body) {
    ApplicationLoadBalancerResponseEvent response = new ApplicationLoadBalancerResponseEvent();
    response.setStatusCode(status);
    response.setStatusDescription(EventShape.statusDescription(status));
    response.setHeaders(headers);
    response.setMultiValueHeaders(multiValueHeaders);
    response.setBody(body);
    return response;
  }

  @Override
  public ApplicationLoadBalancerResponseEvent copy(
      ApplicationLoadBalancerResponseEvent response,
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders) {
    ApplicationLoadBalancerResponseEvent copy =
        response(status, headers, multiValueHeaders, response.getBody());
    copy.setStatusDescription(response.getStatusDescription());
    copy.setIsBase64Encoded(response.getIsBase64Encoded());
    return copy;
  }
}
