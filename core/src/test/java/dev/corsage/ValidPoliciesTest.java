package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies of which nothing is to be said, though something in them may look odd. */
class ValidPoliciesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com",
        "https://*.example.com",
        "http://localhost:3000",
        "http://localhost.:3000",
        "http://app.localhost",
        "http://*.localhost:*",
        "http://qa-*.localhost",
        "http://127.0.0.1:*",
        "http://127.1.2.3",
        "http://[::1]:3000",
        "https://192.168.1.10",
        "https://*.localhost"
      })
  void credentialsAreAllowedFor(String origin) {
    assertThat(CorsPolicy.builder().origins(origin).credentials(true).problems())
        .noneMatch(Problem::isError);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://9.9.9.9",
        "https://172.32.0.1",
        "https://100.128.0.1",
        "https://192.169.0.1",
        "https://[2001:db8::1]",
        "https://local.example.com",
        "https://notcodepen.io",
        "https://internal-tools.example.com",
        "https://qa-*.example.com",
        "https://10.example.com",
        "app.custom://host",
        "/https:\\/\\/qa-[0-9a-z]+\\.example\\.com/",
        "/https:\\/\\/app\\.example\\.com(:8443)?/",
        "/https:\\/\\/[a-zA-Z0-9-]+\\.example\\.com/",
        "/^https:\\/\\/a\\.example\\.com$|^https:\\/\\/b\\.example\\.com$/",
        "https://*-staging.example.com",
        "https://*-staging.example.co.uk:8443",
        "https://*app.example.com",
        "https://my-bucket.s3.amazonaws.com",
        "https://my-bucket.s3.eu-west-1.amazonaws.com",
        "https://docs.archive.org",
        "tauri.custom://host",
      })
  void nothingIsOddAbout(String origin) {
    assertThat(CorsPolicy.builder().origins(origin).problems()).isEmpty();
  }

  @Test
  void nothingIsWrongWithOrdinaryPolicies() {
    CorsPolicy.Builder builder =
        CorsPolicy.builder()
            .origins("https://app.example.com", "https://qa-*.example.com")
            .methods("PUT", "PATCH", "DELETE")
            .requestHeaders("authorization", "Content-Type")
            .exposedHeaders("ETag", "x-request-id")
            .credentials(true)
            .maxAgeSeconds(7200)
            .preflightStatus(299)
            .refusedStatus(499)
            .refusedOrigin("https://app.example.com");

    assertThat(builder.problems()).isEmpty();
    assertThat(builder.build().warnings()).isEmpty();
  }
}
