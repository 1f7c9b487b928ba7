package dev.corsage.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.crac.Core;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapStartTest {
  private static final String APP = "https://app.example.com";

  /** As the managed runtimes do: from then on their hooks are those of org.crac. */
  @BeforeAll
  static void asInLambda() {
    System.setProperty("org.crac.Core.Compat", "com.amazonaws.services.lambda.crac");
  }

  @ParameterizedTest
  @CsvSource({
    "snap-start,              true",
    "on-demand,               false",
    "provisioned-concurrency, false",
  })
  void onlyWhereASnapshotIsMadeIsThereAHook(String initialization, boolean hook) {
    assertThat(handler(initialization))
        .extracting("snapStart")
        .matches(registered -> registered != null == hook);
  }

  /** A version that is published has had no requests; its metrics must not say so. */
  @ParameterizedTest
  @ValueSource(strings = {"Text", "JSON"})
  void nothingOfTheSampleEventsIsInTheLog(String format) {
    String log =
        RequestLogTest.printed(
            () -> {
              Map<String, String> environment = new HashMap<>();
              environment.put("ALLOWED_ORIGINS", APP);
              environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
              environment.put("AWS_LAMBDA_LOG_FORMAT", format);
              environment.put("CORSAGE_LOG", "allowed");
              environment.put("CORSAGE_METRICS", "true");
              assertThat(new PreflightHandler(environment))
                  .extracting("snapStart")
                  .isInstanceOfSatisfying(
                      SnapStart.class,
                      hook ->
                          assertThatNoException().isThrownBy(() -> hook.beforeCheckpoint(null)));
            });
    assertThat(log).isEmpty();
  }

  @Test
  void theHandlerGetsSampleEventsBeforeTheSnapshot() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    PreflightHandler handler = handler("snap-start");
    Object hook =
        SnapStart.register(
            (input, output, context) -> {
              // With a context, so that its log is not on the standard output.
              handler.handleRequest(input, output, new FakeContext());
              handled.incrementAndGet();
            });
    String before = response(handler, SampleEvents.all().get(0));

    // AWS's own context; behind the hooks it calls native code that is not here.
    assertThatThrownBy(() -> Core.getGlobalContext().beforeCheckpoint(null))
        .isInstanceOf(UnsatisfiedLinkError.class);

    assertThat(hook).isNotNull();
    assertThat(handled.get()).isGreaterThan(SampleEvents.all().size());
    assertThat(response(handler, SampleEvents.all().get(0))).isEqualTo(before);
  }

  static List<byte[]> sampleEvents() throws Exception {
    return SampleEvents.all();
  }

  @ParameterizedTest
  @MethodSource("sampleEvents")
  void everySampleIsAnEvent(byte[] event) throws Exception {
    assertThat(response(handler("on-demand"), event)).startsWith("{\"statusCode\":");
  }

  @Test
  void theSamplesAreOfEveryShape() throws Exception {
    assertThat(SampleEvents.all().stream().map(event -> Event.read(event).shape()))
        .contains(EventShape.values());
  }

  private static PreflightHandler handler(String initialization) {
    return new PreflightHandler(
        Map.of("ALLOWED_ORIGINS", APP, "AWS_LAMBDA_INITIALIZATION_TYPE", initialization));
  }

  private static String response(PreflightHandler handler, byte[] event) throws Exception {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), response, null);
    return response.toString(UTF_8);
  }
}
