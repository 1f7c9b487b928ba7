package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsLocationTest {
  private static AwsLocation of(String options, String variables) {
    StoreReference reference = StoreReference.parse("ssm:/cors" + (options == null ? "" : options));
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables == null ? new String[0] : variables.split(" ", -1)) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return AwsLocation.of(
        reference, AwsLocation.region(reference, environment), environment, "SSM");
  }

  @ParameterizedTest
  @CsvSource({
    "?region=eu-west-1, AWS_REGION=us-east-1,                              eu-west-1,",
    ",                  AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-west-2, us-east-1,",
    ",                  AWS_REGION= AWS_DEFAULT_REGION=us-gov-west-1,      us-gov-west-1,",
    "?region=eusc-de-east-1,,                                              eusc-de-east-1,",
    "?region=us-isob-east-1,,                                              us-isob-east-1,",
    "?region=eu-west-1&endpoint=http://[::1]:4566/,,             eu-west-1, http://[::1]:4566",
    "?region=eu-west-1, AWS_ENDPOINT_URL=http://localhost:1,     eu-west-1, http://localhost:1",
    "?region=eu-west-1, AWS_ENDPOINT_URL=http://localhost:1 AWS_ENDPOINT_URL_SSM=https://b.test,"
        + " eu-west-1, https://b.test",
    "?region=eu-west-1&endpoint=https://c.test, AWS_ENDPOINT_URL_SSM=https://b.test, eu-west-1,"
        + " https://c.test",
  })
  void theReferenceGoesBeforeTheVariables(
      String options, String variables, String region, URI endpoint) {
    assertThat(of(options, variables)).isEqualTo(new AwsLocation(region, endpoint));
  }

  @ParameterizedTest
  @CsvSource({
    ",                , 'neither it nor AWS_REGION names a region. Write one, such as ?region=eu-west-1.'",
    "?region=Ireland, , '\"Ireland\" is not a region. Write one such as ?region=eu-west-1'",
    ", AWS_REGION=eu_west_1, '\"eu_west_1\" is not a region'",
    "?region=eu-west-1, AWS_ENDPOINT_URL=http://u:paSSW0RD@localhost,"
        + " AWS_ENDPOINT_URL \"http://…@localhost\" cannot be used: the endpoint is not a URL",
    "?region=eu-west-1, AWS_ENDPOINT_URL_SSM=http://ssm.example.com,"
        + " 'is not on this machine or in its container network, so it needs https://'",
  })
  void whatCannotBeUsedIsNamed(String options, String variables, String message) {
    assertThatThrownBy(() -> of(options, variables))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(". Write ")
        .hasMessageNotContaining("paSSW0RD");
  }
}
