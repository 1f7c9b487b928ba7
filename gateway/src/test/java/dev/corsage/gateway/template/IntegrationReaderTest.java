package dev.corsage.gateway.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsDecider;
import dev.corsage.gateway.api.ApiHandler;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Guard;
import dev.corsage.gateway.api.Integration;
import dev.corsage.gateway.api.Loopback;
import dev.corsage.gateway.api.RawHttp;
import dev.corsage.gateway.api.RouteTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Integrations of REST APIs that map, from a template to the response that leaves. */
@Timeout(60)
class IntegrationReaderTest {
  @TempDir private Path folder;

  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  /** A function that responds to any event with a text; the event is kept. */
  private static final class Answering implements Integration {
    private final String response;
    private String event;

    Answering(String response) {
      this.response = response;
    }

    @Override
    public String name() {
      return "function";
    }

    @Override
    public CorsDecider policy() {
      return null;
    }

    @Override
    public ApiResponse respond(RouteTable.Match match, ApiRequest request, byte[] body) {
      throw new AssertionError("It is no proxy integration");
    }

    @Override
    public byte[] invoke(byte[] bytes) {
      event = new String(bytes, UTF_8);
      return response.getBytes(UTF_8);
    }
  }

  private static final Answering HELLO = new Answering("{\"message\":\"hello\"}");

  /** Sends {@code METHOD /path [Header=value]… [body]}; returns the response. */
  private String send(Template template, Answering function, String request) throws Exception {
    Server server = Loopback.server(0, Duration.ofSeconds(30));
    Loopback.start(
        server,
        Guard.ofNames(List.of(), reason -> {}),
        new ApiHandler(
            template.apis().get(0),
            Map.of("Fn", function),
            Duration.ofSeconds(10),
            exchanges::add));
    try {
      String[] parts = request.split(" ", -1);
      List<String> lines = new ArrayList<>();
      lines.add(parts[0] + " " + parts[1] + " HTTP/1.1");
      lines.add("Host: localhost:" + Loopback.port(server));
      for (int i = 2; i < parts.length; i++) {
        lines.add(parts[i].replaceFirst("=", ": "));
      }
      return RawHttp.send(Loopback.port(server), lines.toArray(String[]::new));
    } finally {
      Loopback.stop(server);
    }
  }

