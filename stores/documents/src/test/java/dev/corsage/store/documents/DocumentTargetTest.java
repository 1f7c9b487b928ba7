package dev.corsage.store.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTargetTest {
  private static final Map<String, String> IN_IRELAND = Map.of("AWS_REGION", "eu-west-1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssm:/path/of/parameter",
        "ssm:name",
        "ssm:/shop/cors:3",
        "ssm:/shop/cors:live",
        "ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/shop/cors",
        " ssm:name?region=us-gov-west-1 ",
        "appconfig:shop/prod/cors",
        "appconfig:My shop/prod/abcde12",
        "s3://bucket/key",
        "s3://my.bucket-1/path/of the/document@2.json",
        "s3://bucket/key?endpoint=http://localhost:4566&region=eu-west-1",
        "s3://bucket/key?endpoint=https://[::1]:4566/",
      })
  void references(String reference) {
    assertThat(new DocumentsProvider().open(StoreReference.parse(reference), IN_IRELAND))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssm:                             | it does not name a parameter | ssm:/path/of/parameter",
        "ssm://shop/cors                  | it does not name a parameter | ssm:/path/of/parameter",
        "ssm:/shop/my cors                | it does not name a parameter | ssm:name",
        "appconfig:                       | it does not name application, | APPLICATION/ENV",
        "appconfig:shop/prod              | it does not name application, | APPLICATION/ENV",
        "appconfig:shop/prod/             | it does not name application, | APPLICATION/ENV",
        "appconfig:shop/prod/cors/1       | it does not name application, | APPLICATION/ENV",
        "s3:bucket/key                    | it does not name a bucket     | s3://bucket/key",
        "s3://bucket                      | it does not name a bucket     | s3://bucket/key",
        "s3://bucket/                     | it does not name a bucket     | s3://bucket/key",
        "s3:///key                        | the bucket cannot have such    | s3://bucket/key",
        "s3://a bucket/key                | the bucket cannot have such    | s3://bucket/key",
        "dynamodb:table                   | there is no such document     | ssm:, appconfig: or",
        "ssm:name?regoin=eu-west-1        | there is no option             | region=eu-west-1 or endpoint",
        "ssm:name?region=Ireland          | is not a region                | ?region=eu-west-1",
        "ssm:name?endpoint=localhost      | the endpoint is not a URL | endpoint=https://",
        "ssm:name?endpoint=ftp://a.test   | the endpoint is not a URL | endpoint=https://",
        "ssm:name?endpoint=http://a.test/x | the endpoint is not a URL | endpoint=https://",
        "ssm:name?endpoint=http://a b     | the endpoint is not a URL | endpoint=https://",
      })
  void whatIsNoReferenceIsToldWhatToWrite(String reference, String why, String instead) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DocumentsProvider().open(StoreReference.parse(reference), IN_IRELAND))
        .withMessageContaining(" cannot be used: ")
        .withMessageContaining(why)
        .withMessageContaining(". Write ")
        .withMessageContaining(instead);
  }

  @Test
  void aPasswordIsNotRepeated() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DocumentsProvider()
                    .open(
                        StoreReference.parse("s3://bucket/k@y?endpoint=https://me:p4ss@a.test"),
                        IN_IRELAND))
        .withMessageContaining("\"s3://…\" cannot be used")
        .withMessageNotContaining("p4ss");
  }

  @ParameterizedTest
  @CsvSource({
    "ssm:n?region=eu-west-1, us-east-1, us-west-2, eu-west-1",
    "ssm:n,                  us-east-1, us-west-2, us-east-1",
    "ssm:n,                  '',        us-west-2, us-west-2",
  })
  void theRegionIsThatOfTheReferenceOrElseOfTheEnvironment(
      String reference, String region, String fallback, String used) {
    Map<String, String> environment = Map.of("AWS_REGION", region, "AWS_DEFAULT_REGION", fallback);

    assertThat(AwsClients.of(StoreReference.parse(reference), environment, "SSM"))
        .hasToString(used);
  }

  /** The SDK would go on to files and to the network. */
  @Test
  void withoutARegionNobodyIsAsked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DocumentsProvider().open(StoreReference.parse("ssm:name"), Map.of()))
        .withMessageContaining("neither it nor AWS_REGION names a region")
        .withMessageContaining("?region=eu-west-1");
  }

  /** In a function there is nobody else to ask for credentials, and asking takes seconds. */
  @Test
  void aFunctionWithoutCredentialsSaysSoAtOnce() throws Exception {
    try (StandIn standIn = StandIn.with("{}");
        PolicySource source =
            new DocumentsProvider()
                .open(
                    StoreReference.parse("ssm:name" + standIn.options()),
                    Map.of("AWS_LAMBDA_FUNCTION_NAME", "cors"))) {
      StoreException failure = Sources.failure(source);

      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure).hasMessageContaining("there are no AWS credentials");
      assertThat(standIn.requests).isEmpty();
    }
  }
}
