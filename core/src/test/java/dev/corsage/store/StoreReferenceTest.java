package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreReferenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dynamodb:origins/shop | dynamodb | origins/shop",
        "' redis://:p?w@h:1/l?db=2 ' | redis | //:p?w@h:1/l",
        "ssm:/shop/cors | ssm | /shop/cors",
        "s3://bucket/key?region=eu-west-1 | s3 | //bucket/key",
      })
  void isTakenApart(String text, String scheme, String target) {
    StoreReference reference = StoreReference.parse(text);

    assertThat(reference.scheme()).isEqualTo(scheme);
    assertThat(reference.target()).isEqualTo(target);
  }

  @Test
  void optionsAreKeptAsTheyAreWritten() {
    StoreReference reference =
        StoreReference.parse("dynamodb:t?region=eu-west-1&endpoint=http://h");

    assertThat(reference.options())
        .isEqualTo(Map.of("region", "eu-west-1", "endpoint", "http://h"));
    assertThat(reference.option("endpoint")).isEqualTo("http://h");
    assertThat(reference.option("tls")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "origins",
        "://h",
        "a b:c",
        "Redis://h",
        "redis://h?db",
        "redis://h?=1",
        "redis://h?db=",
        "redis://h?db=1&db=2",
        "redis://h?",
        "redis://h?db=1&",
      })
  void othersAreNoReferences(String text) {
    assertThatThrownBy(() -> StoreReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Write ");
  }

  @Test
  void itIsNeverPrintedWithItsPassword() {
    StoreReference reference = StoreReference.parse("redis://user:paSSW0RD@h/l?db=1");

    assertThat(reference).hasToString("redis://…@h/l?db=1");
    assertThat(reference.malformed("the host \"u:paSSW0RD@h\" in redis://u:paSSW0RD@h", "a host"))
        .hasMessageNotContaining("redis://u:paSSW0RD");
  }
}
