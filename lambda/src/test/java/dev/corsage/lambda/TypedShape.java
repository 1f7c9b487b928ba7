package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import dev.corsage.Place;
import dev.corsage.lambda.events.EventTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a test makes events of a class, and answers of another. */
record TypedShape<I, O>(
    String name,
    EventType<I, O> type,
    List<Place> places,
    BiFunction<String, Map<String, String>, I> event,
    Function<Answer, O> write,
    Function<O, Answer> read) {

  private static final String DOMAIN = "a1.execute-api.eu-west-1.amazonaws.com";
  private static final Place PATH = Place.anywhere().path("/orders");

  /** What all answers have, status 0 for none. */
  record Answer(
      int status,
      Map<String, String> headers,
      Map<String, List<String>> multiValueHeaders,
      String body) {

    /** Returns the headers, wherever they are, in alphabetical order. */
    Map<String, String> sortedHeaders() {
      Map<String, String> sorted = new TreeMap<>();
      if (headers != null) {
        sorted.putAll(headers);
      }
      if (multiValueHeaders != null) {
        multiValueHeaders.forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                sorted.merge(name, String.join(", ", values), (a, b) -> a + " TWICE " + b);
              }
            });
      }
      return sorted;
    }
  }

  static final List<TypedShape<?, ?>> ALL =
      List.of(
          new TypedShape<>(
              "REST API",
              EventTypes.REST_API,
              placesOfAnApi(),
              TypedShape::restEvent,
              TypedShape::restAnswer,
              o ->
                  new Answer(
                      o.getStatusCode(), o.getHeaders(), o.getMultiValueHeaders(), o.getBody())),
          new TypedShape<>(
              "HTTP API",
              EventTypes.HTTP_API,
              placesOfAnApi(),
              TypedShape::httpEvent,
              TypedShape::httpAnswer,
              o ->
                  new Answer(
                      o.getStatusCode(), o.getHeaders(), o.getMultiValueHeaders(), o.getBody())),
          new TypedShape<>(
              "load balancer",
              EventTypes.LOAD_BALANCER,
              List.of(PATH, Place.anywhere().domain(DOMAIN)),
              (method, headers) -> albEvent(method, headers, false),
              TypedShape::albAnswer,
              TypedShape::readAlb),
          new TypedShape<>(
              "load balancer, multi-value headers",
              EventTypes.LOAD_BALANCER,
              List.of(PATH, Place.anywhere().domain(DOMAIN)),
              (method, headers) -> albEvent(method, headers, true),
              TypedShape::albAnswer,
              TypedShape::readAlb));

  private static List<Place> placesOfAnApi() {
    Place anywhere = Place.anywhere();
    return List.of(PATH, anywhere.stage("prod"), anywhere.apiId("a1"), anywhere.domain(DOMAIN));
  }

  Answer answer(
      Cors cors,
      String method,
      Map<String, String> headers,
      Supplier<Answer> handler,
      Context context) {
    return read.apply(
        cors.wrap(
                (I e, Context c) -> {
                  Answer answer = handler.get();
                  return answer == null ? null : write.apply(answer);
                },
                type)
            .handleRequest(event.apply(method, headers), context));
  }

  /** Returns what becomes of an answer; adds to {@code left} what it is itself afterwards. */
  Answer answerAndKeep(Cors cors, Map<String, String> headers, Answer answer, List<Answer> left) {
    O written = write.apply(answer);
    O completed =
        cors.wrap((I e, Context c) -> written, type)
            .handleRequest(event.apply("GET", headers), null);
    left.add(read.apply(written));
    return read.apply(completed);
  }

  boolean hasRequestId() {
    return !name.startsWith("load balancer");
  }

  @Override
  public String toString() {
    return name;
  }

  private static APIGatewayProxyRequestEvent restEvent(String method, Map<String, String> headers) {
    APIGatewayProxyRequestEvent.ProxyRequestContext context =
        new APIGatewayProxyRequestEvent.ProxyRequestContext()
            .withStage("prod")
            .withApiId("a1")
            .withRequestId("r-1");
    context.setDomainName(DOMAIN);
    return new APIGatewayProxyRequestEvent()
        .withHttpMethod(method)
        .withPath("/orders")
        .withHeaders(headers)
        .withRequestContext(context);
  }

  private static APIGatewayProxyResponseEvent restAnswer(Answer answer) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(answer.status == 0 ? null : answer.status)
        .withHeaders(answer.headers)
        .withMultiValueHeaders(answer.multiValueHeaders)
        .withBody(answer.body);
  }

  private static APIGatewayV2HTTPEvent httpEvent(String method, Map<String, String> headers) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath("/prod/orders")
        .withHeaders(headers)
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withStage("prod")
                .withApiId("a1")
                .withRequestId("r-1")
                .withDomainName(DOMAIN)
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod(method).build())
                .build())
        .build();
  }

  private static APIGatewayV2HTTPResponse httpAnswer(Answer answer) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(answer.status)
        .withHeaders(answer.headers)
        .withMultiValueHeaders(answer.multiValueHeaders)
        .withBody(answer.body)
        .build();
  }

  private static ApplicationLoadBalancerRequestEvent albEvent(
      String method, Map<String, String> headers, boolean multi) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("host", DOMAIN + ":443");
    ApplicationLoadBalancerRequestEvent event = new ApplicationLoadBalancerRequestEvent();
    event.setHttpMethod(method);
    event.setPath("/orders");
    if (multi) {
      Map<String, List<String>> lists = new HashMap<>();
      all.forEach((name, value) -> lists.put(name, List.of(value)));
      event.setMultiValueHeaders(lists);
    } else {
      event.setHeaders(all);
    }
    return event;
  }

  private static ApplicationLoadBalancerResponseEvent albAnswer(Answer answer) {
    ApplicationLoadBalancerResponseEvent event = new ApplicationLoadBalancerResponseEvent();
    event.setStatusCode(answer.status);
    event.setHeaders(answer.headers);
    event.setMultiValueHeaders(answer.multiValueHeaders);
    event.setBody(answer.body);
    return event;
  }

  private static Answer readAlb(ApplicationLoadBalancerResponseEvent event) {
    return new Answer(
        event.getStatusCode(), event.getHeaders(), event.getMultiValueHeaders(), event.getBody());
  }
}
