package dev.corsage.cli.origins;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The lines of a file, and where each of them ends in it. However long a line is, little of it is
 * kept.
 */
final class EntryLines implements Closeable {
  /** Longer than any origin with an expiry behind it. */
  private static final int LONGEST = 1_000;

  private final InputStream in;
  private final MessageDigest digest;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] kept = new byte[LONGEST];
  private int next;
  private int end;
  private long position;
  private long number;

  /**
   * Creates it at the beginning of a line.
   *
   * @param position how many bytes of the file are before it
   * @param number how many lines are before it
   */
  EntryLines(InputStream in, long position, long number) {
    this.in = in;
    this.position = position;
    this.number = number;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Returns the next line without its end, or null if there is none. A line that is too long ends
   * in an ellipsis.
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
    digest.update(buffer, 0, end);
    return end > 0;
  }

  /** Returns where the line that was returned last ends: behind its line feed. */
  long position() {
    return position;
  }

  /** Returns the number of that line; the first is 1. */
  long number() {
    return number;
  }

  /** Returns the hash of all bytes that were read; of the file, once there is no further line. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
