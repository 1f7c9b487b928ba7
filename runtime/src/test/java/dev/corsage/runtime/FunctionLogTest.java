package dev.corsage.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionLogTest {
  private static final Invocation INVOCATION =
      new Invocation("id-1", Long.MAX_VALUE, "arn", null, "blue", null, null, new byte[0]);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private FunctionLog log(String format, String level) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_LAMBDA_LOG_FORMAT", format);
    environment.put("AWS_LAMBDA_LOG_LEVEL", level);
    return FunctionLog.of(environment, new PrintStream(out, true, UTF_8));
  }

  private String written() {
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "UNDEFINED, rös\te",
    "WARN,      [WARN] rös\te",
  })
  void textIsAsItComes(LogLevel level, String line) {
    log("Text", null).log("rös\te", level);
    assertThat(written()).isEqualTo(line);
  }

  @Test
  void jsonIsOneObjectALine() {
    FunctionLog log = log("JSON", null);
    log.log("before");
    log.begin(new InvocationContext(INVOCATION, Map.of(), log));
    log.log("a \"b\"\nö", LogLevel.INFO);

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
                        "\"message\":\"a \\\"b\\\"\\u000a\\u00f6\",\"level\":\"INFO\","
                            + "\"AWSRequestId\":\"id-1\",\"tenantId\":\"blue\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    ",      TRACE,     true",
    "INFO,  DEBUG,     false",
    "INFO,  INFO,      true",
    "info,  WARN,      true",
    "FATAL, ERROR,     false",
    "FATAL, UNDEFINED, true",
    "LOUD,  TRACE,     true",
  })
  void linesBelowTheLevelAreLeftOut(String configured, LogLevel line, boolean written) {
    log("JSON", configured).log("rose", line);
    assertThat(written().contains("rose")).isEqualTo(written);
  }

  /** As {@code System.out} does. */
  @Test
  void nullIsWrittenAsAWord() {
    FunctionLog log = log("Text", null);
    log.log((String) null);
    log.log((byte[]) null);
    assertThat(written()).isEqualTo("nullnull");
  }

  @Test
  void bytesAreWrittenAsTheyAre() {
    log("JSON", null).log("{}\n".getBytes(UTF_8));
    assertThat(written()).isEqualTo("{}\n");
  }

  @Test
  void aFailureIsToldWithItsCauses() {
    log("Text", null).logFailure(new IllegalStateException("no", new RuntimeException("why")));
    assertThat(written())
        .startsWith("[ERROR] java.lang.IllegalStateException: no\n")
        .contains("Caused by: java.lang.RuntimeException: why\n");
  }
}
