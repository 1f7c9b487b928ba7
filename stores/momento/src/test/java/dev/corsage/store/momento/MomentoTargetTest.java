package dev.corsage.store.momento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.StoreReference;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentoTargetTest {
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
        "momento:o/l?endpoint=http://[::1]:80/&key-variable=OTHER, o, l, http://[::1]:80, S3CRET2",
      })
  void saysWhere(String reference, String cache, String list, URI endpoint, String key) {
    MomentoTarget target = of(reference);
    assertThat(target.cache()).isEqualTo(cache);
    assertThat(target.list()).isEqualTo(list);
    assertThat(target.endpoint()).isEqualTo(endpoint);
    assertThat(target.key()).isEqualTo(key);
    assertThat(target.toString())
        .isEqualTo("Momento, cache \"" + cache + "\", list \"" + list + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "momento:,                    '\"\" is not a name of a cache. Write momento:CACHE/LIST'",
    "momento:a b,                 '\"a b\" is not a name of a cache'",
    "momento:a/b/c,               '\"b/c\" is not a name of a list'",
    "momento:a/b c,               '\"b c\" is not a name of a list'",
    "momento:a?region=x,          'there is no option \"region\". Write endpoint='",
    "momento:a?key-variable=a-b,  key-variable is not a name of a variable",
    "momento:a?key-variable=NONE, the variable NONE has no API key",
    "momento:a?key-variable=EMPTY, the variable EMPTY has no API key",
    "momento:a?endpoint=http://cell.example.com, 'so it needs https://'",
    "momento:a?endpoint=https://u:S3CRET@cell.example.com, is not a URL of a scheme",
    "momento:a?apiKey=S3CRET,     there is no option",
    "momento:u:S3CRET@a/b,        is not a name of a cache",
  })
  void whatCannotBeUsedSaysWhatToWrite(String reference, String reason) {
    assertThatThrownBy(() -> of(reference))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" cannot be used: ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("S3CRET");
  }

  private static MomentoTarget of(String reference) {
    return MomentoTarget.of(StoreReference.parse(reference), KEYS);
  }
}
