package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.bench.Case.Bench;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every subject responds to every case as it must; nothing is timed. */
class SubjectsTest {
  record Row(Subject.Name subject, Case asked) {}

  static Stream<Row> rows() {
    return Stream.concat(Cases.all().stream(), Cases.quick().stream())
        .distinct()
        .filter(asked -> asked.origins() <= 10 && !asked.kind().endsWith("1024KiB"))
        .flatMap(asked -> Stream.of(Subject.Name.values()).map(name -> new Row(name, asked)))
        .filter(row -> row.subject.isJava())
        .filter(row -> Cases.whyNot(row.subject, row.asked) == null);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void respondsRightly(Row row) {
    Subject<?> subject = Subject.of(row.subject, row.asked);

    assertThatCode(() -> VerdictCheck.check(subject, row.subject, row.asked, VerdictCheck.ALL))
        .doesNotThrowAnyException();
  }

  @Test
  void aWrongResponseIsFound() {
    Case allowed = new Case(Bench.ACTUAL_EXACT, Case.ALLOWED, 10);
    Case refused = new Case(Bench.ACTUAL_EXACT, Case.REFUSED, 10);
    Subject<?> subject = Subject.of(Subject.Name.CORSAGE, refused);

    assertThatThrownBy(() -> VerdictCheck.check(subject, Subject.Name.CORSAGE, allowed, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Corsage, actual-exact allowed, 10 origins")
        .hasMessageContaining("got null");
  }
}
