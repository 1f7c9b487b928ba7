package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpRequestTest {

  @Test
  void namesAreComparedWithoutCase() {
    HttpRequest request = HttpRequest.of("GET", Map.of("ORIGIN", List.of("https://a.test")));

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.header("origin")).containsExactly("https://a.test");
    assertThat(request.header("host")).isEmpty();
    assertThat(request.targetOrigin()).isNull();
    assertThat(request).hasToString("GET {origin=[https://a.test]}");
  }

  @Test
  void linesOfANameInTwoCasesAreAllKept() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Origin", List.of("https://a.test"));
    headers.put("origin", List.of("https://b.test", "https://c.test"));

    assertThat(HttpRequest.of("GET", headers).header("origin"))
        .containsExactly("https://a.test", "https://b.test", "https://c.test");
  }

  @Test
  void onlyAsciiLettersHaveTwoCases() {
    HttpRequest request = HttpRequest.of("GET", Map.of("or\u0131gin", List.of("https://a.test")));

    assertThat(request.header("origin")).isEmpty();
  }

  @Test
  void isImmutable() {
    List<String> lines = new ArrayList<>(List.of("https://a.test"));
    HttpRequest request = HttpRequest.of("GET", Map.of("Origin", lines));
    lines.add("https://b.test");

    assertThat(request.header("origin")).containsExactly("https://a.test");
    assertThatThrownBy(() -> request.header("origin").clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> HttpRequest.of(null, Map.of()));
    assertThatNullPointerException().isThrownBy(() -> HttpRequest.of("GET", null));
    assertThatNullPointerException()
        .isThrownBy(() -> HttpRequest.of("GET", Map.of("origin", Collections.singletonList(null))));
  }
}
