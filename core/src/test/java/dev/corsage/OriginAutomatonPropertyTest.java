package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The automata that a {@link PolicyForm} gives away, beside what the engine decides with. */
class OriginAutomatonPropertyTest {
  private static final OriginAutomaton ALL = AutomatonCompiler.compile(List.of(".*"));

  @Property(tries = 3_000)
  void takesWhatIsWellFormed(@ForAll("texts") String text) {
    assertThat(ALL.matches(text)).isEqualTo(Origin.parse(text).isPresent());
  }

  @Property(tries = 3_000)
  void takesCanonicalAddressesAlone(@ForAll("addresses") String host) {
    assertThat(ALL.matches("https://" + host)).isEqualTo(Ipv6.check(host) == null);
  }

  @Property(tries = 100)
  void takesWhatThePolicyAllows(
      @ForAll("entries") List<String> entries, @ForAll("lists") List<String> texts) {
    List<OriginPattern> patterns = entries.stream().map(OriginPattern::parse).toList();
    OriginSet set = new OriginSet(patterns);
    OriginAutomaton automaton =
        AutomatonCompiler.compile(patterns.stream().map(OriginPattern::expression).toList());

    for (String text : texts) {
      assertThat(automaton.matches(text))
          .as("%s on %s", entries, text)
          .isEqualTo(set.contains(text));
    }
  }

  @Property(tries = 100)
  void theTextOfAnExpressionMatchesWhatItMatches(
      @ForAll("entries") List<String> entries, @ForAll("lists") List<String> texts) {
    for (String entry : entries) {
      OriginPattern pattern = OriginPattern.parse(entry);
      OriginSet set = new OriginSet(List.of(pattern));
      String written = new PolicyForm.Expression(pattern, true).text();
      assertThat(written).matches("[a-z0-9\\-_.:/+()?|\\[\\]^*{},\\\\!]*");
      Pattern text = Pattern.compile(written);
      for (String origin : texts) {
        boolean wellFormed = Origin.parse(origin).isPresent();
        assertThat(wellFormed && text.matcher(origin).matches())
            .as("%s as %s on %s", entry, written, origin)
            .isEqualTo(set.contains(origin));
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Origins.wellFormed().flatMap(Origins::near);
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return texts().list().ofSize(10);
  }

  @Provide
  Arbitrary<String> addresses() {
    Arbitrary<String> pieces =
        Arbitraries.of("0", "1", ":", "::", "ffff", ":0", "a1", "00", "::ffff:", ":1", ":1:1:1")
            .list()
            .ofMinSize(1)
            .ofMaxSize(9)
            .map(list -> "[" + String.join("", list) + "]");
    return Arbitraries.oneOf(Origins.addresses().filter(host -> host.startsWith("[")), pieces);
  }

  @Provide
  Arbitrary<List<String>> entries() {
    return Arbitraries.of(
            "https://qa-*.example.com",
            "https://*-a.example.com:*",
            "http://a*.b.test:8080",
            "/https:\\/\\/([a-z0-9-]+\\.)?example\\.com(:\\d+)?/",
            "/https?:\\/\\/.*/",
            "/.*\\.com/",
            "/https:\\/\\/\\[?[0-9a-f:.]+\\]?(:[0-9]+)?/",
            "/(app|capacitor|ws):\\/\\/[^\\/]+/",
            "/https:\\/\\/(a|b|ab)*\\.test|http:\\/\\/localhost(:3[0-9]{3})?/",
            "/[a-z]+:\\/\\/[\\w.-]{1,20}/")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .uniqueElements();
  }
}
