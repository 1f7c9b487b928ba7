package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String PASSWORD = "pa/ss?W0&RD,x y";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:{P}@cache.example.com/shop",
        "redis://user:{P}@cache.example.com:6379/shop?db=3",
        "redis://user:a#{P}@h/l",
        "redis://user:a@{P}@h/l",
        "rediss://{P}@h",
        "redis:{P}@h",
        "redis://:{P}",
        "redis://user:{P}",
        "redis://h/l?password={P}",
        "redis://h/l?auth={P}",
        "redis://h/l?db=1&secret={P}",
        "dynamodb:table/l?endpoint=https://u:{P}@h",
        "dynamodb:table/l?region=eu-west-1&endpoint=http://u:{P}@host",
        "dynamodb:table/l?secret={P}",
        "dynamodb:u:{P}@h/l",
        "momento:c/l?token={P}",
        "momento:c/l?endpoint=https://u:{P}@h",
        "momento:c/l?key-variable=K&api_key={P}",
        "s3://u:{P}@bucket/key",
        "https://u:{P}@h",
        "u:{P}@h",
        "REDIS://:{P}",
        "Redis://user:{P}",
        "redis://h/l#auth={P}",
        "redis://h/l;password={P}",
        "https://a.example, redis://:{P}@h/l",
        "redis://h/l?password=a@{P}",
        "redis://h/l?password={P}@{P}",
        "redis://u:{P}?x={P}@h/l?password={P}@{P}",
        "dynamodb:table/l?region=eu-west-1&token={P}@{P}",
      })
  void aValueLosesItsPassword(String value) {
    String written = value.replace("{P}", PASSWORD);

    assertThat(Secrets.masked(written)).doesNotContain("ss?W0", "W0", "x y").contains("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"redis://:{P}@h/l\" means no allow list: it is wrong.",
        "The store redis://u:{P}@h did not respond.",
        "Option \"?token={P}\" is unknown.",
        "dynamodb:u:{P}@h cannot be used",
        "eyJhbGciOiJIUzI1NiJ9{P} is the key",
        "\"user:{P}@h\" is not an origin.",
        "The value '{P}@h' has an at sign.",
        "REDISS://u:{P}@h failed.",
      })
  void aSentenceLosesItsPassword(String sentence) {
    assertThat(Secrets.maskedIn(sentence.replace("{P}", "paSSW0RD")))
        .doesNotContain("paSSW0RD")
        .contains("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Write https://app.example.com/#a={P}.",
        "Write redis://:{P}.",
        "Write momento:c/l?token={P}.",
        "Use another token than eyJhcGlfa2V5IjoiL{P}.",
      })
  void aSentenceKeepsItsFullStop(String sentence) {
    assertThat(Secrets.maskedIn(sentence.replace("{P}", "paSSW0RD")))
        .doesNotContain("paSSW0RD")
        .endsWith("….");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://:pw@cache.example.com:6379/shop | redis://…@cache.example.com:6379/shop",
        "dynamodb:t/l?region=eu-west-1&token=a&b=c | dynamodb:t/l?region=eu-west-1&token=…",
        "https://app.example.com/?a=b | https://app.example.com/?a=…",
        "paSSW0RD@cache.example.com | …@cache.example.com",
        "redis://:12345 | redis://…",
        "momento:c/l?key-variable=eyJhcGlfa2V5IjoiL+9hYmNkZWYifQ== | momento:c/l?key-variable=…",
      })
  void theRestStays(String value, String masked) {
    assertThat(Secrets.masked(value)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://app.example.com",
        "https://*.example.com:8443",
        "/https:\\/\\/qa-[0-9a-z]+(:\\d+)?\\.example\\.com/",
        "redis://cache.example.com:6379/shop?db=2",
        "rediss://[::1]:6380/shop",
        "dynamodb:origins/shop?region=eu-west-1&endpoint=http://127.0.0.1:8000",
        "momento:origins/shop?key-variable=MOMENTO_API_KEY",
        "Write the origin without everything up to the @.",
        "The list has PUT, which is one letter off: a typing error?",
      })
  void whatHasNoSecretIsNotChanged(String text) {
    assertThat(Secrets.masked(text)).isEqualTo(text);
    assertThat(Secrets.maskedIn(text)).isEqualTo(text);
  }

  @Test
  void aSentenceMayHaveAnAtSign() {
    for (String sentence :
        List.of(
            "The server said \"NOPERM\". Give the user +@read and +@write.",
            "It has no region. Write one, such as ?region=eu-west-1.",
            "\"dynamodb:t?region=Ireland\" is wrong (?region=eu-west-1, or db=0).")) {
      assertThat(Secrets.maskedIn(sentence)).isEqualTo(sentence);
    }
  }

  /** A piece of a password must not look like a host, an option or the end of a sentence. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://u:{P}@h/l?db=1",
        "redis://h/l?password={P}",
        "redis://h/l?db={P}",
        "redis://h/l?{P}",
        "redis://h/l?db=1&{P}",
        "redis://h/l?db=1&auth={P}&x=y",
        "dynamodb:t/l?endpoint=https://u:{P}@h&region=eu-west-1",
        "dynamodb:t/l?region={P}",
        "dynamodb:t/l?endpoint=http://h?auth={P}",
        "dynamodb:u:{P}@t/l",
        "momento:c/l?api_key={P}&key-variable=K",
        "momento:c/l?key-variable={P}",
        "s3://u:{P}@bucket/key",
        "https://u:{P}@h",
        "u:{P}@h",
        "{P}@h",
        "Redis://u:{P}@h",
      })
  void noCharacterOfAPasswordEndsIt(String value) {
    for (char character : "/?&#@: =%,;\"'+".toCharArray()) {
      for (String password : List.of("pa" + character + "W0RD", "pa&W0RD=x", "a@b?c=W0RD@d")) {
        String masked = Secrets.masked(value.replace("{P}", password));
        assertThat(masked).doesNotContain("W0RD").contains("…");
        assertThat(Secrets.masked(masked)).as("masked twice").isEqualTo(masked);
        assertThat(Secrets.maskedIn("The value \"" + masked + "\" is wrong."))
            .doesNotContain("W0RD");
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "redis",
            "Rediss",
            "r",
            ":",
            "//",
            "@",
            "=",
            "?",
            "&",
            "eyJ",
            "a".repeat(16),
            "h",
            " ",
            ".",
            "ssm:",
            "\"",
            "#",
            "\u017f")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  /** The look for what a secret needs first must not let one through. */
  @Property
  void nothingThatAnExpressionFindsIsPassedOver(@ForAll("texts") String text) {
    assertThat(Secrets.masked(text)).isEqualTo(SecretExpressions.masked(text, true));
    String masked = SecretExpressions.masked(text, false);
    assertThat(Secrets.maskedIn(text))
        .startsWith(masked)
        .hasSizeBetween(masked.length(), masked.length() + 1);
  }
}
