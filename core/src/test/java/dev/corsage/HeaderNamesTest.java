package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderNamesTest {

  record Row(String name, String allowed, List<String> lines, String refused) {
    Row(String name, String allowed, String line, String refused) {
      this(name, allowed, List.of(line), refused);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String ABC = "x-a x-b content-type";

  static List<Row> rows() {
    return List.of(
        new Row("no line", ABC, List.of(), null),
        new Row("no line, no names", "", List.of(), null),
        new Row("empty line", ABC, "", null),
        new Row("empty line, no names", "", "", null),
        new Row("as browsers send it", ABC, "content-type,x-a,x-b", null),
        new Row("some of the names", ABC, "x-a", null),
        new Row("another order", ABC, "x-b,content-type,x-a", null),
        new Row("another case", ABC, "Content-Type,X-A,x-B", null),
        new Row("first and last letter", "x-az", "X-AZ,x-aZ,X-Az", null),
        new Row("no letters", "x-@[", "x-`{", "x-`{"),
        new Row("the same twice", ABC, "x-a,x-a,X-A", null),
        new Row("spaces", ABC, " content-type ,  x-a", null),
        new Row("tabs", ABC, "\tcontent-type\t,\tx-a\t", null),
        new Row("many spaces", ABC, " ".repeat(1000) + "x-a" + " ".repeat(1000) + ",x-b", null),
        new Row("empty elements", ABC, ",x-a,,\t, ,x-b,", null),
        new Row("spaces only", ABC, "   ", null),
        new Row("several lines", ABC, List.of("x-b", "content-type, x-a"), null),
        new Row("empty lines between", ABC, List.of("", "x-b", " ,", "x-a"), null),
        new Row("another name", ABC, "x-c", "x-c"),
        new Row("the first of two others", ABC, "x-a,x-d,x-c", "x-d"),
        new Row("the last of many", ABC, "x-a,x-b,content-type,x-c", "x-c"),
        new Row("on a later line", ABC, List.of("x-a", "x-b", "X-C , x-d"), "X-C"),
        new Row("any name, none allowed", "", "x-a", "x-a"),
        new Row("beginning of a name", ABC, "content-typ", "content-typ"),
        new Row("more than a name", ABC, "content-types", "content-types"),
        new Row("longer than every name", ABC, "content-type-of-all", "content-type-of-all"),
        new Row("two names, no comma", ABC, "x-a x-b", "x-a x-b"),
        new Row("semicolon", ABC, "x-a;x-b", "x-a;x-b"),
        new Row("space within", ABC, "x -a", "x -a"),
        new Row("line feed is no white space", ABC, "x-a,\nx-b", "\nx-b"),
        new Row("NUL is no white space", ABC, "x-a,\u0000x-b", "\u0000x-b"),
        new Row("no-break space is none", ABC, "x-a,\u00a0x-b", "\u00a0x-b"),
        new Row("authorization", "authorization", "Authorization", null),
        new Row("authorization not listed", ABC, "authorization", "authorization"),
        new Row("KELVIN SIGN is no k", "x-key", "x-\u212aey", "x-\u212aey"),
        new Row("LONG S is no s", "x-s", "x-\u017f", "x-\u017f"),
        new Row("full-width a is no a", "x-a", "x-\uff41", "x-\uff41"),
        new Row("quote of 128", "x-a", "b".repeat(128), "b".repeat(128)),
        new Row("quote is cut", "x-a", "b".repeat(129), "b".repeat(128)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void refusesTheFirstThatIsNotAllowed(Row row) {
    assertThat(names(row.allowed, false).firstNotAllowed(row.lines)).isEqualTo(row.refused);
  }

  @ParameterizedTest(name = "{0}, credentials {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *               | false | x-a,anything,at-all           |
          *               | false | authorization                 | authorization
          *               | false | x-a , AuthorizatioN           | AuthorizatioN
          *               | false | authorizations,authorizatio   |
          *               | false | x-authorization               |
          *               | false | not a token                   | not a token
          *               | false | "x-a"                         | "x-a"
          *               | false | x-\u212aey                    | x-\u212aey
          *               | false | ,,                            |
          * authorization | false | authorization,x-a             |
          * x-a           | false | Authorization                 | Authorization
          *               | true  | authorization,x-a             |
          *               | true  | x a                           | x a
          """)
  void starAllowsTokens(String allowed, boolean credentials, String line, String refused) {
    assertThat(names(allowed, credentials).firstNotAllowed(List.of(line))).isEqualTo(refused);
  }

  @Test
  void credentialsAloneAllowNoAuthorization() {
    assertThat(names("x-a", true).firstNotAllowed(List.of("authorization")))
        .isEqualTo("authorization");
  }

  /** 97 * 31 + 110 = 99 * 31 + 48: the names have one hash, and are told apart all the same. */
  @Test
  void namesOfOneHashAreToldApart() {
    HeaderNames both = names("an c0", false);

    assertThat(both.firstNotAllowed(List.of("c0,an,C0,AN"))).isNull();
    assertThat(names("an", false).firstNotAllowed(List.of("an,c0"))).isEqualTo("c0");
    assertThat(names("c0", false).firstNotAllowed(List.of("c0,an"))).isEqualTo("an");
    assertThat(both.firstNotAllowed(List.of("bO"))).isEqualTo("bO");
  }

  /** Every size of the table, with names that fall into the same slots by their number. */
  @Test
  void everyNameOfEveryListIsFound() {
    for (int size = 1; size <= 130; size++) {
      List<String> listed = IntStream.range(0, size).mapToObj(i -> "x-name-" + i).toList();
      HeaderNames names = new HeaderNames(listed, false);

      assertThat(names.firstNotAllowed(List.of(String.join(",", listed)))).isNull();
      assertThat(names.firstNotAllowed(List.of("x-name-" + size))).isEqualTo("x-name-" + size);
    }
  }

  static Stream<List<String>> requested() {
    return Stream.of(
        List.of("x-b,X-A, x-c"), List.of("X-C\t,", "", "x-a", ",x-b,x-a"), List.of("x-c,x-b,x-a"));
  }

  @ParameterizedTest
  @MethodSource("requested")
  void joinsInTheFormOfBrowsers(List<String> lines) {
    assertThat(HeaderNames.join(lines)).isEqualTo("x-a,x-b,x-c");
  }

  /** With credentials the response names what was asked for, so that must not be without bounds. */
  @Test
  void repeatsAHundredNames() {
    HeaderNames names = new HeaderNames(List.of("*"), true);
    String hundred = String.join(",", Collections.nCopies(100, "x-a"));

    assertThat(names.firstNotAllowed(List.of(hundred))).isNull();
    assertThat(names.firstNotAllowed(List.of(hundred, "x-b"))).isEqualTo("x-b");
    assertThat(new HeaderNames(List.of("*"), false).firstNotAllowed(List.of(hundred, "x-b")))
        .isNull();
  }

  @Test
  void joinsNothingToNothing() {
    assertThat(HeaderNames.join(List.of("", " , ,"))).isEmpty();
  }

  private static HeaderNames names(String allowed, boolean credentials) {
    List<String> names = new ArrayList<>(List.of(allowed.split(" ", -1)));
    names.remove("");
    return new HeaderNames(names, credentials);
  }
}
