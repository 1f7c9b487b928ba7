package dev.corsage.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.ClientContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationContextTest {
  /** With what the mobile SDK adds beside the three parts. */
  private static final String CLIENT_CONTEXT =
      """
      {"client": {"installation_id": "i-1", "app_title": "Rösen", "app_version_name": "1.2",
      "app_version_code": "12", "app_package_name": "com.example.roses"},
      "custom": {"colour": "red", "count": 3, "thorns": true, "none": null, "deep": {"a": 1}},
      "env": {"platform": "Android"},
      "services": {"mobile_analytics": {"app_id": "a"}}, "list": [{"client": 1}]}
      """;

  private static InvocationContext context(
      long deadline, String clientContext, String identity, Map<String, String> environment) {
    return new InvocationContext(
        new Invocation(
            "id-1", deadline, "arn", "Root=1", "blue", clientContext, identity, new byte[0]),
        environment,
        null);
  }

  /** As the connection reads it: each byte a character. */
  private static String header(String json) {
    return new String(json.replace("\n", " ").getBytes(UTF_8), ISO_8859_1);
  }

  @Test
  void whatTheRuntimeApiSaysIsHandedOn() {
    InvocationContext context =
        context(
            0,
            null,
            null,
            Map.of(
                "AWS_LAMBDA_FUNCTION_NAME", "roses",
                "AWS_LAMBDA_FUNCTION_VERSION", "7",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "AWS_LAMBDA_LOG_GROUP_NAME", "group",
                "AWS_LAMBDA_LOG_STREAM_NAME", "stream"));

    assertThat(context.getAwsRequestId()).isEqualTo("id-1");
    assertThat(context.getInvokedFunctionArn()).isEqualTo("arn");
    assertThat(context.getXrayTraceId()).isEqualTo("Root=1");
    assertThat(context.getTenantId()).isEqualTo("blue");
    assertThat(context.getFunctionName()).isEqualTo("roses");
    assertThat(context.getFunctionVersion()).isEqualTo("7");
    assertThat(context.getMemoryLimitInMB()).isEqualTo(512);
    assertThat(context.getLogGroupName()).isEqualTo("group");
    assertThat(context.getLogStreamName()).isEqualTo("stream");
  }

  @Test
  void theTimeThatRemainsIsThatToTheDeadline() {
    long now = System.currentTimeMillis();

    assertThat(context(now - 1, null, null, Map.of()).getRemainingTimeInMillis()).isZero();
    assertThat(context(now + 600_000, null, null, Map.of()).getRemainingTimeInMillis())
        .isBetween(1, 600_000);
    assertThat(context(Long.MAX_VALUE, null, null, Map.of()).getRemainingTimeInMillis())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aMobileClientSaysWhoItIs() {
    ClientContext context = context(0, header(CLIENT_CONTEXT), null, Map.of()).getClientContext();

    assertThat(context.getClient().getInstallationId()).isEqualTo("i-1");
    assertThat(context.getClient().getAppTitle()).isEqualTo("Rösen");
    assertThat(context.getClient().getAppVersionName()).isEqualTo("1.2");
    assertThat(context.getClient().getAppVersionCode()).isEqualTo("12");
    assertThat(context.getClient().getAppPackageName()).isEqualTo("com.example.roses");
    assertThat(context.getCustom())
        .isEqualTo(Map.of("colour", "red", "count", "3", "thorns", "true"));
    assertThat(context.getEnvironment()).isEqualTo(Map.of("platform", "Android"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"client\": null, \"custom\": 1, \"env\": []}"})
  void whatAClientDoesNotSayIsNull(String json) {
    ClientContext context = context(0, json, null, Map.of()).getClientContext();

    assertThat(context.getClient()).isNull();
    assertThat(context.getCustom()).isNull();
    assertThat(context.getEnvironment()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      textBlock =
          """
          {"cognitoIdentityId":"eu:1","cognitoIdentityPoolId":"eu:2"} | eu:1 | eu:2
          {"cognitoIdentityId":"eu:1","cognitoIdentityPoolId":null}   | eu:1 | null
          {}                                                          | null | null
          """)
  void anIdentityIsHandedOn(String json, String id, String pool) {
    InvocationContext context = context(0, null, json, Map.of());

    assertThat(context.getIdentity().getIdentityId()).isEqualTo(id);
    assertThat(context.getIdentity().getIdentityPoolId()).isEqualTo(pool);
  }

  @ParameterizedTest
  @CsvSource({",", "'',''"})
  void requestsOfAnApiHaveNeither(String clientContext, String identity) {
    InvocationContext context = context(0, clientContext, identity, Map.of());

    assertThat(context.getClientContext()).isNull();
    assertThat(context.getIdentity()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{} {}", "client", "\"a\"", "{\"client\":{}"})
  void whatIsNoJsonObjectIsAnError(String header) {
    InvocationContext context = context(0, header, header, Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(context::getClientContext)
        .withMessage("Lambda-Runtime-Client-Context is no JSON object");
    assertThatIllegalArgumentException()
        .isThrownBy(context::getIdentity)
        .withMessage("Lambda-Runtime-Cognito-Identity is no JSON object");
  }
}
