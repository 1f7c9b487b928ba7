package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderMapTest {
  record Row(String origin, List<String> others, Map<String, String> expected) {}

  private static Map<String, String> map(String... headers) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return map;
  }

  static List<Row> rows() {
    List<String> holes = new ArrayList<>(List.of("a", "1", "b", "", "c", "3"));
    holes.set(3, null);
    List<String> nothing = new ArrayList<>(List.of("a", "", "b", ""));
    nothing.set(1, null);
    nothing.set(3, null);
    List<String> first = new ArrayList<>(List.of("a", "", "b", "2"));
    first.set(1, null);
    String origin = "Access-Control-Allow-Origin";
    return List.of(
        new Row(null, List.of(), map()),
        new Row("*", List.of(), map(origin, "*")),
        new Row(null, List.of("a", "1"), map("a", "1")),
        new Row("x", holes, map(origin, "x", "a", "1", "c", "3")),
        new Row(null, holes, map("a", "1", "c", "3")),
        new Row(null, nothing, map()),
        new Row("x", nothing, map(origin, "x")),
        new Row(null, first, map("b", "2")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTheMapThatItStandsFor(Row row) {
    HeaderMap map = new HeaderMap(row.origin, row.others.toArray(String[]::new));
    Map<String, String> walked = new LinkedHashMap<>();
    map.forEach(walked::put);

    assertThat(map).isEqualTo(row.expected).hasSameHashCodeAs(row.expected);
    assertThat(map).hasToString(row.expected.toString()).hasSize(row.expected.size());
    assertThat(new ArrayList<>(map.entrySet())).isEqualTo(new ArrayList<>(row.expected.entrySet()));
    assertThat(walked.toString()).isEqualTo(row.expected.toString());
    for (String name : List.of("Access-Control-Allow-Origin", "a", "b", "c", "A", "")) {
      assertThat(map.get(name)).isEqualTo(row.expected.get(name));
      assertThat(map.containsKey(name)).isEqualTo(row.expected.containsKey(name));
    }
  }

  @Test
  void nothingCanBeChanged() {
    HeaderMap map = new HeaderMap("x", new String[] {"a", "1"});
    var entries = map.entrySet().iterator();
    entries.next();
    assertThatThrownBy(() -> map.put("a", "2")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(entries::remove).isInstanceOf(UnsupportedOperationException.class);
    entries.next();
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }
}
