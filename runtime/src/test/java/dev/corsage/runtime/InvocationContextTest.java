package dev.corsage.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationContextTest {
  private static InvocationContext context(long deadline, Map<String, String> environment) {
    return new InvocationContext(
        new Invocation("id-1", deadline, "arn", new byte[0]), environment, null);
  }

  @Test
  void hasWhatTheRuntimeApiAndTheEnvironmentSay() {
    InvocationContext context =
        context(
            0,
            Map.of(
                "AWS_LAMBDA_FUNCTION_NAME", "roses",
                "AWS_LAMBDA_FUNCTION_VERSION", "7",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "AWS_LAMBDA_LOG_GROUP_NAME", "group",
                "AWS_LAMBDA_LOG_STREAM_NAME", "stream"));

    assertThat(context.getAwsRequestId()).isEqualTo("id-1");
    assertThat(context.getInvokedFunctionArn()).isEqualTo("arn");
    assertThat(context.getFunctionName()).isEqualTo("roses");
    assertThat(context.getFunctionVersion()).isEqualTo("7");
    assertThat(context.getMemoryLimitInMB()).isEqualTo(512);
    assertThat(context.getLogGroupName()).isEqualTo("group");
    assertThat(context.getLogStreamName()).isEqualTo("stream");
    assertThat(context.getClientContext()).isNull();
    assertThat(context.getIdentity()).isNull();
  }

  @Test
  void theRemainingTimeIsThatToTheDeadline() {
    long now = System.currentTimeMillis();

    assertThat(context(now - 1, Map.of()).getRemainingTimeInMillis()).isZero();
    assertThat(context(now + 600_000, Map.of()).getRemainingTimeInMillis()).isBetween(1, 600_000);
    assertThat(context(Long.MAX_VALUE, Map.of()).getRemainingTimeInMillis())
        .isEqualTo(Integer.MAX_VALUE);
  }
}
