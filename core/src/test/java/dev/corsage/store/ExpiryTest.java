package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "7d,                        2026-11-28T12:00:00Z",
    "12h,                       2026-11-22T00:00:00Z",
    "30m,                       2026-11-21T12:30:00Z",
    "0m,                        2026-11-21T12:00:00Z",
    "999999d,                   4764-10-17T12:00:00Z",
    "2026-12-01T00:00:00Z,      2026-12-01T00:00:00Z",
    "2026-12-01T00:00:00+01:00, 2026-11-30T23:00:00Z",
    "2026-12-01T00:00:00.9Z,    2026-12-01T00:00:00Z",
    "2020-01-01T00:00:00Z,      2020-01-01T00:00:00Z",
    "+10000-01-01T00:00:00Z,    +10000-01-01T00:00:00Z",
  })
  void aUserWritesATimeFromNowOrAnInstant(String text, Instant instant) {
    assertThat(Expiry.parse(text, NOW)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "d",
        "7 d",
        "7x",
        "-7d",
        "+7d",
        "1.5h",
        "1234567d",
        "2026-12-01",
        "tomorrow",
        "2026-12-01T00:00:00",
        "2026-13-01T00:00:00Z",
        "1795262400",
        "٧d"
      })
  void otherTextSaysWhatToWrite(String text) {
    assertThatThrownBy(() -> Expiry.parse(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7d")
        .hasMessageContaining("2026-12-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "1969-12-31T23:59:59.999Z, false",
    "1970-01-01T00:00:00Z, true",
    "9999-12-31T23:59:59.999Z, true",
    "+10000-01-01T00:00:00Z, false",
    "+1000000000-12-31T23:59:59.999999999Z, false",
    "-1000000000-01-01T00:00:00Z, false",
  })
  void anEntryExpiresFrom1970ToTheYear9999(Instant time, boolean possible) {
    assertThat(Expiry.isPossible(time)).isEqualTo(possible);
    if (possible) {
      assertThat(new AllowList.Entry("https://a.example", time).expires()).isEqualTo(time);
    } else {
      assertThatThrownBy(() -> new AllowList.Entry("https://a.example", time))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "expires: "
                  + time
                  + " is not from 1970 to the year 9999. Write such a time, or null for an entry that"
                  + " never expires.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "4102444800, 2100-01-01T00:00:00Z",
    "253402300799, 9999-12-31T23:59:59Z",
  })
  void aStoreHasSecondsSince1970(String text, Instant time) {
    assertThat(Expiry.ofStored(text)).contains(time);
    assertThat(Expiry.stored(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "-1",
        "+1",
        "1.5",
        "1e9",
        "inf",
        "nan",
        "soon",
        "253402300800",
        "4102444800000",
        "9223372036854775807",
        "٧"
      })
  void anythingElseInAStoreCannotBeRead(String text) {
    assertThat(Expiry.ofStored(text)).isEmpty();
  }

  @Property
  void whatIsStoredIsReadAsTheSecondItIsIn(
      @ForAll @LongRange(min = 0, max = 253_402_300_799L) long second,
      @ForAll @LongRange(min = 0, max = 999_999_999) long nanos) {
    Instant time = Instant.ofEpochSecond(second, nanos);
    assertThat(Expiry.ofStored(Expiry.stored(time))).contains(Instant.ofEpochSecond(second));
  }
}
