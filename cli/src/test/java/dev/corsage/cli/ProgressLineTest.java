package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.cli.terminal.ProgressLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);
  private long nanos;

  private ProgressLine line(boolean live) {
    return new ProgressLine(out, live, "writing", "entries", () -> nanos);
  }

  private void passSeconds(double seconds) {
    nanos += (long) (seconds * 1e9);
  }

  @Test
  void isABarThatMovesOnATerminal() {
    ProgressLine line = line(true);
    line.update(0, 0);
    passSeconds(2);
    line.update(500_000, 0.5);
    passSeconds(0.01);
    line.update(600_000, 0.6);
    passSeconds(1);
    line.update(750_000, 0.75);
    line.end();

    assertThat(text.toString())
        .isEqualTo(
            "\r\u001b[Kwriting  [##########----------]   50 %  500,000 entries, 250,000/s, 2 s left"
                + "\r\u001b[Kwriting  [###############-----]   75 %  750,000 entries, 249,169/s,"
                + " 1 s left"
                + "\r\u001b[K");
  }

  @Test
  void isALineNowAndThenElsewhere() {
    ProgressLine line = line(false);
    line.update(0, 0);
    for (int i = 1; i <= 11; i++) {
      passSeconds(1);
      line.update(i, i / 1000.0);
    }
    line.end();

    assertThat(text.toString().lines())
        .containsExactly(
            "writing    0 %  5 entries, 1/s, 16 min 35 s left",
            "writing    1 %  10 entries, 1/s, 16 min 30 s left");
  }

  @Test
  void whatIsDoneAtOnceLeavesNoTrace() {
    ProgressLine line = line(true);
    line.update(5, 1);
    line.end();

    assertThat(text.toString()).isEmpty();
  }
}
