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
  public int status(ApplicationLoadBalancerResponseEvent answer) {
    return answer.getStatusCode();
  }

  @Override
  public Map<String, String> answerHeaders(ApplicationLoadBalancerResponseEvent answer) {
    return answer.getHeaders();
  }

  @Override
  public Map<String, List<String>> answerMultiValueHeaders(
      ApplicationLoadBalancerResponseEvent answer) {
    return answer.getMultiValueHeaders();
  }

  @Override
  public ApplicationLoadBalancerResponseEvent answer(
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders,
      String body) {
    ApplicationLoadBalancerResponseEvent answer = new ApplicationLoadBalancerResponseEvent();
    answer.setStatusCode(status);
    answer.setStatusDescription(EventShape.statusDescription(status));
    answer.setHeaders(headers);
    answer.setMultiValueHeaders(multiValueHeaders);
    answer.setBody(body);
    return answer;
  }

  @Override
  public ApplicationLoadBalancerResponseEvent copy(
      ApplicationLoadBalancerResponseEvent answer,
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders) {
    ApplicationLoadBalancerResponseEvent copy =
        answer(status, headers, multiValueHeaders, answer.getBody());
    copy.setStatusDescription(answer.getStatusDescription());
    copy.setIsBase64Encoded(answer.getIsBase64Encoded());
    return copy;
  }
}
