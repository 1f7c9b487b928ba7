package dev.corsage.cli.origins;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
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
 * The entries of a file, checked, some at a time: an origin a line, behind it the instant it
 * expires at, if it does. What follows a {@code #} is a comment.
 */
final class EntryBlocks implements Closeable {
  private static final int SIZE = 1_000;

  /**
   * Some of the lines.
   *
   * @param entries those that nothing is wrong with
   * @param refused how many others there are
   * @param problems of all of them; their fields are the lines
   * @param position where the last line ends in the file
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
   * @param position where to begin: where a block ended
   * @param line the number of the line before that
   * @param now what expires until then is wrong
   */
  static EntryBlocks open(Path file, long position, long line, EntryCheck check, Instant now)
      throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(position);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return new EntryBlocks(new EntryLines(in, position, line), check, now);
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

  /** No origin has a #, but a URL that is none can: a comment has a space before it. */
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
    Instant expires = Expiry.instant(time).orElse(null);
    Optional<Problem> problem =
        expires == null
            ? Optional.of(Expiry.malformed(field, time))
            : Expiry.problem(expires, now, field, time);
    return new Line(field, pattern, expires, problem);
  }

  private Block judge(List<Line> read, Set<String> patterns) {
    Map<String, List<Problem>> byPattern = new HashMap<>();
    for (Problem problem : check.ofEach(patterns)) {
      byPattern.computeIfAbsent(problem.value(), value -> new ArrayList<>()).add(problem);
    }
    List<Entry> entries = new ArrayList<>(read.size());
    List<Problem> problems = new ArrayList<>();
    for (Line line : read) {
      boolean refused = line.problem.isPresent();
      line.problem.ifPresent(problems::add);
      for (Problem problem : byPattern.getOrDefault(line.pattern, List.of())) {
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

  /** Returns the hash of the file, once there is no further block and it began at the beginning. */
  String sha256() {
    return lines.sha256();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
