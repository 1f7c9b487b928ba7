package dev.corsage.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionLogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private FunctionLog log(String format) {
    Map<String, String> environment = Map.of("AWS_LAMBDA_LOG_FORMAT", format);
    return FunctionLog.of(environment, new PrintStream(out, true, UTF_8));
  }

  private String written() {
    return out.toString(UTF_8);
  }

  /** Null as {@code System.out} writes it. */
  @ParameterizedTest
  @CsvSource({"rös\te, rös\te", ", null"})
  void textIsAsItIs(String message, String written) {
    log("Text").log(message);
    assertThat(written()).isEqualTo(written);
  }

  @Test
  void jsonIsOneObjectALine() {
    FunctionLog log = log("JSON");
    log.log("before");
    log.begin("id-1");
    log.log("a \"b\"\nö");

    assertThat(written().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "\\{\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\","
                            + "\"message\":\"before\"}"),
            line ->
                assertThat(line)
                    .endsWith(
                        "\"message\":\"a \\\"b\\\"\\u000a\\u00f6\",\"AWSRequestId\":\"id-1\"}"));
  }

  @Test
  void bytesAreWrittenAsTheyAre() {
    log("JSON").log("{}\n".getBytes(UTF_8));
    assertThat(written()).isEqualTo("{}\n");
  }

  @Test
  void aFailureHasItsCauses() {
    log("Text").logFailure(new IllegalStateException("no", new RuntimeException("why")));
    assertThat(written())
        .startsWith("[ERROR] java.lang.IllegalStateException: no\n")
        .contains("Caused by: java.lang.RuntimeException: why\n");
  }

  @Test
  void aFailureIsAnErrorInJson() {
    log("json").logFailure(new IllegalStateException("no"));
    assertThat(written())
        .contains("\"message\":\"java.lang.IllegalStateException: no\\u000a")
        .endsWith("\",\"level\":\"ERROR\"}\n");
  }

  @Test
  void aRingOfCausesEnds() {
    Throwable inner = new IllegalStateException("inner");
    Throwable outer = new IllegalStateException("outer", inner);
    inner.initCause(outer);
    log("Text").logFailure(outer);

    assertThat(written().lines().filter(line -> line.startsWith("Caused by: "))).hasSize(49);
  }
}
