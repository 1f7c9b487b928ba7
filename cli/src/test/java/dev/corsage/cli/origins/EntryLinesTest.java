package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryLinesTest {

  private static EntryLines lines(String text) {
    return new EntryLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "'',         ''",
    "a,          a@1",
    "a~,         a@2",
    "a~b,        a@2 b@3",
    "a~~b~,      a@2 @3 b@5",
    "a^~b^~,     a@3 b@6",
    "\ufeffa~b~, a@5 b@7",
    "a~\ufeffb~, a@2 \ufeffb@7",
    "ü~,         ü@3",
  })
  void eachEndsSomewhere(String text, String positions) throws IOException {
    EntryLines lines = lines(text.replace('~', '\n').replace('^', '\r'));
    List<String> read = new ArrayList<>();
    for (String line; (line = lines.next()) != null; ) {
      read.add(line + "@" + lines.position());
    }

    assertThat(String.join(" ", read)).isEqualTo(positions);
    assertThat(lines.number()).isEqualTo(read.size());
  }

  @Test
  void ofALongOneLittleIsKept() throws IOException {
    EntryLines lines = lines("a".repeat(300_000) + "\nb\n");

    assertThat(lines.next()).isEqualTo("a".repeat(1_000) + "…");
    assertThat(lines.position()).isEqualTo(300_001);
    assertThat(lines.next()).isEqualTo("b");
    assertThat(lines.next()).isNull();
  }
}
