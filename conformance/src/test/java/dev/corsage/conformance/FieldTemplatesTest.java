package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Problem;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.rules.TemplateRules;
import dev.corsage.gateway.template.Template;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates as people write them: what must be said of each, and what it does when it runs. */
@Timeout(120)
class FieldTemplatesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  static Stream<Map<String, Object>> rows() throws IOException {
    return Repository.resource("field/templates.ndjson").lines().map(Json::object);
  }

  private static String resource(Object file) {
    return "field/templates/" + file;
  }

  private Template template(String file) throws Exception {
    String text = Repository.resource(resource(file));
    return Template.read(Files.writeString(folder.resolve(file), text), Map.of());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void lintSays(Map<String, Object> row) throws Exception {
    List<Problem> problems = TemplateRules.problems(template((String) row.get("file")));

    switch ((String) row.get("lint")) {
      case "error" -> assertThat(problems).anyMatch(Problem::isError);
      case "finding" -> assertThat(problems).anyMatch(FieldTemplatesTest::isFinding);
      case "no-error" -> assertThat(problems).noneMatch(Problem::isError);
      case "quiet" -> assertThat(problems).noneMatch(FieldTemplatesTest::isFinding);
      default -> throw new IllegalArgumentException(row.toString());
    }
  }

  private static boolean isFinding(Problem problem) {
    return problem.severity() != Problem.Severity.INFO;
  }

  /** Origins by their first label: {@code PREFLIGHT /path origin: status allowed-origin}. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cdk-two-origins                    | PREFLIGHT /items a: 204 a; PREFLIGHT /items b: 204 b; PREFLIGHT /items evil: 204 a
          cors-without-allow-origin          | PREFLIGHT /x app: 200 *
          d-importvalue-in-mock              | PREFLIGHT /x app: 200 -
          definition-body-default-authorizer | PREFLIGHT /items app: 401 -; PREFLIGHT /items app Authorization=x: 204 app; GET /items app: 401 -
          definition-uri                     | GET /x app: 403 -
          http-api-cors-precedence           | PREFLIGHT / app: 204 app; PREFLIGHT / old: 204 -
          http-api-default-authorizer        | PREFLIGHT /items app: 204 app; PREFLIGHT /items evil: 403 -; GET /items app: 401 -
          foreign-env-allowed-origin         | PREFLIGHT /cart shop: 200 shop; GET /cart shop: 200 -
          lambda-integration-aws             | GET / app: 200 *
          lambda-by-name                     | PREFLIGHT / app: 204 app; PREFLIGHT / evil: 403 -
          list-parameter                     | PREFLIGHT /x a: 204 a; PREFLIGHT /x b: 204 b; PREFLIGHT /x evil: 204 -
          openapi-mock-responses             | PREFLIGHT /a app: 204 app; PREFLIGHT /b app: 200 app
          rest-api-id-string                 | PREFLIGHT /x app: 204 app; GET /y app: 403 -
          state-machine-event                | PREFLIGHT /start app: 200 app; GET /start app: 403 -
          """)
  void serveDoes(String name, String requests) throws Exception {
    try (LocalGateway gateway =
        LocalGateway.builder(Repository.installation())
            .template(template(name.startsWith("cdk") ? name + ".json" : name + ".yaml"))
            .log(new Gateways.Log())
            .start()) {
      for (String request : requests.split("; ", -1)) {
        String[] sides = request.split(": ", -1);
        assertThat(outcome(gateway, sides[0])).as(sides[0]).isEqualTo(sides[1]);
      }
    }
  }

  private static String outcome(LocalGateway gateway, String line) throws Exception {
    String[] parts = line.split(" ", -1);
    boolean preflight = parts[0].equals("PREFLIGHT");
    String api = gateway.apiOrigin().replace("localhost", "127.0.0.1");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api + parts[1]))
            .method(preflight ? "OPTIONS" : parts[0], BodyPublishers.noBody())
            .header("Origin", "https://" + parts[2] + ".example.com");
    if (preflight) {
      request.header("Access-Control-Request-Method", "GET");
    }
    for (int i = 3; i < parts.length; i++) {
      request.header(parts[i].split("=", 2)[0], parts[i].split("=", 2)[1]);
    }
    HttpResponse<Void> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding());
    String allowed =
        String.join("+", response.headers().allValues("Access-Control-Allow-Origin"))
            .replaceAll("https://([a-z]+)\\.example\\.com", "$1");
    return response.statusCode() + " " + (allowed.isEmpty() ? "-" : allowed);
  }
}
