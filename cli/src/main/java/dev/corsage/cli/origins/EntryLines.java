package dev.corsage.cli.origins;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The lines of a file. However long a line is, only its beginning is kept. */
final class EntryLines implements Closeable {
  /** Longer than any origin with an expiry. */
  private static final int LONGEST = 1_000;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] kept = new byte[LONGEST];
  private int next;
  private int end;
  private long position;
  private long number;

  EntryLines(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the next line without its end, or null if there is none. A line that is too long ends
   * with an ellipsis.
   */
  String next() throws IOException {
    int length = 0;
    boolean any = false;
    while (next < end || fill()) {
      any = true;
      byte c = buffer[next++];
      position++;
      if (c == '\n') {
        break;
      }
      if (length < LONGEST) {
        kept[length] = c;
      }
      length = Math.min(length + 1, LONGEST + 1);
    }
    if (!any) {
      return null;
    }
    number++;
    String line = new String(kept, 0, Math.min(length, LONGEST), StandardCharsets.UTF_8);
    if (number == 1 && line.startsWith("\ufeff")) {
      line = line.substring(1);
    }
    return length > LONGEST ? line + "…" : line.endsWith("\r") ? withoutLast(line) : line;
  }

  private static String withoutLast(String line) {
    return line.substring(0, line.length() - 1);
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  /** Returns how many bytes have been read, up to the end of the last line that was returned. */
  long position() {
    return position;
  }

  /** Returns the number of that line; the first is 1. */
  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
