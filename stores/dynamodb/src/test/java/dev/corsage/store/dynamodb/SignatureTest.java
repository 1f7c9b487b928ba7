package dev.corsage.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are signed as AWS's own signer signs them. */
class SignatureTest {

  @ParameterizedTest
  @CsvSource({
    "dynamodb.eu-west-1.amazonaws.com, {},            ,         2026-11-21T12:00:00Z",
    "dynamodb.eu-west-1.amazonaws.com, {},            token,    2026-11-21T23:59:59.999Z",
    "dynamodb.eu-west-1.amazonaws.com, {\"a\":\"ü\"}, to/k+en=, 2026-01-02T03:04:05Z",
    "127.0.0.1:8000,                   '',            token,    2027-02-28T00:00:00Z",
    "[::1]:8000,                       {},            ,         2026-11-21T12:00:00Z",
  })
  void itIsThatOfAwsOwnSigner(String host, String body, String token, Instant at) {
    Credentials credentials = new Credentials("AKIDEXAMPLE", "wJalr/+EXAMPLE", token, null);
    Map<String, String> headers =
        Map.of(
            "content-type", "application/x-amz-json-1.0",
            "x-amz-target", "DynamoDB_20120810.BatchGetItem");
    Map<String, String> ours = new HashMap<>(headers);
    ours.put("host", host);
    Map<String, String> sent =
        Signature.headers(
            ours, body.getBytes(UTF_8), credentials, DynamoDbLocal.REGION, "dynamodb", at);
    assertThat(sent.get("authorization"))
        .isEqualTo(AwsSigner.authorization(host, headers, body, credentials, at));
    assertThat(sent).doesNotContainKey("host").containsKey("x-amz-date");
    assertThat(sent.get("x-amz-security-token")).isEqualTo(token);
  }

  @Test
  void credentialsDoNotShowThemselves() {
    assertThat(new Credentials("key", "secret", "token", null).toString())
        .doesNotContain("key")
        .doesNotContain("secret")
        .doesNotContain("token");
  }
}
