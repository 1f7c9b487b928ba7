package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.template.Template;
import dev.corsage.generate.Generated;
import dev.corsage.generate.GeneratedFile;
import dev.corsage.generate.Provenance;
import dev.corsage.generate.Targets;
import dev.corsage.lambda.PolicyDocument;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is generated for REST APIs, in the local gateway: it responds to preflights as the engine
 * decides, and {@code lint} finds nothing.
 */
@Tag("once")
@Timeout(120)
class RestMockServedTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final List<String> ORIGINS =
      List.of(
          "https://app.example.com",
          "https://app.example.com.evil.test",
          "https://a.b.preview.example.com",
          "https://preview.example.com",
          "https://-a.preview.example.com",
          "https://qa-7.example.com",
          "https://qa-7.example.com:443",
          "http://localhost:3000",
          "http://localhost:65536",
          "null");

  private static final List<List<String>> QUESTIONS =
      List.of(
          List.of("GET", ""),
          List.of("PUT", "content-type"),
          List.of("DELETE", "Content-Type , ,X-B,x-a,x-b"),
          List.of("put", ""),
          List.of("PUT", "authorization"),
          List.of("PUT", "x$y"),
          List.of("PUT", "x y"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'origins': ['https://app.example.com']}",
        "{'origins': ['*'], 'requestHeaders': ['*'], 'exposedHeaders': ['x-total']}",
        "{'origins': ['https://app.example.com', 'https://*.preview.example.com',"
            + " 'https://qa-*.example.com', 'http://localhost:*'], 'tolerateInsecureOrigins': true,"
            + " 'methods': ['PUT', 'DELETE'], 'requestHeaders': ['content-type', 'x-a', 'x-b'],"
            + " 'maxAgeSeconds': 600, 'exposedHeaders': ['x-total']}",
        "{'origins': ['https://app.example.com', 'https://*.preview.example.com'],"
            + " 'methods': ['*'], 'requestHeaders': ['*'], 'credentials': true}",
        "{'origins': ['https://app.example.com', '/https:\\\\/\\\\/qa-\\\\d+\\\\.example\\\\.com/'], 'methods': ['PUT', 'M$X'],"
            + " 'requestHeaders': ['x$y', 'x#set', \"x'q\"], 'preflightStatus': 200,"
            + " 'refused': {'status': 400, 'origin': 'https://app.example.com'}}",
      })
  void decidesAsTheEngineDoes(String written) throws Exception {
    String document = written.replace('\'', '"').replace("x\"q", "x'q");
    Generated generated =
        Targets.named("rest-mock")
            .orElseThrow()
            .generate(
                PolicyDocument.read(document), false, Provenance.of("corsage generate", document));
    assertThat(generated.isRefused()).as(generated.problems().toString()).isFalse();
    for (GeneratedFile file : generated.files()) {
      Files.writeString(folder.resolve(file.path()), file.content());
    }
    Path included =
        Files.writeString(
            folder.resolve("included.yaml"),
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Api:
                Type: AWS::Serverless::Api
                Properties: {StageName: prod, DefinitionUri: rest-mock.openapi.yaml}
            """);
    CorsDecider policy = PolicyDocument.parse(document);
    for (Path template : List.of(folder.resolve("rest-mock.yaml"), included)) {
      Command lint = Command.corsage(Map.of(), "", "lint", "--template", template.toString());
      assertThat(lint.out() + lint.err()).isEqualTo("no problems\n");
      try (LocalGateway gateway =
          LocalGateway.builder(Repository.installation())
              .template(Template.read(template, Map.of()))
              .log(new Gateways.Log())
              .start()) {
        for (Map<String, List<String>> headers : requests()) {
          assertThat(response(gateway, headers))
              .as("%s with %s", template.getFileName(), headers)
              .isEqualTo(expected(policy, headers));
        }
      }
    }
  }

  private static List<Map<String, List<String>>> requests() {
    List<Map<String, List<String>>> requests = new ArrayList<>();
    requests.add(Map.of());
    requests.add(Map.of("Access-Control-Request-Method", List.of("PUT")));
    for (String origin : ORIGINS) {
      requests.add(Map.of("Origin", List.of(origin)));
      for (List<String> question : QUESTIONS) {
        Map<String, List<String>> preflight = new LinkedHashMap<>();
        preflight.put("Origin", List.of(origin));
        preflight.put("Access-Control-Request-Method", List.of(question.get(0)));
        if (!question.get(1).isEmpty()) {
          preflight.put("Access-Control-Request-Headers", List.of(question.get(1)));
        }
        requests.add(preflight);
      }
    }
    // As HTTP/2 has them.
    Map<String, List<String>> lowerCase = new LinkedHashMap<>();
    requests
        .get(requests.size() - 1)
        .forEach((name, lines) -> lowerCase.put(name.toLowerCase(Locale.ROOT), lines));
    requests.add(lowerCase);
    return requests;
  }

  private static Map<String, Object> response(
      LocalGateway gateway, Map<String, List<String>> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(gateway.apiOrigin().replace("localhost", "127.0.0.1") + "/items/1"))
            .method("OPTIONS", BodyPublishers.noBody());
    headers.forEach((name, lines) -> request.header(name, lines.get(0)));
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    Map<String, String> seen = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, lines) -> {
              if (name.startsWith("access-control-") || name.equals("vary")) {
                seen.put(name, String.join(" AND ", lines));
              }
            });
    return Map.of("status", response.statusCode(), "headers", seen, "body", response.body());
  }

  private static Map<String, Object> expected(
      CorsDecider policy, Map<String, List<String>> headers) {
    Decision decision = policy.decide(dev.corsage.HttpRequest.of("OPTIONS", headers));
    Map<String, String> sent = new TreeMap<>();
    decision.headers().forEach((name, value) -> sent.put(name.toLowerCase(Locale.ROOT), value));
    boolean preflight = decision.kind() == Decision.Kind.PREFLIGHT;
    String missing = headers.containsKey("Origin") ? "Access-Control-Request-Method" : "Origin";
    return Map.of(
        "status",
        preflight ? decision.status().orElseThrow() : 400,
        "headers",
        sent,
        "body",
        preflight
            ? ""
            : "{\"message\":\"This is not a CORS preflight: the header "
                + missing
                + " is missing.\"}");
  }

  /** Beside a function with the same policy, too. */
  @ParameterizedTest
  @CsvSource({
    "deploy/sam/rest-api-mock.yaml,      no problems",
    // The page of the example is on the developer's machine, and nothing else is said.
    "examples/rest-mock/template.yaml,   1 warning"
  })
  void lintFindsNothingInWholeTemplates(String template, String found) throws Exception {
    Path file = Repository.root().toAbsolutePath().normalize().resolve(template);
    Command lint = Command.corsage(Map.of(), "", "lint", "--template", file.toString());
    assertThat(lint.err()).isEmpty();
    assertThat(lint.out()).endsWith(found + "\n");
    assertThat(lint.out().contains("ORIGIN_LOOPBACK")).isEqualTo(found.equals("1 warning"));
  }

  /** They are the same whoever asks: a browser compares the origin itself. */
  @Test
  void errorsOfOneOriginNameIt() throws Exception {
    String document = "{\"origins\": [\"https://app.example.com\"]}";
    Generated generated =
        Targets.named("rest-mock")
            .orElseThrow()
            .generate(PolicyDocument.read(document), false, Provenance.of("x", document));
    Path template =
        Files.writeString(folder.resolve("rest-mock.yaml"), generated.files().get(0).content());
    try (LocalGateway gateway =
        LocalGateway.builder(Repository.installation())
            .template(Template.read(template, Map.of()))
            .log(new Gateways.Log())
            .start()) {
      HttpResponse<byte[]> error =
          Gateways.send(Gateways.request(gateway, "/items").header("Origin", "https://evil.test"));
      assertThat(error.statusCode()).isEqualTo(403);
      assertThat(error.headers().allValues("Access-Control-Allow-Origin"))
          .containsExactly("https://app.example.com");
      assertThat(error.headers().allValues("Vary")).containsExactly("Origin");
    }
  }
}
