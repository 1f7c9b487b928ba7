package dev.corsage.bench;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.corsage.bench.HandWrittenCors.Verdict;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A handler of the event classes with a decision of its own. Around it is what AWS's client of the
 * Runtime API does: its serializers read the event and write the response. For VPC Lattice there
 * are no classes, so handlers take maps.
 */
final class EventClasses<I, O> implements EventSubject {
  private static final HandWrittenCors CORS = new HandWrittenCors();
  private static final String BODY = "{\"id\":1}";
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json";
  private static final int OK = 200;

  private final PojoSerializer<I> reader;
  private final PojoSerializer<O> writer;
  private final Function<I, O> handler;

  private EventClasses(Class<I> event, Class<O> response, Function<I, O> handler) {
    reader = serializer(event);
    writer = serializer(response);
    this.handler = handler;
  }

  static EventSubject of(Invoker invoker) {
    return switch (invoker) {
      case REST_API, HTTP_API_1 ->
          new EventClasses<>(
              APIGatewayProxyRequestEvent.class,
              APIGatewayProxyResponseEvent.class,
              EventClasses::restApi);
      case HTTP_API_2, FUNCTION_URL ->
          new EventClasses<>(
              APIGatewayV2HTTPEvent.class, APIGatewayV2HTTPResponse.class, EventClasses::httpApi);
      case ALB, ALB_LISTS ->
          new EventClasses<>(
              ApplicationLoadBalancerRequestEvent.class,
              ApplicationLoadBalancerResponseEvent.class,
              EventClasses::loadBalancer);
      case LATTICE_1, LATTICE_2 -> new EventClasses<>(Map.class, Map.class, EventClasses::lattice);
    };
  }

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
        ? LambdaEventSerializers.serializerFor(type, EventClasses.class.getClassLoader())
        : JacksonFactory.getInstance().getSerializer(type);
  }

  @Override
  public void response(InputStream event, OutputStream response) {
    writer.toJson(handler.apply(reader.fromJson(event)), response);
  }

  private static APIGatewayProxyResponseEvent restApi(APIGatewayProxyRequestEvent event) {
    Verdict verdict = decide(event.getHttpMethod(), event.getHeaders());
    APIGatewayProxyResponseEvent response =
        new APIGatewayProxyResponseEvent()
            .withStatusCode(status(verdict))
            .withHeaders(all(verdict));
    return isOwn(verdict) ? response.withBody(BODY) : response;
  }

  private static APIGatewayV2HTTPResponse httpApi(APIGatewayV2HTTPEvent event) {
    String method = event.getRequestContext().getHttp().getMethod();
    Verdict verdict = decide(method, event.getHeaders());
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status(verdict))
        .withHeaders(all(verdict))
        .withBody(isOwn(verdict) ? BODY : null)
        .build();
  }

  private static ApplicationLoadBalancerResponseEvent loadBalancer(
      ApplicationLoadBalancerRequestEvent event) {
    ApplicationLoadBalancerResponseEvent response = new ApplicationLoadBalancerResponseEvent();
    boolean lists = event.getHeaders() == null;
    Verdict verdict =
        lists
            ? decideLists(event.getHttpMethod(), event.getMultiValueHeaders())
            : decide(event.getHttpMethod(), event.getHeaders());
    response.setStatusCode(status(verdict));
    response.setStatusDescription(description(verdict));
    if (lists) {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      all(verdict).forEach((name, value) -> headers.put(name, List.of(value)));
      response.setMultiValueHeaders(headers);
    } else {
      response.setHeaders(all(verdict));
    }
    response.setBody(isOwn(verdict) ? BODY : null);
    return response;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> lattice(Map<?, ?> event) {
    String method = (String) event.get("method");
    Verdict verdict =
        event.containsKey("raw_path")
            ? decide(method, (Map<String, String>) event.get("headers"))
            : decideLists(method, (Map<String, List<String>>) event.get("headers"));
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("statusCode", status(verdict));
    response.put("statusDescription", description(verdict));
    response.put("headers", all(verdict));
    if (isOwn(verdict)) {
      response.put("body", BODY);
    }
    return response;
  }

  private static Verdict decide(String method, Map<String, String> headers) {
    return CORS.decide(
        method,
        name -> {
          String value = headers.get(name);
          return value == null ? headers.get(name.toLowerCase(Locale.ROOT)) : value;
        });
  }

  private static Verdict decideLists(String method, Map<String, List<String>> headers) {
    return CORS.decide(
        method,
        name -> {
          List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
          return values == null ? null : String.join(",", values);
        });
  }

  private static boolean isOwn(Verdict verdict) {
    return verdict.status() == 0;
  }

  private static int status(Verdict verdict) {
    return isOwn(verdict) ? OK : verdict.status();
  }

  private static String description(Verdict verdict) {
    return switch (status(verdict)) {
      case OK -> "200 OK";
      case 204 -> "204 No Content";
      default -> "403 Forbidden";
    };
  }

  private static Map<String, String> all(Verdict verdict) {
    Map<String, String> headers = verdict.headers();
    if (isOwn(verdict)) {
      headers.put(CONTENT_TYPE, JSON);
    }
    return headers;
  }
}
