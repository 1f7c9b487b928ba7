package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import dev.corsage.Problem;
import dev.corsage.conformance.function.TestFunction;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Judgement;
import dev.corsage.gateway.function.Interpreter;
import dev.corsage.gateway.rules.TemplateRules;
import dev.corsage.gateway.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that run, right ones and wrong ones: what a browser gets. */
@Timeout(120)
class TemplateGatewayTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private final Gateways.Log log = new Gateways.Log();

  /** Returns a template of the gateway's own tests, with {@code old => new} replaced in it. */
  private Template template(String name, String changes) throws Exception {
    Path resources =
        Repository.root().resolve("gateway/src/test/resources/dev/corsage/gateway/template");
    String text = Files.readString(resources.resolve(name));
    for (String change : changes == null ? new String[0] : changes.split(" // ", -1)) {
      String[] sides = change.replace("\\n", "\n").split(" => ", -1);
      assertThat(text).contains(sides[0]);
      text = text.replace(sides[0], sides[1]);
    }
    return Template.read(Files.writeString(folder.resolve(name), text), Map.of());
  }

  private LocalGateway start(Template template) throws Exception {
    return LocalGateway.builder(Repository.installation()).template(template).log(log).start();
  }

  /** Sends {@code PREFLIGHT /path origin} or {@code METHOD /path origin [header=value]}. */
  private static HttpResponse<String> send(String origin, String line) throws Exception {
    String[] parts = line.split(" ", -1);
    boolean preflight = parts[0].equals("PREFLIGHT");
    String api = origin.replace("localhost", "127.0.0.1");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api + parts[1]))
            .method(preflight ? "OPTIONS" : parts[0], BodyPublishers.noBody())
            .header("Origin", "https://" + parts[2] + ".example.com");
    if (preflight) {
      request.header("Access-Control-Request-Method", "PUT");
    }
    for (int i = 3; i < parts.length; i++) {
      request.header(parts[i].split("=", 2)[0], parts[i].split("=", 2)[1]);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Returns {@code status allowed-origins ±reason}; origins by their first label. */
  private String outcome(LocalGateway gateway, String line) throws Exception {
    return outcome(gateway.apiOrigin(), line);
  }

  private String outcome(String api, String line) throws Exception {
    HttpResponse<String> response = send(api, line);
    List<String> origins = response.headers().allValues("Access-Control-Allow-Origin");
    String allowed = String.join("+", origins).replaceAll("https://([a-z]+)\\.example\\.com", "$1");
    Judgement judgement = log.exchanges.get(log.exchanges.size() - 1).judgement();
    return response.statusCode()
        + " "
        + (allowed.isEmpty() ? "-" : allowed)
        + (judgement.isAllowed() ? " +" : " -")
        + judgement.reason();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          http.yaml       |        | PREFLIGHT /items app: 204 app +allowed-without-credentials; PREFLIGHT / app: 204 app +allowed-without-credentials; PREFLIGHT /items evil: 403 - -origin-not-allowed; GET /items app: 401 - -unauthorized; GET /items app Authorization=x: 200 app +allowed-without-credentials; GET /open/1 app: 200 app +allowed-without-credentials; GET /open/1 evil: 200 - -origin-not-allowed
          rest.yaml       |        | PREFLIGHT /items app: 204 app +allowed-without-credentials; PREFLIGHT / app: 204 app +allowed-without-credentials; PREFLIGHT /a evil: 403 - -origin-not-allowed; GET /items app: 401 app +unauthorized; GET /items evil: 401 app -unauthorized; GET / app Authorization=x: 200 app +allowed-without-credentials; PUT / app Authorization=x: 403 app +no-route
          url.yaml        |        | PREFLIGHT /items app: 204 app +allowed-without-credentials; PREFLIGHT /items evil: 403 - -origin-not-allowed; GET / app: 200 app +allowed-without-credentials
          plain-http.json |        | PREFLIGHT /items app: 403 - -method-not-allowed; GET /items app: 403 - -unauthorized; GET /items app Authorization=x: 200 - -no-acao; GET /other app: 404 - -no-route
          plain-rest.yaml |        | PREFLIGHT /items/1 app: 403 - -method-not-allowed; PREFLIGHT /items app: 204 * -method; GET /items/1 app: 401 app +unauthorized; GET /items/1 app X-Token=x: 502 - -no-function; GET /items app: 403 - -no-route
          openapi.yaml    |        | PREFLIGHT /items app: 403 - -method-not-allowed; PREFLIGHT /other app: 401 - -unauthorized; GET /items app X-Token=x: 200 - -no-acao; GET / app X-Token=x: 502 - -no-function
          http.yaml       | Auth:\\n        DefaultAuthorizer: => CorsConfiguration: {AllowOrigins: ["https://other.example.com"], AllowMethods: [PUT]}\\n      Auth:\\n        DefaultAuthorizer: | PREFLIGHT /items app: 204 - -preflight-no-acao; PREFLIGHT /items other: 204 other +allowed-without-credentials; GET /open/1 app: 200 - -no-acao; GET /open/1 other: 200 other +allowed-without-credentials
          http.yaml       | {ApiId: !Ref Api, Method: OPTIONS, Path: "/{proxy+}" => {ApiId: !Ref Api, Method: OPTIONS, Path: /x | PREFLIGHT /items app: 401 - -unauthorized
          http.yaml       | {ApiId: !Ref Api, Method: OPTIONS, Path: / => {ApiId: !Ref Api, Method: OPTIONS, Path: /x/ | PREFLIGHT / app: 401 - -unauthorized
          http.yaml       | https://app.example.com => https://app.example.com/ | PREFLIGHT /items app: 502 - -function-failed
          rest.yaml       | AddDefaultAuthorizerToCorsPreflight: false => AddDefaultAuthorizerToCorsPreflight: true | PREFLIGHT /items app: 401 app -unauthorized
          rest.yaml       | AddDefaultAuthorizerToCorsPreflight: false => AddDefaultAuthorizerToCorsPreflight: false\\n        ApiKeyRequired: true | PREFLIGHT /items app: 403 app -no-api-key
          rest.yaml       | Method: any, Path: "/{proxy+}" => Method: get, Path: /items | PREFLIGHT /items app: 403 app -no-route
          rest.yaml       | Method: options, Path: / => Method: options, Path: /other // StageName: prod => StageName: prod\\n      Cors: "'*'" | PREFLIGHT / app: 200 * -method
          rest.yaml       | "'https://app.example.com'" => method.request.header.Origin | GET /items evil: 401 evil +unauthorized
          url.yaml        | AuthType: NONE => AuthType: NONE\\n        Cors: {AllowOrigins: ["https://app.example.com"], AllowMethods: [PUT]} | PREFLIGHT / app: 200 app +allowed-without-credentials; GET / app: 200 app+app -many-acao
          url.yaml        | AuthType: NONE => AuthType: AWS_IAM | PREFLIGHT / app: 403 - -unauthorized
          """)
  void aBrowserGetsWhatAwsWouldSend(String name, String changes, String requests) throws Exception {
    try (LocalGateway gateway = start(template(name, changes))) {
      for (String request : requests.split("; ", -1)) {
        String[] sides = request.split(": ", -1);
        assertThat(outcome(gateway, sides[0])).as(sides[0]).isEqualTo(sides[1]);
      }
    }
  }

  /** Those that people are told to deploy. */
  @ParameterizedTest
  @CsvSource({
    "http-api.yaml, DynamoDb=false",
    "rest-api.yaml, DynamoDb=false",
    "function-url.yaml, DynamoDb=false",
    "http-api.yaml, DynamoDb=true",
    "rest-api.yaml, DynamoDb=true",
    "function-url.yaml, DynamoDb=true"
  })
  void theTemplatesToDeployHaveNoProblemAndRun(String name, String parameter) throws Exception {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("AllowedOrigins", "https://app.example.com");
    parameters.put("ErrorOrigin", "https://app.example.com");
    parameters.put("DynamoDb", parameter.replace("DynamoDb=", ""));
    Path file = Repository.root().resolve("deploy/sam").resolve(name);
    parameters.keySet().removeIf(key -> !declares(file, key));
    Template template = Template.read(file, parameters);
    assertThat(TemplateRules.problems(template)).noneMatch(Problem::isError);
    if (parameter.endsWith("true")) {
      // The store is not in this archive, and says so; what else there is was looked at.
      return;
    }
    assertRuns(template);
  }

  /** The same APIs as plans of Terraform. */
  @ParameterizedTest
  @ValueSource(strings = {"http-api", "rest-api", "function-url"})
  void thePlansOfTerraformHaveNoProblemAndRun(String name) throws Exception {
    Template template = template("terraform-" + name + ".json", null);
    assertThat(TemplateRules.problems(template)).noneMatch(Problem::isError);
    assertRuns(template);
  }

  private void assertRuns(Template template) throws Exception {
    try (LocalGateway gateway = start(template)) {
      assertThat(gateway.notes()).isEmpty();
      assertThat(outcome(gateway, "PREFLIGHT /items/1 app"))
          .isEqualTo("204 app +allowed-without-credentials");
      assertThat(outcome(gateway, "PREFLIGHT /items/1 evil"))
          .isEqualTo("403 - -origin-not-allowed");
      assertThat(outcome(gateway, "GET /items app"))
          .isEqualTo("200 app +allowed-without-credentials");
      assertThat(outcome(gateway, "GET /items evil")).isEqualTo("200 - -origin-not-allowed");
      assertThat(outcome(gateway, "GET /fail app"))
          .isEqualTo("500 app +allowed-without-credentials");
    }
  }

  private static boolean declares(Path template, String parameter) {
    try {
      return Files.readString(template).contains("\n  " + parameter + ":\n");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void anInitThatFailsIsReportedAndTheRestRuns() throws Exception {
    Template wrong = template("http.yaml", "https://app.example.com => https://app.example.com/");
    try (LocalGateway gateway = start(wrong)) {
      assertThat(gateway.notes()).hasSize(1);
      assertThat(gateway.notes().get(0)).startsWith("Preflight: ").contains("ORIGIN_PATH");
    }
  }

  /** The event says which route it took. */
  @Test
  void anArchiveThatIsThereRunsWithItsRoute() throws Exception {
    Path archive = Archives.of(folder, TestFunction.class, JsonFactory.class);
    String handler = TestFunction.class.getName();
    Template template =
        template(
            "http.yaml",
            "orders/ => "
                + archive.getFileName()
                + " // com.example.Orders => "
                + handler
                + " // /open/{id} => /{name} // , Auth: {Authorizer: NONE}}\\n        Night"
                + " => , PayloadFormatVersion: \"1.0\", Auth: {Authorizer: NONE}}\\n        Night");
    try (LocalGateway gateway = start(template)) {
      Map<String, Object> event = Json.object(send(gateway.apiOrigin(), "GET /event app").body());
      assertThat(event)
          .containsEntry("version", "1.0")
          .containsEntry("resource", "/{name}")
          .containsEntry("path", "/event")
          .containsEntry("pathParameters", Map.of("name", "event"));
    }
  }

  @Test
  void anArchiveThatCannotBeReadIsReportedAndReplaced() throws Exception {
    Files.writeString(folder.resolve("orders.jar"), "no archive");
    try (LocalGateway gateway = start(template("http.yaml", "orders/ => orders.jar"))) {
      assertThat(gateway.notes()).hasSize(1);
      assertThat(outcome(gateway, "GET /open/1 app"))
          .isEqualTo("200 app +allowed-without-credentials");
    }
  }

  /** Whose code is not here may do what it likes with such a variable. */
  @Test
  void whatStandsInForAFunctionOfOthersHasNoCorsHeaders() throws Exception {
    Template template =
        template("url.yaml", "Runtime: java21 => Runtime: python3.13 // wrapped => none");
    try (LocalGateway gateway = start(template)) {
      assertThat(outcome(gateway, "PREFLIGHT / app")).isEqualTo("200 - -preflight-no-acao");
      assertThat(outcome(gateway, "GET / app")).isEqualTo("200 - -no-acao");
    }
  }

  /** Code in the template, in both languages; its responses as a REST API and a URL take them. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          python3.13 | "statusCode": 201, "headers": {ACAO: "*"}                        | 201 * +allowed-without-credentials | 201 * +allowed-without-credentials | 200 - -no-acao
          python3.13 | "statusCode": 201, "headers": {ACAO: "*"}, "cookies": ["a=1"]    | 502 - -response-malformed          | 201 * +allowed-without-credentials | 200 - -no-acao
          python3.13 | "statusCode": 201, "headers": {ACAO: "*"}, "body": {}            | 502 - -response-malformed          | 502 - -response-malformed          | 200 - -no-acao
          python3.13 | "statusCode": 201, "headers": {ACAO: "*"}, "body": 6400000 * "a" | 502 - -response-too-large          | 502 - -response-too-large          | 502 - -response-too-large
          python3.13 | "statusCode": 201, "headers": {ACAO: "*"}, "body": SLEEP(9)      | 502 - -task-timed-out              | 502 - -task-timed-out              | 502 - -task-timed-out
          """)
  void aResponseIsTakenAsOnAws(
      String runtime, String response, String rest, String buffered, String streaming)
      throws Exception {
    assumeTrue(
        Interpreter.find(runtime, null, System.getenv()).isPresent(), "NOT RUN: no " + runtime);
    String template =
        """
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Runtime: RUNTIME
              Handler: index.handler
              Timeout: 3
              InlineCode: |
                import time
                ACAO = "access-control-allow-origin"
                def SLEEP(seconds): time.sleep(seconds)
                def handler(event, context):
                    return {RESPONSE}
              FunctionUrlConfig: {AuthType: NONE, InvokeMode: MODE}
              Events:
                Rest: {Type: Api, Properties: {Method: get, Path: /x}}
        """
            .replace("RUNTIME", runtime)
            .replace("{RESPONSE}", "{" + response + "}");
    for (String mode : List.of("BUFFERED", "RESPONSE_STREAM")) {
      Path file = folder.resolve(mode + ".yaml");
      Files.writeString(file, template.replace("MODE", mode));
      try (LocalGateway gateway = start(Template.read(file, Map.of()))) {
        for (LocalGateway.Endpoint endpoint : gateway.endpoints()) {
          boolean isRest = endpoint.api().kind() == Api.Kind.REST;
          String expected = isRest ? rest : mode.equals("BUFFERED") ? buffered : streaming;
          assertThat(outcome(endpoint.origin(), "GET /x app"))
              .as("%s %s", endpoint.api().kind(), mode)
              .isEqualTo(expected);
        }
      }
    }
  }

  /** The handler of Node.js that writes its own prelude; and one that does not. */
  @Test
  void streamedResponsesHaveTheHeadersOfTheirPrelude() throws Exception {
    assumeTrue(
        Interpreter.find("nodejs22.x", null, System.getenv()).isPresent(), "NOT RUN: no Node.js");
    Files.writeString(
        folder.resolve("stream.yaml"),
        """
        Resources:
          F:
            Type: AWS::Lambda::Function
            Properties:
              Runtime: nodejs22.x
              Handler: index.handler
              Code:
                ZipFile: |
                  exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                    if (event.rawPath === '/prelude') {
                      stream = awslambda.HttpResponseStream.from(stream, {
                        statusCode: 201,
                        headers: { 'Access-Control-Allow-Origin': event.headers.origin },
                      });
                    }
                    stream.end('rose');
                  });
          Url:
            Type: AWS::Lambda::Url
            Properties: {TargetFunctionArn: !GetAtt F.Arn, AuthType: NONE, InvokeMode: RESPONSE_STREAM}
        """);
    try (LocalGateway gateway = start(Template.read(folder.resolve("stream.yaml"), Map.of()))) {
      assertThat(outcome(gateway, "GET /prelude app"))
          .isEqualTo("201 app +allowed-without-credentials");
      assertThat(outcome(gateway, "GET /none app")).isEqualTo("200 - -no-acao");
      assertThat(send(gateway.apiOrigin(), "GET /none app").body()).isEqualTo("rose");
    }
  }

  @Test
  void everyApiHasAPort() throws Exception {
    Files.writeString(
        folder.resolve("two.yaml"),
        """
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Handler: com.example.F
              Environment: {Variables: {ALLOWED_ORIGINS: https://app.example.com}}
              FunctionUrlConfig: {AuthType: NONE}
              Events:
                Http: {Type: HttpApi}
                Rest: {Type: Api, Properties: {Method: any, Path: "/{proxy+}"}}
        """);
    try (LocalGateway gateway = start(Template.read(folder.resolve("two.yaml"), Map.of()))) {
      assertThat(gateway.endpoints().stream().map(endpoint -> endpoint.api().kind().toString()))
          .containsExactlyInAnyOrder("HTTP API", "REST API", "function URL");
      assertThat(gateway.endpoints().stream().map(LocalGateway.Endpoint::origin).distinct())
          .hasSize(3);
    }
  }
}
