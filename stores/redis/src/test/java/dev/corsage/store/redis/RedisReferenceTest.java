package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowListProvider;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisReferenceTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "redis://cache,                        false, cache,       6379, -,    -,     0,  default",
        "redis://cache/,                       false, cache,       6379, -,    -,     0,  default",
        "redis://cache/shop,                   false, cache,       6379, -,    -,     0,  shop",
        "redis://cache:6380/a.b_c-1?db=3,      false, cache,       6380, -,    -,     3,  a.b_c-1",
        "redis://cache?db=15,                  false, cache,       6379, -,    -,     15, default",
        "rediss://c.example.com:1/x?watch=off, true,  c.example.com, 1,  -,    -,     0,  x",
        "redis://[::1]:7000/x,                 false, ::1,         7000, -,    -,     0,  x",
        "redis://ann@cache/x,                  false, cache,       6379, ann,  -,     0,  x",
        "redis://ann:pw@cache/x,               false, cache,       6379, ann,  pw,    0,  x",
        "redis://:pw@cache/x,                  false, cache,       6379, -,    pw,    0,  x",
        "redis://a%40b:p%2Fw+%25@cache/x,      false, cache,       6379, a@b,  p/w+%, 0,  x",
        "redis://ann:p:w@x@cache/x,            false, cache,       6379, ann,  p:w@x, 0,  x",
      })
  void saysWhere(
      String reference,
      boolean tls,
      String host,
      int port,
      String user,
      String password,
      int db,
      String list) {
    assertThat(RedisReference.parse(reference, Map.of()))
        .isEqualTo(new RedisReference(tls, host, port, user, password, db, list, false));
  }

  @ParameterizedTest
  @CsvSource({
    "redis:cache/shop,          is not of the form redis://",
    "redis://,                  is not of the form redis://",
    "redis:///shop,             is not of the form redis://",
    "redis://cache/a/b,         is not of the form redis://",
    "redis://cache/a#b,         is not of the form redis://",
    "redis://ca che/a,          is not of the form redis://",
    "redis://::1/a,             is not of the form redis://",
    "valkey://cache/a,          is not of the form redis://",
    "redis://cache:0/a,         0 is no port. Write one from 1 to 65535",
    "redis://cache:65536/a,     65536 is no port",
    "redis://cache/a{b},        \"\"a{b}\"\" is no name of a list. Write 1 to 128 letters",
    "redis://cache/a?db=x,      there is no option \"\"db=x\"\". Write db=",
    "redis://cache/a?db=-1,     there is no option",
    "redis://cache/a?bd=1,      there is no option \"\"bd=1\"\"",
    "redis://cache/a?watch,     there is no option \"\"watch\"\"",
    "redis://cache/a?,          there is no option",
  })
  void whatIsNoneIsRefusedWithTheRemedy(String reference, String reason) {
    assertThatThrownBy(() -> RedisReference.parse(reference, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + reference + "\" means no allow list: ")
        .hasMessageContaining(reason.replace("\"\"", "\""));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://ann:S3CRET@cache/a/b",
    "redis://ann:S3CRET@cache/a?x",
    "redis://ann:S3CRET%@cache/a",
    "redis://ann:x/S3CRET@cache/a",
    "redis://ann:x@S3CRET@cache:0/a",
    "redis:ann:S3CRET@cache/a",
    "redis://S3CRET@cache:0",
  })
  void aPasswordIsInNoMessage(String reference) {
    assertThatThrownBy(() -> RedisReference.parse(reference, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("S3CRET")
        .hasMessageContaining("…@cache");
  }

  @Test
  void aPasswordAmongTheOptionsIsInNoMessageEither() {
    assertThatThrownBy(() -> RedisReference.parse("redis://cache/a?password=S3CRET", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("S3CRET");
  }

  @Test
  void thePasswordComesFromTheEnvironment() {
    Map<String, String> environment = Map.of("ALLOW_LIST_PASSWORD", "S3CRET");
    RedisReference reference = RedisReference.parse("redis://ann@cache/a", environment);
    assertThat(reference.password()).isEqualTo("S3CRET");
    assertThat(reference.toString()).isEqualTo("redis://cache:6379/a");
    assertThat(RedisReference.parse("redis://ann:own@cache/a", environment).password())
        .isEqualTo("own");
  }

  @Test
  void theProviderIsFoundByTheReference() {
    assertThat(ServiceLoader.load(AllowListProvider.class))
        .singleElement()
        .satisfies(provider -> assertThat(provider.schemes()).containsOnly("redis", "rediss"));
  }
}
