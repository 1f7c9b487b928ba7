package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.StoreReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisTargetTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "redis://cache,                        false, cache,       6379, -,    -,     0,  default",
        "redis://cache/,                       false, cache,       6379, -,    -,     0,  default",
        "redis://cache/shop,                   false, cache,       6379, -,    -,     0,  shop",
        "redis://cache:6380/a.b_c-1?db=3,      false, cache,       6380, -,    -,     3,  a.b_c-1",
        "redis://cache?db=15,                  false, cache,       6379, -,    -,     15, default",
        "rediss://c.example.com:1/x,          true,  c.example.com, 1,  -,    -,     0,  x",
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
    assertThat(of(reference, Map.of()))
        .isEqualTo(new RedisTarget(tls, host, port, user, password, db, list));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "redis:cache/shop        | it is not of the form redis://",
        "redis://                | it is not of the form redis://",
        "redis:///shop           | it is not of the form redis://",
        "redis://ca che/a        | it is not of the form redis://",
        "redis://::1/a           | it is not of the form redis://",
        "redis://cache:0/a       | 0 is not a port. Write one from 1 to 65535",
        "redis://cache:65536/a   | 65536 is not a port",
        "redis://cache/a/b       | \"a/b\" is not a name of a list",
        "redis://cache/a{b}      | \"a{b}\" is not a name of a list. Write 1 to 255 letters",
        "redis://cache/a?db=x    | its database is not a number from 0 to 9999. Write one such as db=0",
        "redis://cache/a?db=-1   | its database is not a number",
        "redis://cache/a?db=10000 | its database is not a number",
        "redis://cache/a?bd=1    | there is no option \"bd\". Write db=0",
        "redis://cache/a?watch=on | there is no option \"watch\"",
      })
  void whatCannotBeUsedSaysWhatToWrite(String reference, String reason) {
    assertThatThrownBy(() -> of(reference, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" cannot be used: ")
        .hasMessageContaining(reason);
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
    assertThatThrownBy(() -> of(reference, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("S3CRET")
        .hasMessageContaining("…");
  }

  @ParameterizedTest
  @CsvSource({"redis://cache/a?password=S3CRET", "redis://cache/a?x&password=S3CRET"})
  void aPasswordAmongTheOptionsIsInNoMessageEither(String reference) {
    assertThatThrownBy(() -> of(reference, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("S3CRET");
  }

  @Test
  void thePasswordComesFromTheEnvironment() {
    Map<String, String> environment = Map.of("ALLOW_LIST_PASSWORD", "S3CRET");
    RedisTarget target = of("redis://ann@cache/a", environment);
    assertThat(target.password()).isEqualTo("S3CRET");
    assertThat(target.toString()).isEqualTo("Redis at cache:6379");
    assertThat(of("redis://ann:own@cache/a", environment).password()).isEqualTo("own");
  }

  private static RedisTarget of(String reference, Map<String, String> environment) {
    return RedisTarget.of(StoreReference.parse(reference), environment);
  }

  /** Nothing is refused: many caches in a VPC have no TLS. */
  @ParameterizedTest
  @CsvSource({
    "rediss://cache.example.com,        false",
    "rediss://192.0.2.1,                false",
    "redis://127.0.0.1,                 false",
    "redis://127.9.9.9:7000/a,          false",
    "redis://[::1],                     false",
    "redis://localhost,                 false",
    "redis://LOCALHOST,                 false",
    "redis://redis.localhost,           false",
    "redis://cache,                     false",
    "redis://host.docker.internal,      false",
    "redis://cache.example.com,         true",
    "redis://u:S3CRET@cache.example.com, true",
    "redis://192.0.2.1,                 true",
    "redis://10.0.0.5/a?db=1,           true",
    "redis://[2001:db8::1],             true",
    "redis://[::ffff:192.0.2.1],        true",
    "redis://localhost.example.com,     true",
    "redis://127.0.0.1.example.com,     true",
    "redis://1270.0.0.1,                true",
    "redis://0x7f000001.example,        true"
  })
  void whatIsNotEncryptedOnTheWayIsWarnedOf(String reference, boolean unsafe) {
    List<String> warnings = new RedisProvider().check(StoreReference.parse(reference), Map.of());
    assertThat(warnings).hasSize(unsafe ? 1 : 0).noneMatch(text -> text.contains("S3CRET"));
    assertThat(warnings).allMatch(text -> text.contains("nothing is encrypted"));
  }
}
