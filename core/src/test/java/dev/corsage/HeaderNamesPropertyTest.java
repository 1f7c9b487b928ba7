package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What browsers, proxies and hand-written tests make of a list of names changes no verdict. */
class HeaderNamesPropertyTest {

  @Property(tries = 5_000)
  void theFirstNameThatIsNotListedIsNamed(
      @ForAll("listed") List<String> listed, @ForAll("lines") List<String> lines) {
    String expected =
        NaiveCors.elements(lines).stream()
            .filter(name -> listed.stream().noneMatch(other -> isSame(name, other)))
            .map(name -> name.substring(0, Math.min(128, name.length())))
            .findFirst()
            .orElse(null);

    assertThat(new HeaderNames(listed, false).firstNotAllowed(lines)).isEqualTo(expected);
  }

  private static boolean isSame(String name, String listed) {
    // regionMatches would take U+212A, the KELVIN SIGN, for a k.
    return name.matches("\\p{ASCII}*") && name.equalsIgnoreCase(listed);
  }

  @Property
  void orderAndLinesMeanNothing(
      @ForAll("listed") List<String> listed, @ForAll("lines") List<String> lines) {
    HeaderNames names = new HeaderNames(listed, false);

    assertThat(names.firstNotAllowed(RequestedHeaders.turnedRound(lines)) == null)
        .isEqualTo(names.firstNotAllowed(lines) == null);
    assertThat(HeaderNames.join(RequestedHeaders.turnedRound(lines)))
        .isEqualTo(HeaderNames.join(lines));
  }

  @Property
  void everyNameOfALongListIsFound(@ForAll("longList") List<String> listed) {
    HeaderNames names = new HeaderNames(listed, false);

    assertThat(names.firstNotAllowed(List.of(String.join(",", listed)))).isNull();
    assertThat(names.firstNotAllowed(listed)).isNull();
    assertThat(names.firstNotAllowed(List.of(listed.get(0) + "-"))).isNotNull();
  }

  @Provide
  Arbitrary<List<String>> listed() {
    return Arbitraries.of("authorization", "content-type", "x-a", "x-b", "x-kk", "x")
        .list()
        .uniqueElements()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<String>> longList() {
    return Arbitraries.strings()
        .withChars("abx1")
        .ofMinLength(1)
        .ofMaxLength(5)
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return RequestedHeaders.lines();
  }
}
