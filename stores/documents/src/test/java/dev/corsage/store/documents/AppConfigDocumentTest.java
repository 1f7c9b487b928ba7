package dev.corsage.store.documents;

import static dev.corsage.store.documents.Sources.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The session: each token once, no sooner than AppConfig says. */
class AppConfigDocumentTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private StandIn standIn;
  private PolicySource source;

  @BeforeEach
  void open() throws Exception {
    standIn = StandIn.with("one");
    source =
        AppConfigDocument.of(
            StoreReference.parse("appconfig:shop/prod/cors" + standIn.options()),
            Sources.ROLE,
            now::get);
  }

  @AfterEach
  void close() {
    source.close();
    standIn.close();
  }

  private List<String> paths() {
    return standIn.requests.stream().map(request -> request.uri().toString()).toList();
  }

  @Test
  void eachRequestHasTheTokenOfTheResponseBefore() throws Exception {
    source.read();
    source.read();
    source.read();

    assertThat(paths())
        .containsExactly(
            "/configurationsessions",
            "/configuration?configuration_token=token-1",
            "/configuration?configuration_token=token-2",
            "/configuration?configuration_token=token-3");
  }

  @Test
  void nothingIsAskedBeforeItsTime() throws Exception {
    standIn.pollEvery(60);
    source.read();
    standIn.put("two");

    now.updateAndGet(time -> time.plusSeconds(59));
    assertThat(source.read()).isEmpty();
    assertThat(standIn.requests).hasSize(2);

    now.updateAndGet(time -> time.plusSeconds(1));
    assertThat(source.read()).hasValue("two");
    assertThat(standIn.requests).hasSize(3);
  }

  @Test
  void aTokenThatHasExpiredBeginsAnotherSession() throws Exception {
    source.read();
    standIn.expireTokens();
    assertThat(source.read()).isEmpty();
    standIn.expireTokens();
    standIn.put("two");
    assertThat(source.read()).hasValue("two");

    assertThat(paths()).filteredOn(path -> path.equals("/configurationsessions")).hasSize(3);
  }

  @Test
  void anIdThatAppConfigDoesNotKnowIsNotAskedForTwice() {
    standIn.trouble(StandIn.error(400, "BadRequestException", ""));

    assertThat(failure(source).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(standIn.requests).hasSize(1);
  }

  @Test
  void whoIsTooEarlyHasNothingNewAndKeepsTheSession() throws Exception {
    source.read();
    standIn.trouble(
        (exchange, s) -> {
          exchange.getResponseHeaders().set("x-amzn-ErrorType", "BadRequestException");
          byte[] body =
              ("{\"Message\":\"\",\"Reason\":\"InvalidParameters\",\"Details\":{\"InvalidParameters\":"
                      + "{\"ConfigurationToken\":{\"Problem\":\"PollIntervalNotSatisfied\"}}}}")
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, body.length);
          exchange.getResponseBody().write(body);
        });
    assertThat(source.read()).isEmpty();

    standIn.restore();
    standIn.put("two");
    assertThat(source.read()).hasValue("two");
    assertThat(paths()).filteredOn(path -> path.equals("/configurationsessions")).hasSize(1);
  }

  @Test
  void anEnvironmentToWhichNothingIsDeployed() {
    standIn.put("");

    assertThat(failure(source).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure(source)).hasMessageContaining("nothing is deployed yet");
  }
}
