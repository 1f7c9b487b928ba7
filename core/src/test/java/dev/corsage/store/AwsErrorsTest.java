package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.StoreException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "ProvisionedThroughputExceededException, 400, THROTTLED,     false",
    "ThrottlingException,                    400, THROTTLED,     false",
    "SlowDown,                               503, THROTTLED,     false",
    "Whatever,                               429, THROTTLED,     false",
    "AccessDenied,                           403, ACCESS_DENIED, false",
    "AccessDeniedException,                  400, ACCESS_DENIED, false",
    "NewReasonToRefuse,                      403, ACCESS_DENIED, false",
    "ExpiredTokenException,                  400, ACCESS_DENIED, true",
    "SignatureDoesNotMatch,                  403, ACCESS_DENIED, true",
    "UnrecognizedClientException,            400, ACCESS_DENIED, true",
    "NoSuchKey,                              404, NOT_FOUND,     false",
    "ResourceNotFoundException,              400, NOT_FOUND,     false",
    "PermanentRedirect,                      301, NOT_FOUND,     false",
    "InternalServerError,                    500, UNAVAILABLE,   false",
    "'',                                     502, UNAVAILABLE,   false",
    "'',                                     403, UNAVAILABLE,   false",
    "'',                                     200, UNAVAILABLE,   false",
  })
  void aCodeHasAKind(String code, int status, Kind kind, boolean ofCredentials) {
    assertThat(AwsErrors.kind(code, status)).isEqualTo(kind);
    assertThat(AwsErrors.isOfCredentials(code)).isEqualTo(ofCredentials);
  }
}
