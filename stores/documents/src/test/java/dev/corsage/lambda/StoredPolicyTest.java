package dev.corsage.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.InvalidPolicyException;
import dev.corsage.store.documents.StandIn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The preflight function with its policy in a store: from the document to the response. */
class StoredPolicyTest {
  private static final String APP = "https://app.example.com";
  private static final String OTHER = "https://other.example.com";
  private static final String EVIL = "https://evil.test";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PrintStream out = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private StandIn store;

  @BeforeEach
  void start() throws IOException {
    store = StandIn.with(allowing(APP));
    System.setOut(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void stop() {
    System.setOut(out);
    store.close();
  }

  private static String allowing(String origin) {
    return "{\"origins\": [\"" + origin + "\"], \"methods\": [\"PUT\"]}";
  }

  private PreflightHandler handler(String reference) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "cors");
    environment.put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    environment.put("AWS_SECRET_ACCESS_KEY", "the-secret");
    environment.put("CORS_POLICY", reference + store.options());
    environment.put("CORS_POLICY_REFRESH", "1");
    return new PreflightHandler(environment);
  }

  private static boolean allows(PreflightHandler handler, String origin) {
    String event =
        "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\"/\",\"headers\":{"
            + "\"origin\":\""
            + origin
            + "\",\"access-control-request-method\":\"PUT\"},\"requestContext\":{\"http\":{"
            + "\"method\":\"OPTIONS\",\"path\":\"/\"},\"stage\":\"$default\"}}";
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), response, null);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    String json = response.toString(UTF_8);
    assertThat(json).containsPattern("^\\{\"statusCode\":(204|403),");
    return json.contains("\"Access-Control-Allow-Origin\":\"" + origin + "\"");
  }

  /** Asks again and again, as pages do; who is refused throughout must be so each time. */
  private static void until(PreflightHandler handler, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      assertThat(allows(handler, EVIL)).isFalse();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean isLogged(String text) {
    return log.toString(UTF_8).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssm:/shop/cors", "appconfig:shop/prod/cors", "s3://bucket/cors.json"})
  void theFunctionFollowsItsDocument(String reference) {
    PreflightHandler handler = handler(reference);
    assertThat(allows(handler, APP)).isTrue();
    assertThat(allows(handler, OTHER)).isFalse();

    store.put(allowing(OTHER));
    until(handler, () -> allows(handler, OTHER));
    assertThat(allows(handler, APP)).isFalse();
    until(handler, () -> isLogged("Another policy document is in force now."));

    store.put("{\"origins\": [\"" + EVIL + "/\", \"*.example.com\"]}");
    until(handler, () -> isLogged("The policy document does not build"));
    assertThat(isLogged("(ORIGIN_PATH)")).isTrue();
    assertThat(isLogged("(ORIGIN_MALFORMED)")).isTrue();
    assertThat(allows(handler, OTHER)).isTrue();
    assertThat(allows(handler, EVIL)).isFalse();

    store.remove();
    until(handler, () -> isLogged("The policy document cannot be read"));
    assertThat(isLogged("\"kind\":\"not-found\"")).isTrue();
    assertThat(allows(handler, OTHER)).isTrue();

    store.put(allowing(APP));
    store.restore();
    until(handler, () -> allows(handler, APP));
    assertThat(allows(handler, OTHER)).isFalse();
    assertThat(isLogged("the-secret")).isFalse();
  }

  @Test
  void theInitFailsWithAReadableMessageWithoutTheDocument() {
    store.remove();

    InvalidPolicyException failed =
        catchThrowableOfType(InvalidPolicyException.class, () -> handler("s3://bucket/cors.json"));

    assertThat(failed)
        .hasMessageStartingWith(
            "The CORS policy has a problem:\n  - CORS_POLICY \"s3://bucket/cors.json?region=")
        .hasMessageContaining("status 404, NoSuchKey. Upload it, or correct bucket, key and")
        .hasMessageContaining("(POLICY_UNREADABLE)")
        .hasMessageNotContaining("the-secret");
  }

  @Test
  void theInitFailsWithAllProblemsOfTheDocument() {
    store.put("{\"origins\": [\"app\"], \"methods\": [\"P T\"]}");

    InvalidPolicyException failed =
        catchThrowableOfType(InvalidPolicyException.class, () -> handler("s3://bucket/cors.json"));

    assertThat(failed)
        .hasMessageStartingWith("The CORS policy has 2 problems:\n  - CORS_POLICY.origins \"app\"")
        .hasMessageContaining("\n  - CORS_POLICY.methods \"P T\"");
  }
}
