package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.corsage.CorsPolicies;
import dev.corsage.CorsPolicy;
import dev.corsage.HttpRequest;
import dev.corsage.PolicyScope;
import dev.corsage.lambda.events.EventTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP APIs decode paths before a function gets them; the other kinds of API leave it to us. */
class EventPathTest {
  private static final String ORIGIN = "https://app.example.com";
  private static final String API = "a1.execute-api.eu-west-1.amazonaws.com";
  private static final String URL = "u1.lambda-url.eu-west-1.on.aws";

  private static CorsPolicies only(String path) {
    CorsPolicy.Builder policy = CorsPolicy.builder().origins(ORIGIN);
    return CorsPolicies.builder().policy(PolicyScope.anywhere().path(path), policy).build();
  }

  @ParameterizedTest(name = "{0} {1} is at {2}: {3}")
  @CsvSource({
    // What is sent is decoded here, once.
    "rest,     /ap,       /ap,       true",
    "rest,     /%61p,     /ap,       true",
    "rest,     /a%20p,    /a p,      true",
    "rest,     /a%2570,   /ap,       false",
    "rest,     /100%25,   /*,        true",
    "url,      /%61p,     /ap,       true",
    "url,      /a%20p,    /a p,      true",
    "emulator, /%61p,     /ap,       true",
    // What was decoded is not decoded again.
    "http 1.0, /ap,       /ap,       true",
    "http 1.0, /%61p,     /ap,       false",
    "http 1.0, /a p,      /a p,      true",
    "http 1.0, /100%,     /*,        true",
    "http 2.0, /ap,       /ap,       true",
    "http 2.0, /%61p,     /ap,       false",
    "http 2.0, /a p,      /a p,      true",
    "http 2.0, /100%,     /*,        true",
    "http 2.0, /ä,        /ä,        true",
    // And what others may decode again is nowhere.
    "http 2.0, /%61p,     /*,        false",
    "http 1.0, /a%2fb,    /*,        false",
  })
  void isDecodedOnce(String api, String path, String place, boolean there) {
    CorsPolicies policies = only(place);
    for (HttpRequest request : List.of(event(api, path), typed(api, path))) {
      assertThat(policies.decide(request).isAllowed()).isEqualTo(there);
    }
  }

  private static String domain(String api) {
    return switch (api) {
      case "url" -> URL;
      case "emulator" -> null;
      default -> API;
    };
  }

  private static Event event(String api, String path) {
    String version = api.endsWith("1.0") ? "\"version\":\"1.0\"," : "";
    String domain = domain(api) == null ? "null" : '"' + domain(api) + '"';
    String start = "{" + version + "\"headers\":{\"origin\":\"" + ORIGIN + "\"},";
    String context = "\"requestContext\":{\"stage\":\"$default\",\"domainName\":" + domain;
    boolean first = api.equals("rest") || api.endsWith("1.0");
    return Event.read(
        JsonBytesTest.bytes(
            first
                ? start + "\"httpMethod\":\"GET\",\"path\":\"" + path + "\"," + context + "}}"
                : start
                    + "\"rawPath\":\""
                    + path
                    + "\","
                    + context
                    + ",\"http\":{\"method\":\"GET\"}}}"));
  }

  private static HttpRequest typed(String api, String path) {
    Map<String, String> headers = Map.of("origin", ORIGIN);
    if (api.equals("rest") || api.endsWith("1.0")) {
      APIGatewayProxyRequestEvent event = new APIGatewayProxyRequestEvent();
      event.withPath(path).withHttpMethod("GET").withHeaders(headers);
      event.setVersion(api.endsWith("1.0") ? "1.0" : null);
      ProxyRequestContext context = new ProxyRequestContext();
      context.setDomainName(domain(api));
      return new TypedRequest<>(EventTypes.REST_API, event.withRequestContext(context));
    }
    APIGatewayV2HTTPEvent.RequestContext context =
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withDomainName(domain(api))
            .withStage("$default")
            .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod("GET").build())
            .build();
    return new TypedRequest<>(
        EventTypes.HTTP_API,
        APIGatewayV2HTTPEvent.builder()
            .withRawPath(path)
            .withHeaders(headers)
            .withRequestContext(context)
            .build());
  }
}
