package dev.corsage.cli.origins;

import dev.corsage.Problem;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.Expiry;
import dev.corsage.store.Secrets;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of a file, checked, in blocks. Each line has an origin and, if it expires, the
 * instant at which it does. What follows a {@code #} is a comment.
 */
final class EntryBlocks implements Closeable {
  /** A batch of the stores for each thread that writes. */
  private static final int SIZE = 2_000;

  /**
   * Some of the lines.
   *
   * @param entries those without errors
   * @param refused how many others there are
   * @param problems of all of them; their fields are the lines
   * @param position how many bytes of the file have been read
   * @param line the number of the last line
   */
  record Block(
      List<Entry> entries, int refused, List<Problem> problems, long position, long line) {}

  private record Line(String field, String pattern, Instant expires, Optional<Problem> problem) {}

  private final EntryLines lines;
  private final EntryCheck check;
  private final Instant now;

  private EntryBlocks(EntryLines lines, EntryCheck check, Instant now) {
    this.lines = lines;
    this.check = check;
    this.now = now;
  }

  /**
   * Opens a file.
   *
   * @param fromLine the number of the first line to return; the first of the file is 1
   * @param now what expires until then is wrong
   */
  static EntryBlocks open(Path file, long fromLine, EntryCheck check, Instant now)
      throws IOException {
    EntryLines lines = new EntryLines(Files.newInputStream(file));
    try {
      while (lines.number() < fromLine - 1 && lines.next() != null) {
        // It was read before.
      }
    } catch (IOException e) {
      lines.close();
      throw e;
    }
    return new EntryBlocks(lines, check, now);
  }

  /** Returns the next entries, or null if there are none. */
  Block next() throws IOException {
    List<Line> read = new ArrayList<>();
    Set<String> patterns = new LinkedHashSet<>();
    for (String text; read.size() < SIZE && (text = lines.next()) != null; ) {
      String entry = withoutComment(text).strip();
      if (!entry.isEmpty()) {
        Line line = parse(entry);
        read.add(line);
        patterns.add(line.pattern);
      }
    }
    return read.isEmpty() ? null : judge(read, patterns);
  }

  /** A URL can have a #, so a comment has a space before it. */
  private static String withoutComment(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      if (i == 0 || line.charAt(i - 1) <= ' ') {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private Line parse(String entry) {
    String field = "line " + lines.number();
    int end = 0;
    while (end < entry.length() && entry.charAt(end) > ' ') {
      end++;
    }
    String pattern = entry.substring(0, end);
    String time = entry.substring(end).strip();
    if (time.isEmpty()) {
      return new Line(field, pattern, null, Optional.empty());
    }
    Instant expires = Expiry.parseInstant(time).orElse(null);
    Optional<Problem> problem =
        expires == null
            ? Optional.of(ExpiryProblem.malformed(field, time))
            : ExpiryProblem.of(expires, now, field, time);
    return new Line(field, pattern, expires, problem);
  }

  private Block judge(List<Line> read, Set<String> patterns) {
    // As problems have them, without secrets: two patterns that differ in a password are both
    // wrong.
    Map<String, List<Problem>> byPattern = new HashMap<>();
    for (Problem problem : check.ofEach(patterns)) {
      byPattern.computeIfAbsent(problem.value(), value -> new ArrayList<>()).add(problem);
    }
    List<Entry> entries = new ArrayList<>(read.size());
    List<Problem> problems = new ArrayList<>();
    for (Line line : read) {
      boolean refused = line.problem.isPresent();
      line.problem.ifPresent(problems::add);
      for (Problem problem : byPattern.getOrDefault(Secrets.masked(line.pattern), List.of())) {
        problems.add(problem.inField(line.field));
        refused |= problem.isError();
      }
      if (!refused) {
        entries.add(new Entry(line.pattern, line.expires));
      }
    }
    return new Block(
        entries, read.size() - entries.size(), problems, lines.position(), lines.number());
  }

  /** Returns the number of the last line that was read. */
  long line() {
    return lines.number();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
