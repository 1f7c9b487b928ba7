package dev.corsage.gateway.api;

import static dev.corsage.gateway.api.BackendFixture.responding;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is recorded of an exchange. */
@Timeout(60)
class ApiHandlerTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                 | non-cors | true  | no-origin          | The request has no Origin header: it is not a CORS request.
          https://app.example  | actual   | true  | allowed            | The page can read the response.
          https://evil.example | actual   | false | origin-not-allowed | The origin https://evil.example is not on the allow list.
          evil                 | actual   | false | origin-malformed   | The Origin header "evil" is not an origin as browsers serialize it.
          """)
  void sayWhatABrowserMakesOfTheResponse(
      String origin, String kind, boolean allowed, String reason, String explanation)
      throws Exception {
    try (BackendFixture api =
        BackendFixture.start(BackendFixture.policy().build(), responding(418, null, ""))) {
      api.get("/tea%20pot?call=7", origin == null ? null : "Origin: " + origin);

      assertThat(api.exchanges()).hasSize(1);
      Exchange exchange = api.exchanges().get(0);
      assertThat(exchange.target()).isEqualTo("backend");
      assertThat(exchange.method()).isEqualTo("GET");
      assertThat(exchange.path()).isEqualTo("/tea%20pot?call=7");
      assertThat(exchange.origin()).isEqualTo(origin);
      assertThat(exchange.status()).isEqualTo(418);
      assertThat(exchange.judgement().kind()).hasToString(kind);
      assertThat(exchange.judgement().isAllowed()).isEqualTo(allowed);
      assertThat(exchange.judgement().reason()).isEqualTo(reason);
      assertThat(exchange.judgement().explanation()).isEqualTo(explanation);
      assertThat(exchange.nanos()).isBetween(1L, Duration.ofHours(1).toNanos());
    }
  }

  @Test
  void showTheHeadersThatWereReceivedAndSent() throws Exception {
    try (BackendFixture api =
        BackendFixture.start(
            BackendFixture.policy().build(),
            responding(200, "Access-Control-Allow-Origin: * // Vary: Accept, Cookie", ""))) {
      api.get("/", "Origin: https://app.example // X-A: 1 // X-A: 2");

      Exchange exchange = api.exchanges().get(0);
      assertThat(exchange.requestHeaders())
          .contains(new Field("Origin", "https://app.example"))
          .containsSubsequence(new Field("X-A", "1"), new Field("X-A", "2"));
      assertThat(exchange.responseHeaders())
          .contains(
              new Field("Access-Control-Allow-Origin", "https://app.example"),
              new Field("Vary", "Accept, Cookie, Origin"))
          .extracting(Field::name)
          .doesNotHaveDuplicates();
    }
  }

  /** Without a policy the backend's own headers leave, and are judged. */
  @Test
  void haveTheHeadersOfABackendWithoutAPolicy() throws Exception {
    try (BackendFixture api =
        BackendFixture.start(
            null, responding(200, "Access-Control-Allow-Origin: https://other.example", ""))) {
      api.get("/", "Origin: https://app.example");

      Exchange exchange = api.exchanges().get(0);
      assertThat(exchange.responseHeaders())
          .contains(new Field("Access-Control-Allow-Origin", "https://other.example"));
      assertThat(exchange.judgement().reason()).isEqualTo("origin-mismatch");
    }
  }

  @Test
  void tellOfTheGatewaysOwnResponses() throws Exception {
    try (BackendFixture dead = BackendFixture.startWithoutBackend(BackendFixture.policy().build());
        BackendFixture blocking =
            BackendFixture.start(
                BackendFixture.policy().blockRefusedOrigins(true).build(),
                responding(200, null, ""))) {
      dead.get("/", "Origin: https://app.example");
      blocking.get("/", "Origin: https://evil.example");

      assertThat(dead.exchanges()).extracting(Exchange::status).containsExactly(502);
      assertThat(dead.exchanges().get(0).judgement().reason()).isEqualTo("backend-unreachable");
      assertThat(dead.exchanges().get(0).judgement().isAllowed()).isTrue();
      assertThat(blocking.exchanges()).extracting(Exchange::status).containsExactly(403);
    }
  }
}