  /** Returns {@code STATUS allow-origin=value …}: the status and the headers that matter here. */
  private static String outcome(String response) {
    Map<String, String> headers = new TreeMap<>();
    for (String line : response.split("\r\n\r\n", 2)[0].split("\r\n", -1)) {
      String[] field = line.split(": ", 2);
      String name = field[0].toLowerCase(Locale.ROOT);
      if (field.length == 2 && (name.startsWith("access-control-") || name.startsWith("x-"))) {
        headers.merge(name.replace("access-control-", ""), field[1], (a, b) -> a + "+" + b);
      }
    }
    return (response.split(" ", 3)[1]
            + " "
            + headers.toString().replaceAll("[{}]", "").replace(", ", " "))
        .strip();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cdk-two-origins.json        | OPTIONS /items Origin=https://a.example.com | 204 allow-headers=Content-Type allow-methods=GET allow-origin=https://a.example.com
          cdk-two-origins.json        | OPTIONS /items Origin=https://b.example.com | 204 allow-headers=Content-Type allow-methods=GET allow-origin=https://b.example.com
          cdk-two-origins.json        | OPTIONS /items origin=https://b.example.com | 204 allow-headers=Content-Type allow-methods=GET allow-origin=https://b.example.com
          cdk-two-origins.json        | OPTIONS /items Origin=https://evil.example  | 204 allow-headers=Content-Type allow-methods=GET allow-origin=https://a.example.com
          lambda-integration-aws.yaml | GET /                                       | 200 allow-origin=*
          openapi-mock-responses.yaml | OPTIONS /a                                  | 204 allow-origin=https://app.example.com
          openapi-mock-responses.yaml | OPTIONS /b                                  | 200 allow-origin=https://app.example.com
          d-importvalue-in-mock.yaml  | OPTIONS /x                                  | 200 allow-methods=GET,PUT
          fn-mock-many-faults.yaml    | OPTIONS /items Authorization=x              | 500
          fn-mock-unquoted.yaml       | OPTIONS /                                   | 200
          """)
  void templatesOfTheField(String name, String request, String outcome) throws Exception {
    Template template = Templates.read("field/" + name);
    assertThat(outcome(send(template, HELLO, request))).isEqualTo(outcome);
  }

  /** A REST API with one method; what is inserted belongs to its integration. */
  private Template method(String integration, String rest) throws Exception {
    return Templates.of(
        folder,
        """
        Resources:
          Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a, REST}}
          Prod: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: prod, Variables: {who: stage}}}
          Fn: {Type: AWS::Lambda::Function, Properties: {Handler: index.handler, Runtime: nodejs22.x}}
          Method:
            Type: AWS::ApiGateway::Method
            Properties:
              RestApiId: !Ref Api
              ResourceId: !GetAtt Api.RootResourceId
              HttpMethod: ANY
              Integration: {INTEGRATION}
              MethodResponses:
                - {StatusCode: 200, ResponseParameters: {method.response.header.Access-Control-Allow-Origin: true, method.response.header.X-A: false}}
                - {StatusCode: 400, ResponseParameters: {method.response.header.X-A: true}}
        """
            .replace("INTEGRATION", integration)
            .replace("REST", rest == null ? "Description: b" : rest));
  }

  private static final String ORIGIN =
      "{StatusCode: 200, ResponseParameters: {method.response.header.Access-Control-Allow-Origin:"
          + " \"'https://app.example.com'\"}";

  /** Of mocks: STAR stands for a response with a static header, 200 for a request template. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      textBlock =
          """
          Type: MOCK, T200, IntegrationResponses: [STAR}]                                      | none | OPTIONS / | 200 allow-origin=https://app.example.com
          Type: mock, T200, IntegrationResponses: [STAR}]                                      | none | OPTIONS / | 200 allow-origin=https://app.example.com
          Type: MOCK, IntegrationResponses: [STAR}]                                            | none | OPTIONS / | 500
          Type: MOCK, RequestTemplates: {application/json: "{}"}, IntegrationResponses: [STAR}] | none | OPTIONS / | 500
          Type: MOCK, RequestTemplates: {application/json: "{\\"statusCode\\": \\"200\\"}"}, IntegrationResponses: [STAR}] | none | OPTIONS / | 500
          Type: MOCK, RequestTemplates: {application/json: "{statusCode: 200"}, IntegrationResponses: [STAR}] | none | OPTIONS / | 500
          Type: MOCK, RequestTemplates: {application/json: "#if(1 == 2"}, IntegrationResponses: [STAR}] | none | OPTIONS / | 500
          Type: MOCK, T200, IntegrationResponses: []                                           | none | OPTIONS / | 500
          Type: MOCK, T200, IntegrationResponses: [STAR, SelectionPattern: '4\\d{2}'}]         | none | OPTIONS / | 500
          Type: MOCK, T200, IntegrationResponses: [STAR, SelectionPattern: '2\\d{2}'}, {StatusCode: 400}] | none | OPTIONS / | 200 allow-origin=https://app.example.com
          Type: MOCK, T200, IntegrationResponses: [STAR, SelectionPattern: '20'}, {StatusCode: 400, ResponseParameters: {method.response.header.X-A: "'a'"}}] | none | OPTIONS / | 400 x-a=a
          Type: MOCK, RequestTemplates: {application/json: '#if($input.params("x") == "1"){statusCode: 400}#else{statusCode: 200}#end'}, IntegrationResponses: [STAR}, {StatusCode: 400, SelectionPattern: 400}] | none | OPTIONS /?x=1 | 400
          Type: MOCK, RequestTemplates: {application/json: '#if($input.params("x") == "1"){statusCode: 400}#else{statusCode: 200}#end'}, IntegrationResponses: [STAR}, {StatusCode: 400, SelectionPattern: 400}] | none | OPTIONS / | 200 allow-origin=https://app.example.com
          Type: MOCK, T200, IntegrationResponses: [STAR}]                                      | none | OPTIONS / Content-Type=text/plain | 500
          Type: MOCK, T200, IntegrationResponses: [STAR}]                                      | none | OPTIONS / Content-Type=application/json;charset=utf-8 | 200 allow-origin=https://app.example.com
          Type: MOCK, T200, PassthroughBehavior: NEVER, IntegrationResponses: [STAR}]          | none | OPTIONS / Content-Type=text/plain | 415
          Type: MOCK, T200, PassthroughBehavior: WHEN_NO_TEMPLATES, IntegrationResponses: [STAR}] | none | OPTIONS / Content-Type=text/plain | 415
          Type: MOCK, PassthroughBehavior: NEVER, IntegrationResponses: [STAR}]                | none | OPTIONS / | 415
          Type: MOCK, T200, IntegrationResponses: [STAR}]                                      | BinaryMediaTypes: ["*/*"]      | OPTIONS / | 500
          Type: MOCK, T200, IntegrationResponses: [STAR}]                                      | BinaryMediaTypes: ["*~1*"]     | OPTIONS / | 500
          Type: MOCK, T200, IntegrationResponses: [STAR}]                                      | BinaryMediaTypes: [image/png]  | OPTIONS / | 200 allow-origin=https://app.example.com
          Type: MOCK, T200, ContentHandling: CONVERT_TO_TEXT, IntegrationResponses: [STAR}]    | BinaryMediaTypes: ["*/*"]      | OPTIONS / | 200 allow-origin=https://app.example.com
          Type: MOCK, T200, IntegrationResponses: [STAR, ContentHandling: CONVERT_TO_TEXT}]    | BinaryMediaTypes: ["*/*"]      | OPTIONS / | 500
          Type: MOCK, T200, ContentHandling: CONVERT_TO_TEXT, IntegrationResponses: [STAR, ResponseTemplates: {application/json: x}}] | BinaryMediaTypes: ["*/*"] | OPTIONS / | 500
          Type: MOCK, T200, ContentHandling: CONVERT_TO_TEXT, IntegrationResponses: [STAR, ContentHandling: CONVERT_TO_TEXT, ResponseTemplates: {application/json: x}}] | BinaryMediaTypes: ["*/*"] | OPTIONS / | 200 allow-origin=https://app.example.com
          Type: MOCK, T200, IntegrationResponses: [{StatusCode: 200, ResponseParameters: {method.response.header.X-Undeclared: "'a'", method.response.header.X-A: "'a'"}}] | none | OPTIONS / | 200 x-a=a
          Type: MOCK, T200, IntegrationResponses: [{StatusCode: 202, ResponseParameters: {method.response.header.X-A: "'a'"}}] | none | OPTIONS / | 202
          Type: MOCK, T200, IntegrationResponses: [{StatusCode: 200, ResponseParameters: {method.response.header.X-A: a}}] | none | OPTIONS / | 200
          Type: MOCK, T200, IntegrationResponses: [{StatusCode: 200, ResponseParameters: {method.response.header.X-A: !ImportValue a}}] | none | OPTIONS / | 200
          Type: MOCK, T200, IntegrationResponses: [{StatusCode: 200, ResponseParameters: {method.response.header.X-A: stageVariables.who}}] | none | OPTIONS / | 200 x-a=stage
          Type: MOCK, T200, IntegrationResponses: [{StatusCode: 200, ResponseParameters: {method.response.header.X-A: context.stage}}] | none | OPTIONS / | 200 x-a=prod
          Type: MOCK, T200, IntegrationResponses: [{StatusCode: 200, ResponseParameters: {method.response.header.X-A: method.request.header.Origin}}] | none | OPTIONS / Origin=x | 200
          Type: MOCK, T200, IntegrationResponses: [STAR, ResponseTemplates: {application/json: '#set($context.responseOverride.status = 403)#set($context.responseOverride.header.X-New = "n")'}}] | none | OPTIONS / | 403 allow-origin=https://app.example.com x-new=n
          Type: MOCK, T200, IntegrationResponses: [STAR, ResponseTemplates: {application/json: '#set($context.responseOverride.header.access-control-allow-origin = $input.params().header.Origin)'}}] | none | OPTIONS / Origin=https://b.example | 200 allow-origin=https://b.example
          Type: MOCK, T200, IntegrationResponses: [STAR, ResponseTemplates: {application/json: '#set($context.responseOverride.header.X-N = $util.urlDecode($input.params("x")))'}}] | none | OPTIONS /?x=a%250d%250aSet-Cookie:b | 200 allow-origin=https://app.example.com
          Type: MOCK, T200, IntegrationResponses: [STAR, ResponseTemplates: {application/json: !Sub '#set($context.responseOverride.header.X-N = "${Other.Arn}")'}}] | none | OPTIONS / | 200 allow-origin=https://app.example.com
          Type: MOCK, T200, IntegrationResponses: [STAR, ResponseTemplates: {application/json: '#set($context.responseOverride.header.X-N = 1)#set($context.responseOverride.header.X-N = 2)'}}] | none | OPTIONS / | 500
          Type: MOCK, RequestTemplates: {application/json: '{statusCode: 200}#set($context.responseOverride.header.X-N = "r")'}, IntegrationResponses: [STAR}] | none | OPTIONS / | 200 allow-origin=https://app.example.com x-n=r
          """)
  void mocks(String integration, String rest, String request, String outcome) throws Exception {
    Template template =
        method(
            integration
                .replace("T200", "RequestTemplates: {application/json: '{\"statusCode\": 200}'}")
                .replace("STAR", ORIGIN),
            rest);
    assertThat(outcome(send(template, HELLO, request))).isEqualTo(outcome);
  }

  private static final String LAMBDA =
      "Type: AWS, IntegrationHttpMethod: POST, Uri: !Sub"
          + " \"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations\"";

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          LAMBDA, IntegrationResponses: [STAR}]                                              | {"a": 1}                      | 200 allow-origin=https://app.example.com | {}                  | {"a": 1}
          LAMBDA, IntegrationResponses: []                                                   | {"a": 1}                      | 500                                      | {}                  | {"message":"Internal server error"}
          LAMBDA, RequestTemplates: {application/json: '{"o": "$input.params("Origin")"}'}, IntegrationResponses: [STAR}] | {"a": 1} | 200 allow-origin=https://app.example.com | {"o": "https://b.example"} | {"a": 1}
          LAMBDA, IntegrationResponses: [STAR, ResponseTemplates: {application/json: '<$input.path("$.a")>'}}] | {"a": 1}    | 200 allow-origin=https://app.example.com | {}                  | <1>
          LAMBDA, IntegrationResponses: [STAR}, {StatusCode: 400, SelectionPattern: 'Bad.*', ResponseParameters: {method.response.header.X-A: integration.response.body.errorMessage}}] | {"errorMessage": "Bad request"} | 400 x-a=Bad request | {} | {"errorMessage": "Bad request"}
          LAMBDA, IntegrationResponses: [STAR}, {StatusCode: 400, SelectionPattern: 'Bad.*'}] | {"errorMessage": "It is Bad"} | 200 allow-origin=https://app.example.com | {}                  | {"errorMessage": "It is Bad"}
          LAMBDA, IntegrationResponses: [{StatusCode: 400, SelectionPattern: '.+'}]          | {"a": 1}                      | 400                                      | {}                  | {"a": 1}
          Type: HTTP, Uri: "https://orders.example.com/", IntegrationResponses: [STAR}]      | {"a": 1}                      | 200 allow-origin=https://app.example.com | none                | {}
          Type: HTTP, Uri: "https://orders.example.com/", IntegrationResponses: [STAR, SelectionPattern: '2\\d{2}'}] | {"a": 1} | 200 allow-origin=https://app.example.com | none          | {}
          Type: AWS, Uri: "arn:aws:apigateway:us-east-1:states:action/StartExecution", IntegrationResponses: [STAR}] | {"a": 1} | 200 allow-origin=https://app.example.com | none          | {}
          """)
  void functionsAndServers(
      String integration, String response, String outcome, String event, String body)
      throws Exception {
    Answering function = new Answering(response);
    Template template = method(integration.replace("LAMBDA", LAMBDA).replace("STAR", ORIGIN), null);
    String sent = send(template, function, "GET / Origin=https://b.example");
    assertThat(outcome(sent)).isEqualTo(outcome);
    assertThat(String.valueOf(function.event).replace("null", "none")).isEqualTo(event);
    assertThat(sent.split("\r\n\r\n", 2)[1]).isEqualTo(body);
  }

  /** Of OpenAPI documents: keys select, and the method's responses declare headers. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          default  | headers: {Access-Control-Allow-Origin: {schema: {type: string}}} | 200 allow-origin=*
          "200"    | headers: {access-control-allow-origin: {schema: {type: string}}} | 200 allow-origin=*
          2\\d{2}  | headers: {Access-Control-Allow-Origin: {schema: {type: string}}} | 200 allow-origin=*
          4\\d{2}  | headers: {Access-Control-Allow-Origin: {schema: {type: string}}} | 500
          default  | description: none                                                | 200
          default  | $ref: "#/components/responses/Cors"                              | 200 allow-origin=*
          """)
  void operations(String key, String responses, String outcome) throws Exception {
    Template template =
        Templates.of(
            folder,
            """
            Resources:
              Api:
                Type: AWS::ApiGateway::RestApi
                Properties:
                  Body:
                    openapi: 3.0.1
                    components: {responses: {Cors: {headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}}
                    paths:
                      /a:
                        options:
                          responses: {"200": {RESPONSES}}
                          x-amazon-apigateway-integration:
                            type: mock
                            passthroughBehavior: when_no_match
                            requestTemplates: {application/json: '{"statusCode": 200}'}
                            responses:
                              KEY: {statusCode: "200", responseParameters: {method.response.header.Access-Control-Allow-Origin: "'*'"}}
            """
                .replace("RESPONSES", responses)
                .replace("KEY", key));
    assertThat(outcome(send(template, HELLO, "OPTIONS /a"))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BinaryMediaTypes: [image~1png] | 200 allow-origin=*
          BinaryMediaTypes: ["*~1*"]     | 500
          """)
  void mocksOfSamAreOfTextToo(String types, String outcome) throws Exception {
    Template template =
        Templates.of(
            folder,
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Api: {Type: AWS::Serverless::Api, Properties: {StageName: prod, TYPES, Cors: "'*'"}}
              Fn:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: index.h
                  Runtime: nodejs22.x
                  Events: {A: {Type: Api, Properties: {Path: /x, Method: put, RestApiId: !Ref Api}}}
            """
                .replace("TYPES", types));
    assertThat(outcome(send(template, HELLO, "OPTIONS /x")).replaceAll(" allow-methods=\\S+", ""))
        .isEqualTo(outcome);
  }

  @Test
  void theLogSaysWhatResponded() throws Exception {
    send(method(LAMBDA + ", IntegrationResponses: [" + ORIGIN + "}]", null), HELLO, "GET /");
    send(method("Type: MOCK", null), HELLO, "OPTIONS / Origin=https://app.example.com");
    assertThat(exchanges).extracting(Exchange::target).containsExactly("function", "gateway");
    assertThat(exchanges.get(1).judgement().reason()).isEqualTo("mock-without-status");
  }
}
