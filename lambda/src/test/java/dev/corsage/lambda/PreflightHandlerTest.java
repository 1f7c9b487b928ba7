package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.corsage.InvalidPolicyException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightHandlerTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ALLOWED_ORIGINS", APP, "ALLOWED_METHODS", "PUT", "ALLOWED_HEADERS", "x-a");
  private static final String[] GOOD =
      Events.preflight(APP, "PUT", "Access-Control-Request-Headers: x-a");
  private static final String[] BAD = Events.preflight(EVIL, "PUT");
  private static final String[] NO_METHOD = {"Origin: " + APP};
  private static final String[] NO_ORIGIN = {"Access-Control-Request-Method: PUT"};

  private static final String VARY =
      "\"Vary\":\"Origin, Access-Control-Request-Method, Access-Control-Request-Headers\"";
  private static final String ALLOWED =
      "{\"statusCode\":204,\"headers\":{\"Access-Control-Allow-Origin\":\"https://app.example.com\","
          + "\"Access-Control-Allow-Methods\":\"PUT\",\"Access-Control-Allow-Headers\":\"x-a\","
          + VARY
          + "},\"body\":\"\",\"isBase64Encoded\":false}";
  private static final String REFUSED =
      "{\"statusCode\":403,\"headers\":{" + VARY + "},\"body\":\"\",\"isBase64Encoded\":false}";

  record Row(String name, String event, String response) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    return List.of(
        new Row("REST, allowed", Events.rest("OPTIONS", GOOD), ALLOWED),
        new Row("payload 1.0, allowed", Events.v1("OPTIONS", GOOD), ALLOWED),
        new Row("payload 2.0, allowed", Events.v2("OPTIONS", GOOD), ALLOWED),
        new Row("REST, refused", Events.rest("OPTIONS", BAD), REFUSED),
        new Row("payload 1.0, refused", Events.v1("OPTIONS", BAD), REFUSED),
        new Row("payload 2.0, refused", Events.v2("OPTIONS", BAD), REFUSED),
        new Row("REST, GET", Events.rest("GET", BAD), notPreflight("its method is not OPTIONS")),
        new Row(
            "payload 2.0, GET", Events.v2("GET", BAD), notPreflight("its method is not OPTIONS")),
        new Row(
            "payload 1.0, no Origin",
            Events.v1("OPTIONS", NO_ORIGIN),
            notPreflight("the header Origin is missing")),
        new Row(
            "payload 2.0, no header",
            Events.v2("OPTIONS"),
            notPreflight("the header Origin is missing")));
  }

  private static String notPreflight(String why) {
    return "{\"statusCode\":400,\"headers\":{\"Vary\":\"Origin\",\"Content-Type\":"
        + "\"application/json\"},\"body\":\"{\\\"message\\\":\\\"This is not a CORS preflight: "
        + why
        + ".\\\"}\",\"isBase64Encoded\":false}";
  }

  /** The handler needs no context: none is given. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void responses(Row row) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new PreflightHandler(ENVIRONMENT)
        .handleRequest(
            new ByteArrayInputStream(row.event.getBytes(StandardCharsets.UTF_8)), output, null);

    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo(row.response);
  }

  @Test
  void missingRequestedMethodIsNamed() {
    HandlerResponse response = response(Events.v2("OPTIONS", NO_METHOD));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers())
        .containsExactly(
            entry("Access-Control-Allow-Origin", APP),
            entry("Content-Type", "application/json"),
            entry("Vary", "Origin"));
    assertThat(JsonValue.read(response.body()))
        .isEqualTo(
            Map.of(
                "message",
                "This is not a CORS preflight: the header Access-Control-Request-Method is"
                    + " missing."));
  }

  @Test
  void nothingOfTheRequestIsInTheResponse() {
    HandlerResponse response = response(Events.v2("GET\\\"<script>", "Origin: <script>"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json()).doesNotContain("script");
  }

  @Test
  void oneRequestLeavesNothingForTheNext() {
    PreflightHandler handler = new PreflightHandler(ENVIRONMENT);
    String first = HandlerResponse.by(handler, Events.v2("OPTIONS", GOOD)).json();

    assertThat(HandlerResponse.by(handler, Events.v1("OPTIONS", BAD)).json()).isEqualTo(REFUSED);
    assertThat(HandlerResponse.by(handler, Events.v2("OPTIONS", GOOD)).json()).isEqualTo(first);
  }

  @Test
  void anotherEventIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> response("{\"Records\":[]}"))
        .withMessageContaining("not an event of a proxy integration");
  }

  @ParameterizedTest(name = "{0} {1} with {2} at {3}: {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          GET  | none              | ELB-HealthChecker/2.0 | alb  | 200
          GET  | none              | ELB-HealthChecker/1.0 | alb  | 200
          GET  | https://evil.test | ELB-HealthChecker/2.0 | alb  | 400
          POST | none              | ELB-HealthChecker/2.0 | alb  | 400
          GET  | none              | curl/8.0              | alb  | 400
          GET  | none              | not ELB-HealthChecker/2.0 | alb | 400
          GET  | none              | none                  | alb  | 400
          GET  | none              | ELB-HealthChecker/2.0 | rest | 400
          """)
  void aLoadBalancersHealthCheckIsWell(
      String method, String origin, String agent, String api, int status) {
    String headers =
        Stream.of(
                origin == null ? null : "\"origin\":" + "Q" + origin + "Q",
                agent == null ? null : "\"user-agent\":Q" + agent + "Q")
            .filter(Objects::nonNull)
            .collect(joining(","));
    for (boolean lists : List.of(false, true)) {
      String event =
          ("{\"requestContext\":{"
                  + (api.equals("alb") ? "\"elb\":{}" : "")
                  + "},\"httpMethod\":\"%s\",\"path\":\"/\",\"%s\":{%s}}")
              .formatted(
                  method,
                  lists ? "multiValueHeaders" : "headers",
                  headers.replaceAll("Q([^Q]*)Q", lists ? "[\"$1\"]" : "\"$1\""));

      assertThat(response(event).status()).isEqualTo(status);
    }
  }

  /** An authorizer responds with a policy; the fields of the request are there all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\":\"REQUEST\",\"methodArn\":\"arn:x\",\"httpMethod\":\"GET\"",
        "\"version\":\"1.0\",\"type\":\"REQUEST\",\"methodArn\":\"arn:x\",\"httpMethod\":\"GET\"",
        "\"type\":\"REQUEST\",\"routeArn\":\"a\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}",
        "\"type\":\"REQUEST\",\"methodArn\":\"a\",\"requestContext\":{\"connectionId\":\"c\"}",
        "\"type\":\"TOKEN\",\"methodArn\":\"arn:x\",\"authorizationToken\":\"secret\""
      })
  void theEventOfAnAuthorizerIsToldWhatItIs(String fields) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> response("{" + fields + "}"))
        .withMessageContaining("event of a Lambda authorizer")
        .withMessageNotContaining("secret");
    assertThat(
            HandlerResponse.by(
                    Cors.wrap(
                        EnvironmentPolicy.read(ENVIRONMENT),
                        HandlerResponse.with("{\"isAuthorized\":true}")),
                    "{" + fields + "}")
                .json())
        .isEqualTo("{\"isAuthorized\":true}");
  }

  @Test
  void initFailsWithoutAPolicy() {
    assertThatThrownBy(() -> new PreflightHandler(Map.of("ALLOWED_ORIGINS", "app.example.com")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("ALLOWED_ORIGINS \"app.example.com\"");
  }

  @Test
  void warningsAreLogged() {
    PrintStream out = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      new PreflightHandler(Map.of("ALLOWED_ORIGINS", "https://intranet"));
    } finally {
      System.setOut(out);
    }

    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("Corsage: warning: ")
        .endsWith("(ORIGIN_SINGLE_LABEL)");
  }

  private static HandlerResponse response(String event) {
    return HandlerResponse.by(new PreflightHandler(ENVIRONMENT), event);
  }
}
