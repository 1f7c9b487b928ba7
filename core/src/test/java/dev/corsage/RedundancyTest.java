package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says and need not say. */
class RedundancyTest {

  @ParameterizedTest(name = "methods {0}, requested {1}, exposed {2}, credentials {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, '*,X-Foo', false, exposedHeaders x-foo",
        "-, -, 'X-Foo,*', false, exposedHeaders x-foo",
        "-, -, '*,authorization', false, exposedHeaders authorization",
        "-, -, '*', false, -",
        "-, -, '*,etag,x-a', false, 'exposedHeaders etag, exposedHeaders x-a'",
        "-, -, '*,content-type', false, -",
        "-, '*,x-a', -, false, requestHeaders x-a",
        "-, '*,authorization', -, false, -",
        "-, '*,authorization', -, true, requestHeaders authorization",
        "'*,PUT', -, -, false, methods PUT",
        "'*,GET', -, -, false, -",
        "'PUT,DELETE', 'x-a,x-b', 'x-c', false, -",
      })
  void namesBesideAStarAreRedundant(
      String methods, String requested, String exposed, boolean credentials, String expected) {
    List<String> found =
        CorsPolicy.builder()
            .origins("https://a.test")
            .methods(split(methods))
            .requestHeaders(split(requested))
            .exposedHeaders(split(exposed))
            .credentials(credentials)
            .problems()
            .stream()
            .filter(problem -> problem.code() == PolicyCode.NAME_REDUNDANT)
            .map(problem -> problem.field() + " " + problem.value())
            .toList();

    assertThat(String.join(", ", found)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest(name = "origins {0}, methods {1}, headers {2}, max age {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "https://a.test, -, -, 600, true",
        "https://a.test, 'GET,POST', -, 600, true",
        "https://a.test, -, -, 0, true",
        "-, PUT, x-a, 600, true",
        "https://a.test, PUT, -, 600, false",
        "https://a.test, -, content-type, 600, false",
        "https://a.test, *, -, 600, false",
        "https://a.test, -, *, 600, false",
        "https://a.test, OPTIONS, -, 600, false",
        "https://a.test, -, -, -, false",
      })
  void aMaxAgeIsUselessWhereNoPreflightSucceeds(
      String origins, String methods, String headers, Integer age, boolean warned) {
    CorsPolicy.Builder policy =
        CorsPolicy.builder()
            .origins(split(origins))
            .methods(split(methods))
            .requestHeaders(split(headers));
    if (age != null) {
      policy.maxAgeSeconds(age);
    }

    assertThat(policy.problems().stream().anyMatch(p -> p.code() == PolicyCode.MAX_AGE_UNUSED))
        .isEqualTo(warned);
  }

  @Test
  void listsThatAreLeftOutSayNothingOfPreflights() {
    assertThat(CorsPolicy.builder().origins("https://a.test").maxAgeSeconds(600).problems())
        .isEmpty();
  }

  private static String[] split(String list) {
    return list == null ? new String[0] : list.split(",");
  }
}
