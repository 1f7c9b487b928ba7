package dev.corsage.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.StoreReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What references mean, and what is said about those that mean nothing. */
class DynamoDbTargetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dynamodb:origins                                            |                                     | origins | default | eu-west-1      | https://dynamodb.eu-west-1.amazonaws.com
          dynamodb:origins/                                           |                                     | origins | default | eu-west-1      | https://dynamodb.eu-west-1.amazonaws.com
          dynamodb:origins/shop                                       |                                     | origins | shop    | eu-west-1      | https://dynamodb.eu-west-1.amazonaws.com
          dynamodb:my.Origins_1/shop:eu~1?region=us-east-1            |                                     | my.Origins_1 | shop:eu~1 | us-east-1 | https://dynamodb.us-east-1.amazonaws.com
          dynamodb:origins?region=cn-north-1                          |                                     | origins | default | cn-north-1     | https://dynamodb.cn-north-1.amazonaws.com.cn
          dynamodb:origins?region=us-gov-west-1                       |                                     | origins | default | us-gov-west-1  | https://dynamodb.us-gov-west-1.amazonaws.com
          dynamodb:origins?region=eusc-de-east-1                      |                                     | origins | default | eusc-de-east-1 | https://dynamodb.eusc-de-east-1.amazonaws.eu
          dynamodb:origins?endpoint=http://127.0.0.1:8000             |                                     | origins | default | eu-west-1      | http://127.0.0.1:8000
          dynamodb:origins?endpoint=http://[::1]:8000/                |                                     | origins | default | eu-west-1      | http://[::1]:8000
          dynamodb:origins?endpoint=http://dynamodb:8000              |                                     | origins | default | eu-west-1      | http://dynamodb:8000
          dynamodb:origins?endpoint=http://host.docker.internal:8000  |                                     | origins | default | eu-west-1      | http://host.docker.internal:8000
          dynamodb:origins?endpoint=https://vpce-1.example&region=us-iso-east-1 |                           | origins | default | us-iso-east-1  | https://vpce-1.example
          dynamodb:origins                                            | AWS_ENDPOINT_URL=http://localhost:1 | origins | default | eu-west-1      | http://localhost:1
          dynamodb:origins?endpoint=http://localhost:2                | AWS_ENDPOINT_URL=http://localhost:1 | origins | default | eu-west-1      | http://localhost:2
          """)
  void aReferenceMeansAList(
      String reference, String variable, String table, String list, String region, URI endpoint) {
    assertThat(of(reference, environment(variable)))
        .isEqualTo(new DynamoDbTarget(table, list, region, endpoint));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          dynamodb:                                          | the table's name "" is not 3 to 255
          dynamodb:ab                                        | the table's name "ab" is not 3 to 255
          dynamodb:or!gins                                   | the table's name "or!gins"
          dynamodb:origins/a/b                               | "a/b" is not a name of a list
          dynamodb:origins/a b                               | "a b" is not a name of a list
          dynamodb:origins?Region=eu-west-1                  | there is no option "Region"
          dynamodb:origins?region=Ireland                    | "Ireland" is not a region
          dynamodb:origins?region=us-iso-east-1              | is not public
          dynamodb:origins?endpoint=https://u:pw-1@a.example | is not a URL of a scheme, a host
          dynamodb:u:pw-1@origins/shop                       | the table's name
          """)
  void aMalformedReferenceIsRefused(String reference, String reason) {
    assertThatThrownBy(() -> of(reference, environment(null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(". Write ")
        .message()
        .doesNotContain("pw-1");
  }

  @Test
  void theRegionMayBeThatOfTheProfile(@TempDir Path home) throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        """
        [default]
        region = eu-north-1
        [profile shop]
        # of the shop
        region=eu-south-1
        s3 =
          region = eu-central-1
        """);
    Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString()));
    assertThat(of("dynamodb:origins", environment).region()).isEqualTo("eu-north-1");
    environment.put("AWS_PROFILE", "shop");
    assertThat(of("dynamodb:origins", environment).region()).isEqualTo("eu-south-1");
    environment.put("AWS_PROFILE", "other");
    assertThatThrownBy(() -> of("dynamodb:origins", environment))
        .hasMessageContaining("neither it nor AWS_REGION names a region");
  }

  private static DynamoDbTarget of(String reference, Map<String, String> environment) {
    return DynamoDbTarget.of(StoreReference.parse(reference), environment);
  }

  private static Map<String, String> environment(String variable) {
    Map<String, String> environment = new HashMap<>(Map.of("AWS_REGION", "eu-west-1"));
    if (variable != null) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return environment;
  }
}
