package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import dev.corsage.PolicyScope;
import dev.corsage.lambda.events.EventTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a test makes events of a class, and responses of another. */
record TypedShape<I, O>(
    String name,
    EventType<I, O> type,
    List<PolicyScope> places,
    BiFunction<String, Map<String, String>, I> event,
    Function<Response, O> write,
    Function<O, Response> read) {

  private static final String DOMAIN = "a1.execute-api.eu-west-1.amazonaws.com";
  private static final PolicyScope PATH = PolicyScope.anywhere().path("/orders");

  /** What all responses have, status 0 for none. */
  record Response(
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
              TypedShape::restResponse,
              o ->
                  new Response(
                      o.getStatusCode(), o.getHeaders(), o.getMultiValueHeaders(), o.getBody())),
          new TypedShape<>(
              "HTTP API",
              EventTypes.HTTP_API,
              placesOfAnApi(),
              TypedShape::httpEvent,
              TypedShape::httpResponse,
              o ->
                  new Response(
                      o.getStatusCode(), o.getHeaders(), o.getMultiValueHeaders(), o.getBody())),
          new TypedShape<>(
              "load balancer",
              EventTypes.LOAD_BALANCER,
              List.of(PATH, PolicyScope.anywhere().domain(DOMAIN)),
              (method, headers) -> albEvent(method, headers, false),
              TypedShape::albResponse,
              TypedShape::readAlb),
          new TypedShape<>(
              "load balancer, multi-value headers",
              EventTypes.LOAD_BALANCER,
              List.of(PATH, PolicyScope.anywhere().domain(DOMAIN)),
              (method, headers) -> albEvent(method, headers, true),
              TypedShape::albResponse,
              TypedShape::readAlb));

  private static List<PolicyScope> placesOfAnApi() {
    PolicyScope anywhere = PolicyScope.anywhere();
    return List.of(PATH, anywhere.stage("prod"), anywhere.apiId("a1"), anywhere.domain(DOMAIN));
  }

  Response response(
      Cors cors,
      String method,
      Map<String, String> headers,
      Supplier<Response> handler,
      Context context) {
    return read.apply(
        cors.wrap(
                (I e, Context c) -> {
                  Response response = handler.get();
                  return response == null ? null : write.apply(response);
                },
                type)
            .handleRequest(event.apply(method, headers), context));
  }

  /** Returns what becomes of a response; adds to {@code left} what it is itself afterwards. */
  Response respondAndKeep(
      Cors cors, Map<String, String> headers, Response response, List<Response> left) {
    O written = write.apply(response);
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

  private static APIGatewayProxyResponseEvent restResponse(Response response) {
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(response.status == 0 ? null : response.status)
        .withHeaders(response.headers)
        .withMultiValueHeaders(response.multiValueHeaders)
        .withBody(response.body);
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

  private static APIGatewayV2HTTPResponse httpResponse(Response response) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(response.status)
        .withHeaders(response.headers)
        .withMultiValueHeaders(response.multiValueHeaders)
        .withBody(response.body)
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

  private static ApplicationLoadBalancerResponseEvent albResponse(Response response) {
    ApplicationLoadBalancerResponseEvent event = new ApplicationLoadBalancerResponseEvent();
    event.setStatusCode(response.status);
    event.setHeaders(response.headers);
    event.setMultiValueHeaders(response.multiValueHeaders);
    event.setBody(response.body);
    return event;
  }

  private static Response readAlb(ApplicationLoadBalancerResponseEvent event) {
    return new Response(
        event.getStatusCode(), event.getHeaders(), event.getMultiValueHeaders(), event.getBody());
  }
}
