package dev.corsage;

import static dev.corsage.PolicyCode.METHOD_SAFELISTED;
import static dev.corsage.PolicyCode.ORIGIN_SINGLE_LABEL;
import static dev.corsage.Requests.actual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The builder and what a policy tells of itself. */
class CorsPolicyTest {

  @Test
  void valuesAddUp() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .origins("https://a.example.com")
            .origins(List.of("https://b.example.com"))
            .methods("PUT")
            .methods(List.of("DELETE"))
            .requestHeaders("x-b")
            .requestHeaders(List.of("x-a"))
            .build();

    assertThat(
            Requests.headers(policy.decide(Requests.preflight("https://b.example.com", "DELETE"))))
        .contains("Access-Control-Allow-Origin: https://b.example.com\n")
        .contains("Access-Control-Allow-Methods: PUT,DELETE\n")
        .contains("Access-Control-Allow-Headers: x-a,x-b\n");
  }

  @Test
  void originsAreInTheOrderGivenWithoutDuplicates() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .origins("https://b.example.com", "https://*.example.com", "https://b.example.com")
            .build();

    assertThat(policy.origins())
        .map(OriginPattern::toString)
        .containsExactly("https://b.example.com", "https://*.example.com");
    assertThatThrownBy(() -> policy.origins().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> policy.warnings().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void builtPolicyDoesNotChangeWithItsBuilder() {
    CorsPolicy.Builder builder = CorsPolicy.builder().origins("https://a.example.com");
    CorsPolicy before = builder.build();
    CorsPolicy after = builder.origins("https://b.example.com").credentials(true).build();
    HttpRequest request = actual("GET", "https://b.example.com");

    assertThat(before.decide(request).isAllowed()).isFalse();
    assertThat(after.decide(request).isAllowed()).isTrue();
    assertThat(before.decide(actual("GET", "https://a.example.com")).headers())
        .doesNotContainKey("Access-Control-Allow-Credentials");
  }

  @Test
  void refusedPolicyCanBeCorrected() {
    CorsPolicy.Builder builder = CorsPolicy.builder().origins("*").credentials(true);

    assertThatThrownBy(builder::build).isInstanceOf(InvalidPolicyException.class);
    assertThat(builder.credentials(false).build().warnings()).isEmpty();
  }

  @Test
  void normalisedMethodIsAllowedAsBrowsersSendIt() {
    CorsPolicy policy = CorsPolicy.builder().origins("*").methods("put", "patch").build();

    assertThat(policy.decide(Requests.preflight("https://a.test", "PUT")).isAllowed()).isTrue();
    assertThat(policy.decide(Requests.preflight("https://a.test", "patch")).isAllowed()).isTrue();
    assertThat(policy.decide(Requests.preflight("https://a.test", "put")).isAllowed()).isFalse();
    assertThat(policy.decide(Requests.preflight("https://a.test", "PATCH")).isAllowed()).isFalse();
  }

  @Test
  void warningsAreKept() {
    CorsPolicy policy = CorsPolicy.builder().origins("https://intranet").methods("GET").build();

    assertThat(policy.warnings())
        .extracting(Problem::code)
        .containsExactly(ORIGIN_SINGLE_LABEL, METHOD_SAFELISTED);
  }

  /** A cache may hand the response to a request without Origin on to one with it. */
  @Test
  void plainStarIsSentWithoutOriginToo() {
    CorsPolicy policy = CorsPolicy.builder().origins("*").exposedHeaders("etag").build();

    assertThat(policy.decide(HttpRequest.of("GET", Map.of())))
        .hasToString(
            "non-cors allowed no-origin {Access-Control-Allow-Origin=*,"
                + " Access-Control-Expose-Headers=etag}");
  }

  @Test
  void nullIsNoValue() {
    CorsPolicy.Builder builder = CorsPolicy.builder();

    assertThatNullPointerException().isThrownBy(() -> builder.origins(Arrays.asList("a", null)));
    assertThatNullPointerException().isThrownBy(() -> builder.methods((String) null));
    assertThatNullPointerException().isThrownBy(() -> builder.refusedOrigin(null));
    assertThatNullPointerException().isThrownBy(() -> builder.allowList(null));
  }
}
