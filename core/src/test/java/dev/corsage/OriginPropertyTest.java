package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An origin is what the grammar says, and is said back as it was read. */
class OriginPropertyTest {

  @Property
  void whatBrowsersSendIsAnOrigin(@ForAll("wellFormed") String text) {
    assertThat(NaivePattern.isWellFormed(text)).isTrue();
    assertThat(Origin.parse(text)).hasToString("Optional[" + text + "]");
  }

  @Property(tries = 6_000)
  void isWhatTheGrammarSays(@ForAll("nearlyWellFormed") String text) {
    Optional<Origin> origin = Origin.parse(text);

    assertThat(origin.isPresent()).isEqualTo(NaivePattern.isWellFormed(text));
    origin.ifPresent(parsed -> assertThat(putTogether(parsed)).isEqualTo(text));
  }

  @Property(edgeCases = EdgeCasesMode.MIXIN)
  void noTextIsTooStrange(@ForAll String text) {
    assertThat(Origin.parse(text).isPresent()).isEqualTo(NaivePattern.isWellFormed(text));
    assertThat(Origin.parse("https://" + text).isPresent())
        .isEqualTo(NaivePattern.isWellFormed("https://" + text));
  }

  @Property(tries = 3_000)
  void addressesHaveOneSpelling(@ForAll("addresses") String host) {
    boolean expected = NaivePattern.isWellFormed("https://" + host);

    assertThat(Host.check(host, true) == null).isEqualTo(expected);
  }

  @Provide
  Arbitrary<String> wellFormed() {
    return Origins.wellFormed();
  }

  @Provide
  Arbitrary<String> nearlyWellFormed() {
    return Origins.wellFormed().flatMap(Origins::near);
  }

  @Provide
  Arbitrary<String> addresses() {
    Arbitrary<String> pieces =
        Arbitraries.of("0", "0", "1", "00", "db8", "ffff", "", "", "12345", "F", "g", "127.0.0.1");
    Arbitrary<String> mapped =
        pieces.list().ofSize(2).map(two -> "::ffff:" + String.join(":", two));
    Arbitrary<String> numbers = Arbitraries.of("0", "1", "127", "255", "256", "01", "0x1", "", "a");
    return Arbitraries.oneOf(
        pieces.list().ofMinSize(1).ofMaxSize(10).map(all -> "[" + String.join(":", all) + "]"),
        mapped.map(address -> "[" + address + "]"),
        numbers.list().ofMinSize(2).ofMaxSize(5).map(all -> String.join(".", all)));
  }

  private static String putTogether(Origin origin) {
    String port = origin.port() < 0 ? "" : ":" + origin.port();
    return origin.scheme() + "://" + origin.host() + port;
  }
}
