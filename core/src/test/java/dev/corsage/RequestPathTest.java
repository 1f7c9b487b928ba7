package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a, /a",
    "/a/, /a/",
    "/a/b.c/d, /a/b.c/d",
    "/A, /A",
    "/a+b, /a+b",
    "/🌹, /🌹",
    "/%F0%9F%8C%B9, /🌹",
    "/a%20b, /a b",
    "/a%2Bb, /a+b",
    "/%61, /a",
    "/%C3%BC, /ü",
    "/ü, /ü",
    "/a%C2%A0b, /a\u00a0b",
    "/a\u200db, /a\u200db",
    "/a//b, /a/b",
    "//a, /a",
    "///, /",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/b/.., /a/",
    "/a/b/., /a/b/",
    "/.., /",
    "/../../a, /a",
    "/a/%2e%2e/b, /b",
    "/a/%2E./b, /b",
    "/.well-known/x, /.well-known/x",
    "/..a/b, /..a/b",
  })
  void hasOneForm(String sent, String resolved) {
    assertThat(RequestPath.resolve(sent)).isEqualTo(resolved);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "https://a.example/b",
        "/100%",
        "/%",
        "/%2",
        "/%zz",
        "/%-1",
        "/%+1",
        "/%ff",
        "/%C3",
        "/%C0%AF",
        "/ü%20",
        "/%00",
        "/\u0000",
        "/a\nb",
        "/%0a",
        "/%7f",
        "/%c2%85",
        "/\u0085",
        "/\ud83c",
        "/\udf39",
        "/\udf39\ud83c",
        "/a\\..\\b",
        "/a%5cb",
        "/a?b",
        "/a%3fb",
        "/a#b",
        "/%252e%252e/b",
        "/%2541",
        "/a%2fb",
        "/a/..%2fb",
        "/a%2F..%2Fb",
        "/a//../b",
        "/a/../b//c",
        "/a;v=1/b",
        "/a%3bv=1/b",
        "/a/...;/b",
        "/a/..%20/b",
        "/a%20/b",
        "/%20a",
        "/a%C2%A0",
        "/..%c2%a0/b",
        "/%EF%BB%BFa/b",
        "/a/..%EF%BB%BF",
        "/a\u00a0/b",
        "/a\ufeff",
        "/\u202fa",
        "/a/..\u2007/b",
        "/a\u3000/b",
        "/a\u2028",
        "/a\u200b/b",
        "/a/..\u200d/b",
        "/a\u180e",
        "/a/..;/b",
        "/a/..;x=y/b",
        "/a/.;/b",
        "/a/%2e%2e;/b",
        "/a/..%3b/b",
      })
  void hasNoneWhereItHasMoreThanOneReading(String sent) {
    assertThat(RequestPath.resolve(sent)).isNull();
  }

  @Test
  void isNotKnown() {
    assertThat(RequestPath.resolve(null)).isNull();
  }

  /** What is resolved once stays as it is. */
  @ParameterizedTest
  @ValueSource(strings = {"/a/../b/c/./d", "/a//b", "/a%20b", "/../..", "/x/%C3%BC/"})
  void isResolvedForGood(String sent) {
    String resolved = RequestPath.resolve(sent);
    assertThat(RequestPath.resolve(resolved)).isEqualTo(resolved);
  }
}
