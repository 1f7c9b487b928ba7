package dev.corsage.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTypeTest {

  @ParameterizedTest
  @CsvSource({"http-v1, HTTP_V1", "http-v2, HTTP_V2", "rest, REST"})
  void isNamedOnTheCommandLine(String option, ApiType type) {
    assertThat(ApiType.of(option)).contains(type);
  }

  @ParameterizedTest
  @EnumSource
  void hasTheNameItIsFoundBy(ApiType type) {
    assertThat(ApiType.of(type.toString())).contains(type);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"http", "http-v3", "HTTP-V2", "HTTP_V2", "REST", "rest ", " rest"})
  void hasNoOtherName(String option) {
    assertThat(ApiType.of(option)).isEmpty();
  }
}
