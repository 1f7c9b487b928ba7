package dev.corsage.store.momento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowListProvider;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentoReferenceTest {
  private static final Map<String, String> KEYS =
      Map.of("MOMENTO_API_KEY", "S3CRET", "OTHER", "S3CRET2", "EMPTY", " ");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "momento:origins,                                    origins, default, -, S3CRET",
        "momento:origins/,                                   origins, default, -, S3CRET",
        "momento:my_o.r-1/shop,                              my_o.r-1, shop,   -, S3CRET",
        "momento:o/shop?key-variable=OTHER,                  o, shop, -, S3CRET2",
        "momento:o?endpoint=https://cell.example.com,        o, default, https://cell.example.com,"
            + " S3CRET",
        "momento:o/l?endpoint=http://[::1]:80/&key-variable=OTHER, o, l, http://[::1]:80/, S3CRET2",
      })
  void saysWhere(String reference, String cache, String list, URI endpoint, String key) {
    MomentoReference parsed = MomentoReference.parse(reference, KEYS);
    assertThat(parsed.cache()).isEqualTo(cache);
    assertThat(parsed.list()).isEqualTo(list);
    assertThat(parsed.endpoint()).isEqualTo(endpoint);
    assertThat(parsed.key()).isEqualTo(key);
    assertThat(parsed.toString()).isEqualTo("momento:" + cache + "/" + list);
  }

  @ParameterizedTest
  @CsvSource({
    "momento,                     is not of the form momento:CACHE",
    "momento:,                    '\"\" is no name of a cache. Write 1 to 128'",
    "momento:a b,                 '\"a b\" is no name of a cache'",
    "momento:a/b/c,               is not of the form",
    "momento:a/b c,               '\"b c\" is no name of a list'",
    "momento:a?,                  there is no option",
    "momento:a?region=x,          '\"region=x\". Write endpoint='",
    "momento:a?key-variable=,     there is no option",
    "momento:a?key-variable=NONE, the variable NONE has no API key",
    "momento:a?key-variable=EMPTY, the variable EMPTY has no API key",
    "momento:a?endpoint=x,        is no endpoint. Write https:// and a host",
    "momento:a?endpoint=http://cell.example.com, is no endpoint",
    "momento:a?endpoint=https://cell.example.com/x, is no endpoint",
    "momento:a?endpoint=https://u@cell.example.com, is no endpoint",
    "momento:a?endpoint=ftp://cell.example.com, is no endpoint",
    "momento:a?endpoint=https://, is no endpoint",
  })
  void whatIsNoneIsRefusedWithTheRemedy(String reference, String reason) {
    assertThatThrownBy(() -> MomentoReference.parse(reference, KEYS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + reference + "\" means no allow list: ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("S3CRET");
  }

  @Test
  void aKeyAmongTheOptionsIsInNoMessage() {
    assertThatThrownBy(() -> MomentoReference.parse("momento:a?apiKey=S3CRET", KEYS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("S3CRET");
  }

  @Test
  void theProviderIsFoundByTheReference() {
    assertThat(ServiceLoader.load(AllowListProvider.class))
        .singleElement()
        .satisfies(provider -> assertThat(provider.schemes()).containsOnly("momento"));
  }
}
