package dev.corsage.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows progress: a moving bar on a terminal, a line now and then elsewhere. What is done at once
 * shows nothing.
 */
public final class ProgressLine {
  private static final int WIDTH = 20;
  private static final long LIVE_NANOS = Duration.ofMillis(100).toNanos();
  private static final long PLAIN_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintWriter out;
  private final boolean live;
  private final String what;
  private final String unit;
  private final LongSupplier nanoTime;
  private final long started;
  private long shown;
  private boolean open;

  /**
   * Creates it, and takes the time.
   *
   * @param live whether a line can be written over
   * @param what is being done, such as {@code writing}
   * @param unit what is counted, such as {@code entries}
   */
  public ProgressLine(
      PrintWriter out, boolean live, String what, String unit, LongSupplier nanoTime) {
    this.out = out;
    this.live = live;
    this.what = what;
    this.unit = unit;
    this.nanoTime = nanoTime;
    started = nanoTime.getAsLong();
    shown = started;
  }

  /**
   * Shows how far it is, unless that was shown just now.
   *
   * @param count how many there are
   * @param fraction of the whole, from 0 to 1
   */
  public void update(long count, double fraction) {
    long now = nanoTime.getAsLong();
    if (now - shown < (live ? LIVE_NANOS : PLAIN_NANOS)) {
      return;
    }
    shown = now;
    double seconds = (now - started) / 1e9;
    String remaining =
        fraction <= 0 ? "" : String.format(", %s left", time(seconds * (1 - fraction) / fraction));
    String text =
        String.format(
            Locale.ROOT,
            "%s%s  %3d %%  %,d %s, %,d/s%s",
            what,
            live ? "  " + bar(fraction) : "",
            (int) (fraction * 100),
            count,
            unit,
            (long) (count / seconds),
            remaining);
    if (live) {
      out.print("\r\u001b[K" + text);
      open = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Ends it; what is printed next has a line of its own. */
  public void end() {
    if (open) {
      out.print("\r\u001b[K");
      out.flush();
      open = false;
    }
  }

  /** Returns how long it has taken, in seconds. */
  public double seconds() {
    return (nanoTime.getAsLong() - started) / 1e9;
  }

  private static String bar(double fraction) {
    int done = (int) (Math.min(1, fraction) * WIDTH);
    return "[" + "#".repeat(done) + "-".repeat(WIDTH - done) + "]";
  }

  private static String time(double seconds) {
    long whole = Math.max(1, Math.round(seconds));
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
  }
}
