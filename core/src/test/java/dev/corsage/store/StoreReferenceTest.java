package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
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

  @ParameterizedTest
  @CsvSource({
    "https://a.example.com, https://a.example.com",
    "HTTPS://a.example.com:8443/, https://a.example.com:8443",
    "http://127.0.0.1:8000, http://127.0.0.1:8000",
    "http://127.1.2.3, http://127.1.2.3",
    "http://[::1]:80/, http://[::1]:80",
    "http://localhost:4566, http://localhost:4566",
    "http://s3.localhost:4566, http://s3.localhost:4566",
    "http://dynamodb:8000, http://dynamodb:8000",
    "http://host.docker.internal:8000, http://host.docker.internal:8000",
  })
  void anEndpointIsASchemeAHostAndAPort(String url, URI endpoint) {
    assertThat(StoreReference.parse("x:t?endpoint=" + url).endpoint()).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8000, is not a URL of a scheme",
    "x, is not a URL of a scheme",
    "https://, is not a URL of a scheme",
    "ftp://localhost, is not a URL of a scheme",
    "https://a.example.com/path, is not a URL of a scheme",
    "https://u@a.example.com, is not a URL of a scheme",
    "https://u:paSSW0RD@a.example.com, is not a URL of a scheme",
    "https://a.example.com#x, is not a URL of a scheme",
    "https://a.example.com:0, is not a URL of a scheme",
    "https://a.example.com:65536, is not a URL of a scheme",
    "https://a b, is not a URL of a scheme",
    "http://a.example.com, 'a.example.com is not on this machine or in its container network'",
    "http://127.0.0.1.example.com, 'so it needs https://'",
    "http://db.internal, 'so it needs https://'",
    "http://10.0.0.1, 'so it needs https://'",
    "http://[::2], 'so it needs https://'",
  })
  void whatIsNoEndpointSaysWhatToWrite(String url, String reason) {
    StoreReference reference = StoreReference.parse("x:t?endpoint=" + url);
    assertThatThrownBy(reference::endpoint)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"x:")
        .hasMessageContaining(reason)
        .hasMessageEndingWith(". Write endpoint=https://HOST:PORT.")
        .hasMessageNotContaining("paSSW0RD");
  }

  /** A number is an address of IPv4 to the JDK, not the name of a container. */
  @Test
  void aNumberIsNoContainer() {
    StoreReference reference = StoreReference.parse("x:t?endpoint=http://16909060");
    assertThatThrownBy(reference::endpoint).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyOptionsOfTheStoreAreTaken() {
    StoreReference.parse("x:t?region=a").checkOptions("region=eu-west-1", "db=0");
    assertThatThrownBy(() -> StoreReference.parse("x:t?Region=a").checkOptions("region=eu-west-1"))
        .hasMessage(
            "\"x:t?Region=…\" cannot be used: there is no option \"Region\". Write"
                + " region=eu-west-1.");
    assertThatThrownBy(() -> StoreReference.parse("x:t?a=b").checkOptions())
        .hasMessageEndingWith("Write it without options.");
  }

  @ParameterizedTest
  @CsvSource({
    "x:t?endpoint=https://u:pa&paSSW0RD=x@h",
    "x:t?token=pa&paSSW0RD=x",
    "x:u:paSSW0RD@h?token=x",
  })
  void aPieceOfAPasswordIsNoOptionThatIsNamed(String text) {
    assertThatThrownBy(() -> StoreReference.parse(text).checkOptions("endpoint=https://HOST:PORT"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("paSSW0RD");
  }

  @ParameterizedTest
  @CsvSource({"shop, shop", "'', default", ", default", "a.b_c:d~e+f-1, a.b_c:d~e+f-1"})
  void aListHasAName(String written, String name) {
    assertThat(StoreReference.parse("x:t").listName(written)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", "a{b}", "ä"})
  void otherNamesAreRefused(String written) {
    assertThatThrownBy(() -> StoreReference.parse("x:" + written).listName(written))
        .hasMessageContaining(
            "\"" + written + "\" is not a name of a list. Write 1 to 255 letters");
  }
}
