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
      return EventTypes.REST_API.request(event.withRequestContext(context));
    }
    APIGatewayV2HTTPEvent.RequestContext context =
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withDomainName(domain(api))
            .withStage("$default")
            .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod("GET").build())
            .build();
    return EventTypes.HTTP_API.request(
        APIGatewayV2HTTPEvent.builder()
            .withRawPath(path)
            .withHeaders(headers)
            .withRequestContext(context)
            .build());
  }

  /** The stage is in front at the API's own endpoint, the base path at a domain of its owner. */
  @ParameterizedTest(name = "{0} at {1}: {2} of {3} {4} is {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        // HTTP APIs have the stage in the path of both formats, REST APIs in that of none.
        "1.0, API, /prod/orders, -, -, /orders",
        "1.0, API, /prod, -, -, /",
        "1.0, API, /prod/, -, -, /",
        "1.0, API, /prod//orders, -, -, //orders",
        "1.0, API, /prod/./orders, -, -, /./orders",
        "1.0, API, /prod/..orders/.., -, -, -",
        "1.0, API, /prod/../orders, -, -, -",
        "1.0, API, /prod/../prod/orders, -, -, -",
        "1.0, API, /prod/x/../orders, -, -, -",
        "1.0, API, //prod/orders, -, -, -",
        "1.0, API, /./prod/orders, -, -, -",
        "1.0, API, /orders, -, -, -",
        "1.0, API, /production/a, -, -, -",
        "1.0, API, /Prod/a, -, -, -",
        "1.0, API, /prod/prod/a, -, -, /prod/a",
        "1.0, API, /prod/%61, -, -, /%2561",
        "-, API, /prod/orders, -, -, /prod/orders",
        "-, API, /orders, /orders, -, /orders",
        // A domain of one's own.
        "-, api.test, /orders, /orders, -, /orders",
        "-, api.test, /v1/orders, /orders, -, /orders",
        "-, api.test, /v1/orders/, /orders, -, /orders/",
        "-, api.test, /a/b/orders/7, '/orders/{id}', -, /orders/7",
        "-, api.test, /v1, /, -, /",
        "-, api.test, /, /, -, /",
        "-, api.test, /orders/orders, /orders, -, /orders",
        "-, api.test, /v1/a/b, /{proxy+}, a/b, /a/b",
        "-, api.test, /a/b, /{proxy+}, a/b, /a/b",
        "-, api.test, /v1/a%20b, /{proxy+}, a b, /a%20b",
        "-, api.test, /v1/a+b, /{proxy+}, a+b, /a+b",
        "-, api.test, /v1/x/a/b/, /x/{proxy+}, a/b, /x/a/b/",
        "1.0, api.test, /v1/orders, /orders, -, /orders",
        "1.0, api.test, /v1/100%, /{proxy+}, 100%, /100%25",
        // Nothing tells where the base path ends.
        "-, api.test, /v1/orders, -, -, /v1/orders",
        "1.0, api.test, /v1/orders, $default, -, /v1/orders",
        // What does not fit is nowhere.
        "-, api.test, /v1/orders, /admin, -, -",
        "-, api.test, /orders, '/orders/{id}', -, -",
        "-, api.test, /v1/x//admin, /{proxy+}, x/admin, -",
        "-, api.test, /v1/x/../admin, /{proxy+}, admin, -",
        "-, api.test, /v1/x%2Fadmin, /{proxy+}, x/admin, -",
        "-, api.test, /v1/a/b, /{proxy+}, -, -",
        "-, api.test, /v1/a/b, /{proxy+}, a/c, -",
      })
  void stagesAndBasePathsAreCut(
      String version, String at, String path, String resource, String greedy, String expected) {
    String domain = at.equals("API") ? API : at;
    ProxyRequestContext context = new ProxyRequestContext();
    context.setDomainName(domain);
    context.setStage("prod");
    context.setResourcePath(resource);
    APIGatewayProxyRequestEvent typed =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("GET")
            .withPath(path)
            .withRequestContext(context)
            .withPathParameters(greedy == null ? null : Map.of("proxy", greedy));
    typed.setVersion(version);
    String json =
        """
        {"version":%s,"httpMethod":"GET","path":"%s","pathParameters":{"proxy":%s},
         "requestContext":{"domainName":"%s","stage":"prod","resourcePath":%s}}
        """
            .formatted(quoted(version), path, quoted(greedy), domain, quoted(resource));

    assertThat(Event.read(JsonBytesTest.bytes(json)).path()).isEqualTo(expected);
    assertThat(EventTypes.REST_API.request(typed).path()).isEqualTo(expected);
  }

  /** AWS: the stage $default is served from the base, the others below their name. */
  @ParameterizedTest(name = "{0} of stage {1} is {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "/orders, $default, /orders",
        "/$default/orders, $default, /$default/orders",
        "/$default, $default, /$default",
        "/a/../b, $default, /a/../b",
        "/prod/orders, prod, /orders",
        "/prod, prod, /",
        "/prod//orders, prod, //orders",
        "/prod/../prod/orders, prod, -",
        "/prod/.., prod, -",
        "//prod/orders, prod, -",
        "/orders, prod, -",
        "/prod/orders, -, /prod/orders",
      })
  void onlyNamedStagesAreCut(String path, String stage, String expected) {
    String json =
        """
        {"version":"2.0","rawPath":"%s",
         "requestContext":{"domainName":"%s","stage":%s,"http":{"method":"GET"}}}
        """
            .formatted(path, API, quoted(stage));
    APIGatewayV2HTTPEvent.RequestContext context =
        APIGatewayV2HTTPEvent.RequestContext.builder()
            .withDomainName(API)
            .withStage(stage)
            .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod("GET").build())
            .build();
    HttpRequest typed =
        EventTypes.HTTP_API.request(
            APIGatewayV2HTTPEvent.builder().withRawPath(path).withRequestContext(context).build());

    assertThat(Event.read(JsonBytesTest.bytes(json)).path()).isEqualTo(expected);
    assertThat(typed.path()).isEqualTo(expected);
  }

  private static String quoted(String text) {
    return text == null ? "null" : '"' + text + '"';
  }
}
